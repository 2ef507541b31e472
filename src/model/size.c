/* size.c - sums over partition trees. */
#include "model/size.h"

int64_t
known_sum(int64_t a, int64_t b)
{
    if (a == NUMBER_UNKNOWN || b == NUMBER_UNKNOWN)
        return a == NUMBER_UNKNOWN ? b : a;
    return a + b;
}

static const struct index_list *
indexes_of(const void *relation)
{
    const struct object *object = relation;
    return object->kind == &kind_view ? &((const struct view *)relation)->indexes
                                      : &((const struct table *)relation)->indexes;
}

static void
add_own(const struct model *model, const void *relation, struct table_size *size)
{
    const struct table_observation *seen = model_observed_table(model, relation);
    if (seen != NULL) {
        size->rows = known_sum(size->rows, seen->row_estimate);
        size->table = known_sum(size->table, known_sum(seen->bytes, seen->toast_bytes));
    }
    const struct index_list *indexes = indexes_of(relation);
    for (size_t i = 0; i < indexes->count; i++) {
        const struct index_observation *index = model_observed_index(model, &indexes->items[i]);
        if (index != NULL)
            size->indexes = known_sum(size->indexes, index->bytes);
    }
}

/* Partition trees are as deep as people made them; PostgreSQL's own limits keep them shallow. */
static void
add_tree(const struct model *model, const void *relation, struct table_size *size)
{
    add_own(model, relation, size);
    if (((const struct object *)relation)->kind != &kind_table)
        return;
    const struct tables *partitions = model_partitions(model, relation);
    for (size_t i = 0; i < partitions->count; i++)
        add_tree(model, partitions->items[i], size);
}

struct table_size
model_table_size(const struct model *model, const void *relation)
{
    struct table_size size = {NUMBER_UNKNOWN, NUMBER_UNKNOWN, NUMBER_UNKNOWN};
    add_tree(model, relation, &size);
    return size;
}

/* Sums one number of an index over the parts of it on the partitions of its table. */
static int64_t
sum_parts(const struct model *model, const struct index *index,
          int64_t (*number)(const struct index_observation *seen))
{
    const struct index_observation *seen = model_observed_index(model, index);
    int64_t sum = seen == NULL ? NUMBER_UNKNOWN : number(seen);
    const struct table *table = object_table(index);
    if (table == NULL)
        return sum;
    const struct tables *partitions = model_partitions(model, table);
    for (size_t i = 0; i < partitions->count; i++) {
        const struct index_list *indexes = &partitions->items[i]->indexes;
        for (size_t j = 0; j < indexes->count; j++)
            if (indexes->items[j].partition_of.object == index)
                sum = known_sum(sum, sum_parts(model, &indexes->items[j], number));
    }
    return sum;
}

static int64_t
bytes_of(const struct index_observation *seen)
{
    return seen->bytes;
}

static int64_t
scans_of(const struct index_observation *seen)
{
    return seen->scans;
}

int64_t
model_index_size(const struct model *model, const struct index *index)
{
    return sum_parts(model, index, bytes_of);
}

int64_t
model_index_scans(const struct model *model, const struct index *index)
{
    return sum_parts(model, index, scans_of);
}
