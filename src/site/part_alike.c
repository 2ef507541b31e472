/* part_alike.c - what a page says of schemas that are documented once. */
#include "site/parts.h"

#include "catalog/alike.h"
#include "catalog/shown.h"
#include "site/words.h"

static void
add_member(xmlNode *members, const char *name, const char *comment)
{
    xmlNode *member = tree_element(members, "schema");
    sheet_name(member, name);
    sheet_said(member, "comment", comment);
}

static xmlNode *
members_new(xmlNode *section, size_t count)
{
    xmlNode *members = tree_element(section, "alike");
    g_autofree char *title = words_count((int64_t)count, "schema");
    tree_attribute(members, "title", title);
    return members;
}

static void
add_schemas(struct sheet *sheet, const struct alike *alike)
{
    xmlNode *section = sheet_section(sheet, "schemas", "Schemas of this structure",
                                     (int64_t)alike->schemas.count);
    sheet_hint(section, "They differ in their names and comments alone, so that this one stands "
                        "for all. Where a definition names it, that of another schema names that "
                        "schema.");
    if (sheet->site->model->observations != NULL)
        sheet_hint(section, "Rows and sizes are those of the schema where a table or an index is "
                            "largest; scans of an index are those in all of them.");
    xmlNode *members = members_new(section, alike->schemas.count);
    for (size_t i = 0; i < alike->schemas.count; i++)
        add_member(members, alike->schemas.items[i], alike->comments[i]);
}

static const struct object *
documented_schema(const struct sheet *sheet, const char *name)
{
    const struct schema_list *schemas = &sheet->site->model->catalog->schemas;
    for (size_t i = 0; i < schemas->count; i++)
        if (g_str_equal(schemas->items[i].name, name))
            return &schemas->items[i].object;
    return NULL;
}

/* Every schema that is almost as this one. */
static void
add_variants(struct sheet *sheet, const struct alike *alike)
{
    static const char *const columns[] = {"Schema", "Which", "Differences", "Schemas", NULL};
    if (alike->variant_count == 0)
        return;
    size_t count = 0;
    for (size_t i = 0; i < alike->variant_count; i++)
        count += alike->variants[i].schemas.count;
    xmlNode *section = sheet_section(sheet, "variants", "Schemas that differ from it",
                                     (int64_t)count);
    sheet_hint(section, "Most of their tables are the same. What differs is listed and documented "
                        "on their own pages.");
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < alike->variant_count; i++) {
        const struct variant *variant = &alike->variants[i];
        const struct object *schema = documented_schema(sheet, variant->schemas.items[0]);
        if (schema == NULL)
            continue;
        xmlNode *item = part_item(sheet, list, schema, BY_NAME);
        part_number(item, variant->changes->len);
        part_number(item, (int64_t)variant->schemas.count);
    }
}

static void
add_change(struct sheet *sheet, xmlNode *list, const struct change *change)
{
    const struct object *object = change_object(change);
    xmlNode *item = part_change(sheet, list, change->kind, object->kind->word, object->path);
    if (change->field == NULL)
        return;
    tree_attribute(item, "fact", change->field->title);
    sheet_said(item, "before", change->words != NULL ? NULL : change->old_text);
    sheet_said(item, "after", change->words != NULL ? change->words : change->new_text);
}

static void
add_changes(struct sheet *sheet, const struct alike *alike, const struct variant *variant)
{
    g_autofree char *name = shown_name(alike->schema);
    g_autofree char *title = g_strconcat("How it differs from ", name, NULL);
    g_autofree char *hint = g_strdup_printf("All else is as in %s. Only what differs has pages "
                                            "here.",
                                            name);
    xmlNode *section = sheet_section(sheet, "differences", title, variant->changes->len);
    sheet_hint(section, hint);
    xmlNode *list = tree_element(section, "changes");
    for (guint i = 0; i < variant->changes->len; i++)
        add_change(sheet, list, variant->changes->pdata[i]);
    xmlNode *members = variant->schemas.count < 2 ? NULL
                                                  : members_new(section, variant->schemas.count);
    for (size_t i = 0; members != NULL && i < variant->schemas.count; i++)
        add_member(members, variant->schemas.items[i], NULL);
}

void
part_alike(struct sheet *sheet)
{
    const struct variant *variant = NULL;
    const struct alike *alike = alike_of_schema(sheet->site->model->database,
                                                object_name(sheet->page->object), &variant);
    if (alike == NULL || sheet->page->part > 0)
        return;
    if (variant != NULL) {
        add_changes(sheet, alike, variant);
    } else {
        add_schemas(sheet, alike);
        add_variants(sheet, alike);
    }
}

void
part_alike_fact(struct sheet *sheet)
{
    const struct object *object = sheet->page->object;
    const struct names *schemas = alike_names(sheet->site->model->database, object_schema(object));
    if (schemas == NULL || schemas->count < 2 || object->kind == &kind_schema)
        return;
    g_autofree char *count = words_number((int64_t)schemas->count);
    sheet_fact(sheet, "In schemas", count);
}

char *
part_alike_words(const struct sheet *sheet, const char *schema)
{
    const struct variant *variant = NULL;
    const struct alike *alike = alike_of_schema(sheet->site->model->database, schema, &variant);
    if (alike == NULL)
        return NULL;
    if (variant == NULL)
        return words_count((int64_t)alike->schemas.count, "schema");
    g_autofree char *name = shown_name(alike->schema);
    g_autofree char *count = words_count(variant->changes->len, "difference");
    return g_strdup_printf("%s from %s", count, name);
}
