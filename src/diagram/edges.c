/* edges.c - the foreign keys around one table, with partitions folded into their roots. */
#include "diagram/edges.h"

#include "base/text.h"

/* GLib's containers take no const; nothing is changed through them. */
static gpointer
as_item(const struct table *table)
{
    return (gpointer)(guintptr)table;
}

static bool
has_columns(const struct table *table, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (table_column(table, names->items[i]) == NULL)
            return false;
    return names->count > 0;
}

/* A snapshot may describe a foreign key by halves, and PostgreSQL allows one that points from a
 * column to itself: neither has a line. */
static bool
can_be_drawn(const struct diagram_edge *edge)
{
    const struct constraint *key = edge->foreign_key;
    if (key->columns.count != key->referenced_columns.count)
        return false;
    if (!has_columns(edge->child, &key->columns) ||
        !has_columns(edge->parent, &key->referenced_columns))
        return false;
    return edge->child != edge->parent || !names_equal(&key->columns, &key->referenced_columns);
}

/* How many of its ends are partitions: PostgreSQL copies the foreign key of a partitioned table to
 * each partition, and one that points to a partitioned table for each of its partitions. */
static int
partition_ends(const struct constraint *key)
{
    return table_is_partition(object_table(key)) + table_is_partition(key->references.object);
}

static bool
is_same_fact(const struct diagram_edge *a, const struct diagram_edge *b)
{
    return a->child == b->child && a->parent == b->parent &&
           partition_ends(a->foreign_key) + partition_ends(b->foreign_key) > 0 &&
           names_equal(&a->foreign_key->columns, &b->foreign_key->columns) &&
           names_equal(&a->foreign_key->referenced_columns, &b->foreign_key->referenced_columns);
}

static void
edge_add(GArray *edges, const struct constraint *key)
{
    struct diagram_edge edge = {
        .foreign_key = key,
        .child = table_root(object_table(key)),
        .parent = table_root(key->references.object),
        .optional = foreign_key_is_optional(key),
        .unique = foreign_key_is_unique(key),
    };
    if (!can_be_drawn(&edge))
        return;
    for (guint i = 0; i < edges->len; i++) {
        struct diagram_edge *other = &g_array_index(edges, struct diagram_edge, i);
        if (!is_same_fact(&edge, other))
            continue;
        if (partition_ends(key) < partition_ends(other->foreign_key))
            *other = edge;
        return;
    }
    g_array_append_val(edges, edge);
}

static void
add_own(GArray *edges, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind == CONSTRAINT_FOREIGN_KEY && key->references.object != NULL)
            edge_add(edges, key);
    }
}

static void
add_references(GArray *edges, const struct references *references, const struct table *root)
{
    for (size_t i = 0; i < references->count; i++)
        if (table_root(object_table(references->items[i])) != root)
            edge_add(edges, references->items[i]);
}

/* 0: what the table needs, 1: itself, 2: what needs it. */
static int
group_of(const struct diagram_edge *edge, const struct table *focus)
{
    if (edge->child != focus)
        return 2;
    return edge->parent == focus;
}

static int
compare_children(const struct table *a, const struct table *b, const struct table *focus)
{
    int own = g_str_equal(b->schema, focus->schema) - g_str_equal(a->schema, focus->schema);
    if (own != 0)
        return own;
    int schema = text_compare(a->schema, b->schema);
    return schema != 0 ? schema : text_compare(a->name, b->name);
}

static int64_t
first_position(const struct diagram_edge *edge)
{
    return table_column(edge->child, edge->foreign_key->columns.items[0])->position;
}

static gint
compare_edges(gconstpointer first, gconstpointer second, gpointer focus)
{
    const struct diagram_edge *a = first;
    const struct diagram_edge *b = second;
    int group = group_of(a, focus) - group_of(b, focus);
    if (group != 0)
        return group;
    int child = compare_children(a->child, b->child, focus);
    if (child != 0)
        return child;
    int64_t left = first_position(a);
    int64_t right = first_position(b);
    if (left != right)
        return left < right ? -1 : 1;
    return text_compare(a->foreign_key->object.path, b->foreign_key->object.path);
}

GArray *
edges_needed(const struct model *model, const struct table *root)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(struct diagram_edge));
    g_autoptr(GPtrArray) family = table_family(model, root);
    for (guint i = 0; i < family->len; i++)
        add_own(edges, family->pdata[i]);
    g_array_sort_with_data(edges, compare_edges, as_item(root));
    return edges;
}

GArray *
diagram_edges(const struct model *model, const struct table *table)
{
    const struct table *root = table_root(table);
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(struct diagram_edge));
    g_autoptr(GPtrArray) family = table_family(model, root);
    for (guint i = 0; i < family->len; i++)
        add_own(edges, family->pdata[i]);
    for (guint i = 0; i < family->len; i++)
        add_references(edges, model_references(model, family->pdata[i]), root);
    g_array_sort_with_data(edges, compare_edges, as_item(root));
    return edges;
}
