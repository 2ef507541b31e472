/* page_family.c - all objects of a family of rare kinds, each with every fact that the catalog has
 * of it. */
#include "site/pages.h"

#include "catalog/compare.h"
#include "catalog/known.h"
#include "catalog/shown.h"
#include "site/families.h"
#include "site/parts.h"

static xmlNode *
add_option(xmlNode *options, const char *label, const char *text)
{
    xmlNode *option = tree_text_element(options, "option", text);
    tree_attribute(option, "label", label);
    return option;
}

/* What the heading, the words or the code say already. */
static bool
is_told_elsewhere(const struct field *field)
{
    static const char *const told[] = {"comment", "definition", NULL};
    return g_strv_contains(told, field->name) || field->type == LIST || (field->flags & KEY) != 0;
}

static void
add_fact(struct sheet *sheet, xmlNode *options, const struct field *field, const void *object)
{
    bool hidden = (field->flags & ACCESS) != 0 && sheet->site->plan->access == NULL;
    if (hidden || is_told_elsewhere(field))
        return;
    const struct catalog *catalog = sheet->site->model->catalog;
    bool seen = catalog_sees(catalog, ((const struct object *)object)->kind, field->name);
    g_autofree char *text = seen ? field_display(field, object) : unseen_words(catalog);
    bool usual = seen && field->type == BOOL && field_truth(field, object) == NO &&
                 !g_str_equal(field->name, "enabled");
    if (text == NULL || usual)
        return;
    xmlNode *option = add_option(options, field->title, text);
    if (field->type == REF && field_ref(field, object)->object != NULL)
        sheet_href(sheet, option, field_ref(field, object)->object);
}

/* "shop.orders (id, total) where (total > 10)" */
static void
add_published(struct sheet *sheet, xmlNode *options, const struct publication *publication)
{
    for (size_t i = 0; i < publication->tables.count; i++) {
        const struct publication_table *published = &publication->tables.items[i];
        g_autofree char *path = shown_path(published->name);
        g_autofree char *part = part_published(published);
        g_autofree char *text = part == NULL ? NULL : g_strdup_printf("%s, %s", path, part);
        xmlNode *option = add_option(options, "Table", text != NULL ? text : path);
        if (published->table.object != NULL)
            sheet_href(sheet, option, published->table.object);
    }
}

static void
add_foreign_tables(struct sheet *sheet, xmlNode *options, const char *server)
{
    const struct table_list *tables = &sheet->site->model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++) {
        if (g_strcmp0(tables->items[i].server, server) != 0)
            continue;
        g_autofree char *path = shown_path(tables->items[i].object.path);
        sheet_href(sheet, add_option(options, "Table", path), &tables->items[i]);
    }
}

static void
add_object(struct sheet *sheet, xmlNode *list, const struct object *object)
{
    xmlNode *node = tree_element(list, "object");
    sheet_anchor(node, object);
    g_autofree char *name = family_name(object);
    tree_attribute(node, "name", name);
    sheet_words(sheet, node, object);
    part_decided(sheet, node, object);
    const struct field *definition = kind_field(object->kind, "definition");
    if (definition != NULL)
        sheet_sql(node, field_text(definition, object));
    xmlNode *options = tree_element(node, "options");
    for (size_t i = 0; i < object->kind->field_count; i++)
        add_fact(sheet, options, &object->kind->fields[i], object);
    if (object->kind == &kind_publication)
        add_published(sheet, options, (const struct publication *)(const void *)object);
    if (object->kind == &kind_foreign_server)
        add_foreign_tables(sheet, options, object_name(object));
    if (options->children == NULL) {
        xmlUnlinkNode(options);
        xmlFreeNode(options);
    }
}

/* One kind; `row` is where it begins among all rows of the page. */
static void
add_kind(struct sheet *sheet, const struct kind *kind, size_t row)
{
    const struct field *field = family_field(kind);
    const struct list *objects = field_list(field, sheet->site->model->catalog);
    xmlNode *list = NULL;
    for (size_t i = 0; i < objects->count; i++) {
        if (!sheet_shows(sheet, row + i))
            continue;
        if (list == NULL)
            list = tree_element(
                sheet_section(sheet, kind->plural, field->title, (int64_t)objects->count),
                "objects");
        add_object(sheet, list, list_item(objects, kind, i));
    }
}

void
fill_family(struct sheet *sheet)
{
    const struct family *family = sheet->page->family;
    sheet_crumb(sheet, family->title, NULL);
    sheet_title(sheet, NULL, family->title);
    tree_flag(sheet_head(sheet), "words", true);
    tree_text_element(sheet_lead(sheet), "summary", family->note);
    size_t row = 0;
    for (size_t i = 0; family->kinds[i] != NULL; i++) {
        add_kind(sheet, family->kinds[i], row);
        row += field_list(family_field(family->kinds[i]), sheet->site->model->catalog)->count;
    }
}
