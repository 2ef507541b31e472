/* page_schema.c - everything in one schema, each with its first sentence. */
#include "site/pages.h"

#include "catalog/shown.h"
#include "catalog/type_name.h"
#include "model/library.h"
#include "site/parts.h"
#include "site/words.h"

static void
add_table(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    const struct model *model = sheet->site->model;
    const struct table *table = (const void *)object;
    xmlNode *item = part_item(sheet, list, table, BY_NAME);
    if (model->observations == NULL) {
        part_number(item, (int64_t)table->columns.count);
        return;
    }
    struct table_size size = model_table_size(model, table);
    part_number(item, size.rows);
    part_bytes(item, known_sum(size.table, size.indexes));
}

static void
add_view(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    const struct view *view = (const void *)object;
    xmlNode *item = part_item(sheet, list, view, BY_NAME);
    if (view->materialized == YES)
        sheet_badge(item, "", "materialized");
    part_number(item, (int64_t)view->columns.count);
}

static void
add_function(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    const struct function *function = (const void *)object;
    xmlNode *item = part_item(sheet, list, function, BY_NAME);
    tree_text_element(item, "arguments", function->argument_types);
    part_value(item, function->result);
}

static void
add_type(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    part_value(part_item(sheet, list, object, BY_NAME), object->kind->title);
}

static void
add_sequence(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    const struct sequence *sequence = (const void *)object;
    xmlNode *item = tree_element(list, "item");
    sheet_anchor(item, object);
    g_autofree char *name = shown_name(sequence->name);
    tree_text_element(item, "name", name);
    sheet_summary(sheet, item, sequence);
    if (sequence->owned_by.object != NULL)
        sheet_object(sheet, item, "owner", sequence->owned_by.object, BY_PATH);
    part_value(item, sequence->type);
    part_number(item, sequence->increment);
    if (sequence->cycle == YES)
        sheet_badge(item, "warn", "starts again at its end");
}

/* A sequence has no page. */
static void
add_of_library(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    xmlNode *item = tree_element(list, "item");
    if (object->kind == &kind_sequence) {
        g_autofree char *name = shown_name(object_name(object));
        sheet_anchor(item, object);
        tree_text_element(item, "name", name);
    } else {
        sheet_object(sheet, item, "name", object, BY_NAME);
    }
    sheet_summary(sheet, item, object);
    part_value(item, object->kind->title);
    part_value(item, model_library(sheet->site->model, object));
}

static const struct {
    const char *id;
    const char *title;
    const char *fact; /* NULL: it is none */
    void (*add)(struct sheet *sheet, xmlNode *list, const struct object *object);
    const char *columns[6];  /* of the list; ends with NULL */
    const char *observed[6]; /* likewise, when sizes are known */
} lists[HOLDINGS] = {
    [HOLDS_TABLES] = {"tables",
                      "Tables",
                      "Tables",
                      add_table,
                      {"Table", "What it holds", "Columns"},
                      {"Table", "What it holds", "Rows", "Size"}},
    [HOLDS_VIEWS] =
        {"views", "Views", "Views", add_view, {"View", "What it shows", "Columns"}, {0}},
    [HOLDS_FUNCTIONS] = {"functions",
                         "Functions",
                         "Functions",
                         add_function,
                         {"Function", "What it does", "Returns"},
                         {0}},
    [HOLDS_TYPES] = {"types", "Types", NULL, add_type, {"Type", "What it means", "Kind"}, {0}},
    [HOLDS_SEQUENCES] = {"sequences",
                         "Sequences",
                         NULL,
                         add_sequence,
                         {"Sequence", "Numbers what", "Type", "Step"},
                         {0}},
    [HOLDS_LIBRARIES] = {"libraries",
                         "Of libraries",
                         "Of libraries",
                         add_of_library,
                         {"Object", "What it is for", "Kind", "Library"},
                         {0}},
};

static xmlNode *
list_new(struct sheet *sheet, enum holding holding, size_t count)
{
    bool observed = lists[holding].observed[0] != NULL && sheet->site->model->observations != NULL;
    xmlNode *section = sheet_section(sheet, lists[holding].id, lists[holding].title,
                                     (int64_t)count);
    return part_list(section, observed ? lists[holding].observed : lists[holding].columns);
}

static void
add_lists(struct sheet *sheet, const struct census_schema *holds)
{
    size_t row = 0;
    for (int holding = 0; holding < HOLDINGS; holding++) {
        const GPtrArray *objects = holds->objects[holding];
        xmlNode *list = NULL;
        for (guint i = 0; i < objects->len; i++) {
            if (!sheet_shows(sheet, row++))
                continue;
            if (list == NULL)
                list = list_new(sheet, holding, objects->len);
            lists[holding].add(sheet, list, objects->pdata[i]);
        }
    }
}

static void
add_facts(struct sheet *sheet, const struct census_schema *holds)
{
    for (int holding = 0; holding < HOLDINGS; holding++)
        if (lists[holding].fact != NULL &&
            (holds->objects[holding]->len > 0 || holding == HOLDS_TABLES))
            sheet_fact_count(sheet, lists[holding].fact, holds->objects[holding]->len);
    int64_t bytes = NUMBER_UNKNOWN;
    const GPtrArray *tables = holds->objects[HOLDS_TABLES];
    for (guint i = 0; i < tables->len; i++) {
        struct table_size size = model_table_size(sheet->site->model, tables->pdata[i]);
        bytes = known_sum(bytes, known_sum(size.table, size.indexes));
    }
    if (bytes != NUMBER_UNKNOWN) {
        g_autofree char *text = words_bytes(bytes);
        sheet_fact(sheet, "Size", text);
    }
}

static void
add_map(struct sheet *sheet)
{
    const struct areas *areas = sheet->site->plan->areas;
    for (size_t i = 0; i < areas->count && sheet->page->part == 0; i++) {
        const struct area *area = areas->items[i];
        if (area->origin == AREA_SCHEMA && area->object == sheet->page->object)
            part_map_preview(sheet, area);
    }
}

void
fill_schema(struct sheet *sheet)
{
    const struct census_schema *holds = census_schema(sheet->site->plan->census,
                                                      object_name(sheet->page->object));
    part_head(sheet, "Schema");
    part_flags(sheet);
    part_notes(sheet);
    part_decisions(sheet);
    part_alike(sheet);
    add_map(sheet);
    add_lists(sheet, holds);
    part_access(sheet, sheet->page->object, "Who may do what");
    add_facts(sheet, holds);
    part_owner(sheet);
    part_findings(sheet);
}
