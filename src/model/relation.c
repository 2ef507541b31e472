/* relation.c - where an object belongs: its table, and the table that stands for its partitions. */
#include "model/model.h"

#include "base/group.h"
#include "base/text.h"

/* Deeper trees of partitions do not occur; a snapshot that was tampered with may even hold a
 * circle. */
#define PARTITION_DEPTH 64

const struct table *
table_root(const struct table *table)
{
    const struct table *root = table;
    for (unsigned depth = 0; root->partition_of.object != NULL; depth++) {
        if (depth == PARTITION_DEPTH)
            return table;
        root = root->partition_of.object;
    }
    return root;
}

bool
table_is_partition(const struct table *table)
{
    return table_root(table) != table;
}

/* What has another root, or is its own in the circles that a broken snapshot may draw, stays
 * outside. */
GPtrArray *
table_family(const struct model *model, const struct table *root)
{
    GPtrArray *family = g_ptr_array_new();
    g_ptr_array_add(family, group_key(root));
    for (guint i = 0; i < family->len; i++) {
        const struct tables *partitions = model_partitions(model, family->pdata[i]);
        for (size_t j = 0; j < partitions->count; j++)
            if (partitions->items[j] != root && table_root(partitions->items[j]) == root)
                g_ptr_array_add(family, group_key(partitions->items[j]));
    }
    return family;
}

const struct table *
object_table(const void *object)
{
    const struct object *at = object;
    while (at != NULL && at->kind != &kind_table)
        at = at->parent;
    return (const struct table *)at;
}

const struct column *
table_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->columns.count; i++)
        if (text_equal(table->columns.items[i].name, name))
            return &table->columns.items[i];
    return NULL;
}

const struct constraint *
table_primary_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_PRIMARY_KEY)
            return &table->constraints.items[i];
    return NULL;
}

bool
column_is_in_primary_key(const struct column *column)
{
    const struct table *table = object_table(column);
    const struct constraint *key = table != NULL ? table_primary_key(table) : NULL;
    return key != NULL && names_contain(&key->columns, column->name);
}
