/* scope.c - patterns against the names of a database. */
#include "commands/scope.h"

#include "catalog/alike.h"
#include "catalog/narrow.h"
#include "catalog/structure.h"
#include "commands/message.h"

/* Looks for something that a pattern means. */
struct search {
    const struct pattern *pattern;
    bool found;
};

static void
look(const struct object *object, void *data)
{
    struct search *search = data;
    const char *schema = object_schema(object);
    if (search->found || schema == NULL)
        return;
    if (object->kind->rule == PATH_SCHEMA || object->kind->rule == PATH_ARGUMENTS)
        search->found = pattern_matches(search->pattern, schema, object_name(object));
    else if (object->kind == &kind_column)
        search->found = pattern_matches_column(search->pattern, schema, object_name(object->parent),
                                               object_name(object));
}

static void
warn(const struct config *config, const struct database *database, const struct patterns *patterns)
{
    for (size_t i = 0; i < patterns->count; i++) {
        struct search search = {.pattern = &patterns->items[i]};
        object_walk(database->catalog, look, &search);
        g_autofree char *words = g_strdup_printf(
            "%s:%u: nothing in the database is called \"%s\". Correct the name, or take it out.",
            config->file, search.pattern->line, search.pattern->text);
        if (!search.found)
            message_warning(words);
    }
}

static void
warn_all(const struct config *config, const struct database *database)
{
    warn(config, database, &config->include);
    warn(config, database, &config->exclude);
    for (size_t i = 0; i < config->group_count; i++)
        warn(config, database, &config->groups[i].tables);
    for (size_t i = 0; i < config->viewpoint_count; i++)
        warn(config, database, &config->viewpoints[i].tables);
    for (size_t i = 0; i < config->label_count; i++)
        warn(config, database, &config->labels[i].objects);
}

static bool
is_documented(const char *schema, const char *name, const void *config)
{
    return config_documents(config, schema, name);
}

void
scope_apply(const struct config *config, struct database *database)
{
    warn_all(config, database);
    scope_narrow(config, database);
}

void
scope_narrow(const struct config *config, struct database *database)
{
    const struct narrowing narrowing = {is_documented, config};
    if (config->include.count > 0 || config->exclude.count > 0)
        database_narrow(database, &narrowing);
}

void
scope_fold(const struct config *config, struct database *database)
{
    if (config->tenants == TENANTS_ONCE)
        database_fold(database);
}

void
scope_fold_two(const struct config *config, struct database *before, struct database *after)
{
    if (config->tenants == TENANTS_ONCE)
        databases_fold(before, after);
}

void
scope_join_changes(const struct config *config, GPtrArray *changes, const struct database *after)
{
    if (config->tenants == TENANTS_ONCE)
        changes_join_schemas(changes, after);
}

void
scope_publish(const struct config *config, struct database *database)
{
    if (config->publish == PUBLISH_STRUCTURE)
        database_keep_structure(database);
}
