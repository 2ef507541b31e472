/* dependants.c - those that the catalog knows, in words. */
#include "review/dependants.h"

#include "catalog/dependants.h"
#include "checks/run.h"

#define NAMED_MOST 4

/* What the server makes for partitions is told by what people wrote. */
static bool
is_copy(const struct object *object)
{
    const struct table *table = object_table(object);
    return table != NULL && table_is_partition(table);
}

static void
append(const struct brief *brief, GString *text, const struct dependant *dependant)
{
    g_string_append_printf(text, "%s%s %s%s", text->len > 0 ? ", " : "",
                           dependant->object->kind->word,
                           brief_code(brief, check_said_path(dependant->object)),
                           dependant->dependence == MENTIONS ? " (mentioned)" : "");
}

const char *
dependants_words(const struct brief *brief, const struct object *object)
{
    const struct database *before = brief->sources->before->database;
    const struct object *there = database_find(before, object->kind->word, object->path);
    g_autoptr(GArray) found = there == NULL ? NULL : dependants_find(brief->dependants, there);
    if (found == NULL || found->len == 0)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    guint named = 0;
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        if (is_copy(dependant->object))
            continue;
        if (named++ < NAMED_MOST)
            append(brief, text, dependant);
    }
    if (named > NAMED_MOST)
        g_string_append_printf(text, " and %u more", named - NAMED_MOST);
    return named == 0 ? NULL : arena_text(brief->arena, text->str, -1);
}
