/* library.c - a table of prefixes. */
#include "model/library.h"

static const struct {
    const char *prefix;
    const char *library;
} libraries[] = {
    {"oban_", "Oban"}, /* jobs, peers, producers …, and the type of a job's state */
};

const char *
library_of_name(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(libraries); i++)
        if (g_str_has_prefix(name, libraries[i].prefix))
            return libraries[i].library;
    return NULL;
}

const char *
model_library(const struct model *model, const void *object)
{
    const struct object *outer = object;
    if (model->config != NULL && model->config->libraries == LIBRARIES_COUNTED)
        return NULL;
    while (outer->parent != NULL && outer->parent->kind != &kind_catalog)
        outer = outer->parent;
    bool lies_in_schema = outer->kind->rule == PATH_SCHEMA || outer->kind->rule == PATH_ARGUMENTS;
    return lies_in_schema ? library_of_name(object_name(outer)) : NULL;
}
