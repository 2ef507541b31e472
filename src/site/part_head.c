/* part_head.c - how pages of objects begin and end. */
#include "site/parts.h"

#include "catalog/address.h"
#include "catalog/shown.h"
#include "site/words.h"

static const void *
schema_object(const struct sheet *sheet, const char *schema)
{
    const char *names[] = {schema};
    g_autofree char *path = address_path(names, 1, NULL);
    return database_find(sheet->site->model->database, "schema", path);
}

/* "blog.posts (table)": no two pages of a site have the same title. */
static void
add_page_title(struct sheet *sheet, const char *noun)
{
    g_autofree char *path = shown_path(sheet->page->object->path);
    g_autofree char *word = g_ascii_strdown(noun, -1);
    tree_format(sheet->root, "title", "%s (%s)", path, word);
}

/* The object that it belongs to and stands below; NULL for none. */
static const struct object *
owner_of(const struct object *object)
{
    return object->parent != NULL && object->parent->kind != &kind_catalog ? object->parent : NULL;
}

static void
add_crumbs(struct sheet *sheet, const struct object *object)
{
    const char *schema = object_schema(object);
    if (object->kind == &kind_role)
        sheet_href_top(sheet, tree_text_element(sheet->root, "crumb", "Access"), "access.html");
    if (schema != NULL && object->kind != &kind_schema) {
        g_autofree char *name = shown_name(schema);
        sheet_crumb(sheet, name, schema_object(sheet, schema));
    }
    if (owner_of(object) != NULL) {
        g_autofree char *name = shown_name(object_name(owner_of(object)));
        sheet_crumb(sheet, name, owner_of(object));
    }
    g_autofree char *name = shown_name(object_name(object));
    sheet_crumb(sheet, name, NULL);
}

/* "blog." before the name; NULL where crumbs alone say the schema. */
static char *
prefix_of(const struct object *object)
{
    const char *schema = object_schema(object);
    if (schema == NULL || object->kind == &kind_schema || owner_of(object) != NULL)
        return NULL;
    g_autofree char *name = shown_name(schema);
    return g_strconcat(name, ".", NULL);
}

static void
add_note_list(struct sheet *sheet, const char *label, const struct names *names)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < names->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", names->items[i]);
    if (text->len > 0)
        sheet_fact(sheet, label, text->str);
}

/* What the front matter of notes says besides the words. */
static void
add_note_facts(struct sheet *sheet)
{
    const struct annotation *annotation = model_annotation(sheet->site->model, sheet->page->object);
    for (size_t i = 0; i < annotation->count; i++) {
        const struct note_facts *facts = &annotation->notes[i]->facts;
        if (facts->deprecated != NULL)
            sheet_fact(sheet, "Deprecated", facts->deprecated);
        if (facts->since != NULL)
            sheet_fact(sheet, "Since", facts->since);
        if (facts->review_by != NULL)
            sheet_fact(sheet, "Review by", facts->review_by);
        add_note_list(sheet, "Tags", &facts->tags);
        add_note_list(sheet, "Queries", &facts->queries);
        add_note_list(sheet, "Links", &facts->links);
    }
}

void
part_head(struct sheet *sheet, const char *noun)
{
    const struct object *object = sheet->page->object;
    g_autofree char *name = shown_name(object_name(object));
    g_autofree char *prefix = prefix_of(object);
    add_crumbs(sheet, object);
    sheet_title(sheet, prefix, name);
    add_page_title(sheet, noun);
    sheet_kind_badge(sheet, noun);
    if (object->kind == &kind_table || object->kind == &kind_view)
        sheet_labels(sheet, sheet_head(sheet), object);
    if (object->kind == &kind_function)
        tree_attribute(sheet_head(sheet), "arguments",
                       ((const struct function *)(const void *)object)->argument_types);
    g_autofree char *since = part_since(sheet, object);
    sheet_fact(sheet, "Since", since);
    part_alike_fact(sheet);
    if (object->kind != &kind_index && sheet_first_words(sheet, sheet_lead(sheet), object)) {
        sheet->lead = model_annotation(sheet->site->model, object)->notes[0];
        sheet_origin(sheet, sheet_lead(sheet), sheet->lead);
    }
    add_note_facts(sheet);
    part_unseen(sheet, object->kind);
}

void
part_notes(struct sheet *sheet)
{
    if (sheet->page->part > 0)
        return;
    const struct annotation *annotation = model_annotation(sheet->site->model, sheet->page->object);
    if (annotation->count == 0 ||
        (annotation->count == 1 && !markdown_has_more(annotation->notes[0]->text)))
        return;
    xmlNode *section = sheet_section(sheet, "notes", "Notes", -1);
    sheet_more_words(sheet, tree_element(section, "prose"), sheet->page->object);
}

void
part_flags(struct sheet *sheet)
{
    if (sheet->page->part > 0)
        return;
    g_autoptr(GPtrArray) findings = findings_of(sheet->site->findings, sheet->page->object);
    sheet_flags(sheet, findings);
}

void
part_findings(struct sheet *sheet)
{
    if (sheet->page->part > 0)
        return;
    g_autoptr(GPtrArray) findings = findings_of(sheet->site->findings, sheet->page->object);
    if (findings->len == 0)
        return;
    xmlNode *section = sheet_section(sheet, "findings", "Findings", findings->len);
    sheet_findings(sheet, section, findings);
}

void
part_size_facts(struct sheet *sheet, const struct table_size *size)
{
    if (size->rows != NUMBER_UNKNOWN) {
        g_autofree char *rows = words_number(size->rows);
        sheet_fact(sheet, "Rows", rows);
    }
    int64_t bytes = known_sum(size->table, size->indexes);
    if (bytes != NUMBER_UNKNOWN) {
        g_autofree char *text = words_bytes(bytes);
        sheet_fact(sheet, "Size", text);
    }
}

/* ---- lists ---- */

/* Columns end with NULL; those after the second stand on the right. */
xmlNode *
part_list(xmlNode *section, const char *const *columns)
{
    xmlNode *list = tree_element(section, "list");
    for (size_t i = 0; columns[i] != NULL; i++)
        tree_text_element(list, "col", columns[i]);
    return list;
}

xmlNode *
part_item(struct sheet *sheet, xmlNode *list, const void *object, enum naming naming)
{
    xmlNode *item = tree_element(list, "item");
    sheet_object(sheet, item, "name", object, naming);
    sheet_summary(sheet, item, object);
    return item;
}

void
part_value(xmlNode *item, const char *text)
{
    tree_text_element(item, "value", text);
}

void
part_number(xmlNode *item, int64_t number)
{
    g_autofree char *text = number == NUMBER_UNKNOWN ? NULL : words_number(number);
    part_value(item, text);
}

void
part_bytes(xmlNode *item, int64_t bytes)
{
    g_autofree char *text = bytes == NUMBER_UNKNOWN ? NULL : words_bytes(bytes);
    part_value(item, text);
}
