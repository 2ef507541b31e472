/* modules.c - a module says the name of its table, and its schema only where it sets a prefix: else
 * the search path of the connection decides, which is "public" where nobody changed it. */
#include "model/modules.h"

#include "base/group.h"
#include "base/text.h"

/* Of two tables of that name outside of public, none is surely the one. */
static const struct table *
only_one(const GPtrArray *group)
{
    for (guint i = 0; i < group->len; i++) {
        const struct table *table = group->pdata[i];
        if (g_str_equal(table->schema, "public"))
            return table;
    }
    return group->len == 1 ? group->pdata[0] : NULL;
}

static const struct table *
in_schema(const GPtrArray *group, const char *schema)
{
    for (guint i = 0; i < group->len; i++) {
        const struct table *table = group->pdata[i];
        if (g_str_equal(table->schema, schema))
            return table;
    }
    return NULL;
}

/* name → GPtrArray of tables */
static GHashTable *
tables_by_name(const struct model *model)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify)g_ptr_array_unref);
    const struct table_list *tables = &model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++) {
        const char *name = tables->items[i].name;
        GPtrArray *group = g_hash_table_lookup(names, name);
        if (group == NULL) {
            group = g_ptr_array_new();
            g_hash_table_insert(names, group_key(name), group);
        }
        g_ptr_array_add(group, group_key(&tables->items[i]));
    }
    return names;
}

static void
keep_groups(const struct model *model, GHashTable *groups)
{
    GHashTableIter iter;
    gpointer table = NULL;
    gpointer group = NULL;
    for (g_hash_table_iter_init(&iter, groups); g_hash_table_iter_next(&iter, &table, &group);) {
        struct table_modules *list = arena_alloc(model->arena, sizeof *list);
        list->count = ((const GPtrArray *)group)->len;
        list->items = group_keep(model->arena, group);
        g_hash_table_insert(model->modules, table, list);
    }
}

void
modules_fill(struct model *model)
{
    if (model->schemas == NULL)
        return;
    g_autoptr(GHashTable) names = tables_by_name(model);
    g_autoptr(GHashTable) groups = groups_new();
    for (size_t i = 0; i < model->schemas->count; i++) {
        const struct schema_module *module = &model->schemas->items[i];
        const GPtrArray *group = module->table != NULL ? g_hash_table_lookup(names, module->table)
                                                       : NULL;
        const struct table *table = group == NULL            ? NULL
                                    : module->prefix != NULL ? in_schema(group, module->prefix)
                                                             : only_one(group);
        if (table == NULL)
            continue;
        group_add(groups, table, module);
        g_hash_table_insert(model->module_tables, group_key(module), group_key(table));
    }
    keep_groups(model, groups);
}

const struct table_modules *
model_modules(const struct model *model, const struct table *table)
{
    static const struct table_modules none;
    const struct table_modules *modules = g_hash_table_lookup(model->modules, table);
    return modules != NULL ? modules : &none;
}

const struct table *
model_module_table(const struct model *model, const struct schema_module *module)
{
    return g_hash_table_lookup(model->module_tables, module);
}
