/* tally.c - one walk over tables and views. */
#include "site/tally.h"

#include "site/parts.h"
#include "site/words.h"

#include <string.h>

static bool
is_within(const char *schema, const char *own)
{
    return schema == NULL || g_str_equal(schema, own);
}

static void
count_columns(const struct sheet *sheet, const struct column_list *columns, struct tally *tally)
{
    tally->columns += columns->count;
    for (size_t i = 0; i < columns->count; i++)
        tally->described_columns += sheet_has_words(sheet, &columns->items[i]);
}

static void
count_indexes(const struct sheet *sheet, const struct index_list *indexes, struct tally *tally)
{
    tally->indexes += indexes->count;
    for (size_t i = 0; i < indexes->count; i++) {
        if (!index_needs_reason(&indexes->items[i]))
            continue;
        tally->needing_reason++;
        tally->reasons += sheet_has_words(sheet, &indexes->items[i]);
    }
}

static bool
is_supported(const struct table *table, const struct constraint *key)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_supports(&table->indexes.items[i], key))
            return true;
    return false;
}

static void
count_foreign_keys(const struct table *table, struct tally *tally)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i].kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        tally->foreign_keys++;
        tally->supported_foreign_keys += is_supported(table, &table->constraints.items[i]);
    }
}

static void
add_size(const struct sheet *sheet, const void *relation, struct tally *tally)
{
    struct table_size size = model_table_size(sheet->site->model, relation);
    tally->index_bytes = known_sum(tally->index_bytes, size.indexes);
    tally->bytes = known_sum(tally->bytes, known_sum(size.table, size.indexes));
}

struct tally
tally_schema(const struct sheet *sheet, const char *schema)
{
    const struct catalog *catalog = sheet->site->model->catalog;
    struct tally tally = {.index_bytes = NUMBER_UNKNOWN, .bytes = NUMBER_UNKNOWN};
    for (size_t i = 0; i < catalog->tables.count; i++) {
        const struct table *table = &catalog->tables.items[i];
        if (table_is_partition(table) || !is_within(schema, table->schema))
            continue;
        tally.tables++;
        tally.described_tables += sheet_has_words(sheet, table);
        count_columns(sheet, &table->columns, &tally);
        count_indexes(sheet, &table->indexes, &tally);
        count_foreign_keys(table, &tally);
        add_size(sheet, table, &tally);
    }
    for (size_t i = 0; i < catalog->views.count; i++) {
        const struct view *view = &catalog->views.items[i];
        if (!is_within(schema, view->schema))
            continue;
        tally.views++;
        count_indexes(sheet, &view->indexes, &tally);
        add_size(sheet, view, &tally);
    }
    for (size_t i = 0; i < catalog->functions.count; i++)
        tally.functions += is_within(schema, catalog->functions.items[i].schema);
    return tally;
}

xmlNode *
tally_tile(xmlNode *tiles, const char *title, size_t part, size_t whole, const char *text)
{
    xmlNode *tile = tree_element(tiles, "tile");
    g_autofree char *big = words_number((int64_t)part);
    g_autofree char *all = words_number((int64_t)whole);
    g_autofree char *small = g_strdup_printf("of %s", all);
    g_autofree char *percent = whole == 0 ? NULL : words_percent((int64_t)part, (int64_t)whole);
    tree_attribute(tile, "title", title);
    tree_attribute(tile, "big", big);
    tree_attribute(tile, "small", small);
    tree_attribute(tile, "percent", percent);
    tree_attribute(tile, "tone", "ok");
    tree_attribute(tile, "text", text);
    return tile;
}

void
tally_foreign_key_tile(const struct sheet *sheet, xmlNode *tiles, const struct tally *tally)
{
    size_t without = tally->foreign_keys - tally->supported_foreign_keys;
    g_autofree char *text = NULL;
    if (tally->foreign_keys == 0)
        text = g_strdup("There are no foreign keys.");
    else if (without == 0)
        text = g_strdup("Every delete finds its rows.");
    else
        text = g_strdup_printf("%zu %s a whole table.", without,
                               without == 1 ? "delete reads" : "deletes read");
    xmlNode *tile = tally_tile(tiles, "Foreign keys with an index", tally->supported_foreign_keys,
                               tally->foreign_keys, text);
    sheet_href_top(sheet, tile, "indexes/index.html");
}
