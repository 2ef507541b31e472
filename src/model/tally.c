/* tally.c - one walk over tables and views. */
#include "model/tally.h"

#include "model/library.h"

#include <string.h>

static bool
is_within(const char *schema, const char *own)
{
    return schema == NULL || g_str_equal(schema, own);
}

static bool
has_words(const struct model *model, const void *object)
{
    return model_annotation(model, object)->count > 0;
}

static void
count_columns(const struct model *model, const struct column_list *columns, struct tally *tally)
{
    tally->columns += columns->count;
    for (size_t i = 0; i < columns->count; i++)
        tally->described_columns += has_words(model, &columns->items[i]);
}

bool
index_needs_reason(const struct index *index)
{
    const struct constraint *constraint = index_constraint(index);
    return constraint == NULL || constraint->kind != CONSTRAINT_PRIMARY_KEY;
}

static void
count_indexes(const struct model *model, const struct index_list *indexes, struct tally *tally)
{
    tally->indexes += indexes->count;
    for (size_t i = 0; i < indexes->count; i++) {
        if (!index_needs_reason(&indexes->items[i]))
            continue;
        tally->needing_reason++;
        tally->reasons += has_words(model, &indexes->items[i]);
    }
}

static void
count_foreign_keys(const struct model *model, const struct table *table, struct tally *tally)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        tally->foreign_keys++;
        tally->supported_foreign_keys += foreign_key_has_index(model, key);
    }
}

static void
add_size(const struct model *model, const void *relation, struct tally *tally)
{
    struct table_size size = model_table_size(model, relation);
    tally->index_bytes = known_sum(tally->index_bytes, size.indexes);
    tally->bytes = known_sum(tally->bytes, known_sum(size.table, size.indexes));
}

struct tally
tally_schema(const struct model *model, const char *schema)
{
    const struct catalog *catalog = model->catalog;
    struct tally tally = {.index_bytes = NUMBER_UNKNOWN, .bytes = NUMBER_UNKNOWN};
    for (size_t i = 0; i < catalog->tables.count; i++) {
        const struct table *table = &catalog->tables.items[i];
        if (table_is_partition(table) || !is_within(schema, table->schema))
            continue;
        add_size(model, table, &tally);
        if (model_library(model, table) != NULL) {
            tally.of_libraries++;
            continue;
        }
        tally.tables++;
        tally.described_tables += has_words(model, table);
        count_columns(model, &table->columns, &tally);
        count_indexes(model, &table->indexes, &tally);
        count_foreign_keys(model, table, &tally);
    }
    for (size_t i = 0; i < catalog->views.count; i++) {
        const struct view *view = &catalog->views.items[i];
        if (!is_within(schema, view->schema))
            continue;
        add_size(model, view, &tally);
        if (model_library(model, view) != NULL) {
            tally.of_libraries++;
            continue;
        }
        tally.views++;
        count_indexes(model, &view->indexes, &tally);
    }
    for (size_t i = 0; i < catalog->functions.count; i++)
        tally.functions += is_within(schema, catalog->functions.items[i].schema) &&
                           model_library(model, &catalog->functions.items[i]) == NULL;
    return tally;
}
