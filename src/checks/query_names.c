/* query_names.c - a query by its name, and the table that stands for it. */
#include "checks/query_names.h"

const struct table *
check_query_table(const struct check_run *run, const struct query *query)
{
    const struct query_relations *relations = model_query_relations(run->model, query);
    for (size_t i = 0; i < relations->count; i++) {
        const struct object *object = relations->items[i]->object;
        if (object == NULL || object->kind != &kind_table)
            continue;
        const struct table *table = table_root((const struct table *)(const void *)object);
        if (!check_skips_table(run, table))
            return table;
    }
    return NULL;
}

const char *
check_query_name(struct check_run *run, const struct query *query, const struct table *table)
{
    if (query->file != NULL)
        return arena_printf(run->arena, "Query %s", check_code(run, query->name));
    return table != NULL ? arena_printf(run->arena, "A query of %s", check_path(run, table))
                         : "A query";
}
