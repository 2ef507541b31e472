/* page_schema.c - everything in one schema, each with its first sentence. */
#include "site/pages.h"

#include "catalog/type_name.h"
#include "site/parts.h"
#include "site/words.h"

#include <inttypes.h>
#include <string.h>

struct totals {
    size_t tables;
    size_t views;
    size_t functions;
    int64_t bytes;
};

static bool
belongs(const struct sheet *sheet, const char *schema)
{
    return g_str_equal(schema, object_name(sheet->page->object));
}

static void
add_tables(struct sheet *sheet, struct totals *totals)
{
    static const char *const observed[] = {"Table", "What it holds", "Rows", "Size", NULL};
    static const char *const plain[] = {"Table", "What it holds", "Columns", NULL};
    const struct model *model = sheet->site->model;
    bool seen = model->observations != NULL;
    xmlNode *section = NULL;
    xmlNode *list = NULL;
    for (size_t i = 0; i < model->catalog->tables.count; i++) {
        const struct table *table = &model->catalog->tables.items[i];
        if (!belongs(sheet, table->schema) || table_is_partition(table))
            continue;
        if (section == NULL) {
            section = sheet_section(sheet, "tables", "Tables", -1);
            list = part_list(section, seen ? observed : plain);
        }
        struct table_size size = model_table_size(model, table);
        xmlNode *item = part_item(sheet, list, table, BY_NAME);
        if (seen) {
            part_number(item, size.rows);
            part_bytes(item, known_sum(size.table, size.indexes));
        } else {
            part_number(item, (int64_t)table->columns.count);
        }
        totals->bytes = known_sum(totals->bytes, known_sum(size.table, size.indexes));
        totals->tables++;
    }
    if (section != NULL)
        tree_number(section, "count", (int64_t)totals->tables);
}

static void
add_views(struct sheet *sheet, struct totals *totals)
{
    static const char *const columns[] = {"View", "What it shows", "Columns", NULL};
    const struct view_list *views = &sheet->site->model->catalog->views;
    xmlNode *section = NULL;
    xmlNode *list = NULL;
    for (size_t i = 0; i < views->count; i++) {
        if (!belongs(sheet, views->items[i].schema))
            continue;
        if (section == NULL) {
            section = sheet_section(sheet, "views", "Views", -1);
            list = part_list(section, columns);
        }
        xmlNode *item = part_item(sheet, list, &views->items[i], BY_NAME);
        if (views->items[i].materialized == YES)
            sheet_badge(item, "", "materialized");
        part_number(item, (int64_t)views->items[i].columns.count);
        totals->views++;
    }
    if (section != NULL)
        tree_number(section, "count", (int64_t)totals->views);
}

static void
add_functions(struct sheet *sheet, struct totals *totals)
{
    static const char *const columns[] = {"Function", "What it does", "Returns", NULL};
    const struct function_list *functions = &sheet->site->model->catalog->functions;
    xmlNode *section = NULL;
    xmlNode *list = NULL;
    for (size_t i = 0; i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        if (!belongs(sheet, function->schema))
            continue;
        if (section == NULL) {
            section = sheet_section(sheet, "functions", "Functions", -1);
            list = part_list(section, columns);
        }
        xmlNode *item = part_item(sheet, list, function, BY_NAME);
        tree_text_element(item, "arguments", function->argument_types);
        part_value(item, function->result);
        totals->functions++;
    }
    if (section != NULL)
        tree_number(section, "count", (int64_t)totals->functions);
}

/* The lists of types, in the order in which they are shown. */
static const struct {
    const char *list;
    const char *word;
} type_lists[] = {
    {"enum_types", "enum"},   {"domains", "domain"},       {"composite_types", "composite"},
    {"range_types", "range"}, {"base_types", "base type"},
};

static void
add_types(struct sheet *sheet)
{
    static const char *const columns[] = {"Type", "What it means", "Kind", NULL};
    xmlNode *section = NULL;
    xmlNode *rows = NULL;
    int64_t count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(type_lists); i++) {
        const struct field *field = kind_field(&kind_catalog, type_lists[i].list);
        const struct list *list = field_list(field, sheet->site->model->catalog);
        for (size_t j = 0; j < list->count; j++) {
            const void *type = list_item(list, field->child, j);
            if (!belongs(sheet, object_schema(type)))
                continue;
            if (section == NULL) {
                section = sheet_section(sheet, "types", "Types", -1);
                rows = part_list(section, columns);
            }
            part_value(part_item(sheet, rows, type, BY_NAME), type_lists[i].word);
            count++;
        }
    }
    if (section != NULL)
        tree_number(section, "count", count);
}

static void
add_sequence(struct sheet *sheet, xmlNode *list, const struct sequence *sequence)
{
    xmlNode *item = tree_element(list, "item");
    sheet_anchor(item, &sequence->object);
    tree_text_element(item, "name", sequence->name);
    sheet_summary(sheet, item, sequence);
    if (sequence->owned_by.object != NULL)
        sheet_object(sheet, item, "owner", sequence->owned_by.object, BY_PATH);
    part_value(item, sequence->type);
    part_number(item, sequence->increment);
    if (sequence->cycle == YES)
        sheet_badge(item, "warn", "starts again at its end");
}

static void
add_sequences(struct sheet *sheet)
{
    static const char *const columns[] = {"Sequence", "Numbers what", "Type", "Step", NULL};
    const struct sequence_list *sequences = &sheet->site->model->catalog->sequences;
    xmlNode *section = NULL;
    xmlNode *list = NULL;
    int64_t count = 0;
    for (size_t i = 0; i < sequences->count; i++) {
        if (!belongs(sheet, sequences->items[i].schema))
            continue;
        if (section == NULL) {
            section = sheet_section(sheet, "sequences", "Sequences", -1);
            list = part_list(section, columns);
        }
        add_sequence(sheet, list, &sequences->items[i]);
        count++;
    }
    if (section != NULL)
        tree_number(section, "count", count);
}

void
fill_schema(struct sheet *sheet)
{
    struct totals totals = {.bytes = NUMBER_UNKNOWN};
    part_head(sheet, "Schema");
    part_flags(sheet);
    part_notes(sheet);
    add_tables(sheet, &totals);
    add_views(sheet, &totals);
    add_functions(sheet, &totals);
    add_types(sheet);
    add_sequences(sheet);
    sheet_fact_count(sheet, "Tables", totals.tables);
    if (totals.views > 0)
        sheet_fact_count(sheet, "Views", totals.views);
    if (totals.functions > 0)
        sheet_fact_count(sheet, "Functions", totals.functions);
    if (totals.bytes != NUMBER_UNKNOWN) {
        g_autofree char *bytes = words_bytes(totals.bytes);
        sheet_fact(sheet, "Size", bytes);
    }
}
