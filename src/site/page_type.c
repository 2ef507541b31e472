/* page_type.c - enums, domains, composite, range and base types: what a value may be, and where. */
#include "site/pages.h"

#include "catalog/acl.h"
#include "catalog/type_name.h"
#include "site/parts.h"

#include <string.h>

static void
add_enum(struct sheet *sheet, const struct enum_type *type)
{
    part_head(sheet, "Enum type");
    sheet_fact_count(sheet, "Labels", type->labels.count);
    part_notes(sheet);
    part_decisions(sheet);
    xmlNode *section = sheet_section(sheet, "labels", "Labels", (int64_t)type->labels.count);
    sheet_hint(section, "In the order in which they compare, smallest first.");
    xmlNode *labels = tree_element(section, "labels");
    tree_number(labels, "first", (int64_t)page_rows(sheet->page).first + 1);
    for (size_t i = 0; i < type->labels.count; i++)
        if (sheet_shows(sheet, i))
            tree_text_element(labels, "label", type->labels.items[i]);
}

static void
add_domain(struct sheet *sheet, const struct domain *domain)
{
    part_head(sheet, "Domain");
    sheet_fact(sheet, "Base type", domain->type);
    sheet_fact(sheet, "Null", domain->not_null == YES ? "no" : "yes");
    sheet_fact(sheet, "Default", domain->default_value);
    sheet_fact(sheet, "Collation", domain->collation);
    part_notes(sheet);
    part_decisions(sheet);
    if (domain->constraints.count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "constraints", "Constraints",
                                     (int64_t)domain->constraints.count);
    xmlNode *list = tree_element(section, "constraints");
    for (size_t i = 0; i < domain->constraints.count; i++) {
        const struct domain_constraint *constraint = &domain->constraints.items[i];
        xmlNode *node = tree_element(list, "constraint");
        sheet_anchor(node, &constraint->object);
        sheet_name(node, constraint->name);
        tree_attribute(node, "kind", "Check");
        tree_text_element(node, "rule", constraint->definition);
        if (constraint->validated == NO)
            sheet_badge(node, "warn", "not validated");
        sheet_words(sheet, node, constraint);
    }
}

static void
add_composite(struct sheet *sheet, const struct composite_type *type)
{
    part_head(sheet, "Composite type");
    sheet_fact_count(sheet, "Attributes", type->attributes.count);
    part_notes(sheet);
    part_decisions(sheet);
    xmlNode *section = sheet_section(sheet, "attributes", "Attributes",
                                     (int64_t)type->attributes.count);
    xmlNode *list = tree_element(section, "columns");
    for (size_t i = 0; i < type->attributes.count; i++) {
        const struct attribute *attribute = &type->attributes.items[i];
        xmlNode *node = tree_element(list, "column");
        sheet_anchor(node, &attribute->object);
        sheet_name(node, attribute->name);
        g_autofree char *alias = type_alias(attribute->type);
        xmlNode *kind = tree_text_element(node, "type", alias);
        if (attribute->type_object.object != NULL)
            sheet_href(sheet, kind, attribute->type_object.object);
        sheet_words(sheet, node, attribute);
    }
}

static void
add_range(struct sheet *sheet, const struct range_type *type)
{
    part_head(sheet, "Range type");
    sheet_fact(sheet, "Subtype", type->subtype);
    sheet_fact(sheet, "Operator class", type->operator_class);
    sheet_fact(sheet, "Collation", type->collation);
    sheet_fact(sheet, "Multirange type", type->multirange);
    part_notes(sheet);
    part_decisions(sheet);
}

static void
add_base(struct sheet *sheet, const struct base_type *type)
{
    part_head(sheet, type->defined == NO ? "Shell type" : "Base type");
    sheet_fact(sheet, "Input function", type->input_function);
    sheet_fact(sheet, "Output function", type->output_function);
    part_notes(sheet);
    part_decisions(sheet);
}

/* Columns of this type, or of an array of it. */
static void
add_users(struct sheet *sheet, xmlNode **list, const struct column_list *columns)
{
    static const char *const heads[] = {"Column", "What it means", NULL};
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].type_object.object != sheet->page->object)
            continue;
        if (*list == NULL)
            *list = part_list(sheet_section(sheet, "columns", "Columns of this type", -1), heads);
        part_item(sheet, *list, &columns->items[i], BY_PATH);
    }
}

static void
add_all_users(struct sheet *sheet)
{
    const struct catalog *catalog = sheet->site->model->catalog;
    xmlNode *list = NULL;
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (!table_is_partition(&catalog->tables.items[i]))
            add_users(sheet, &list, &catalog->tables.items[i].columns);
    for (size_t i = 0; i < catalog->views.count; i++)
        add_users(sheet, &list, &catalog->views.items[i].columns);
}

void
fill_type(struct sheet *sheet)
{
    const void *type = sheet->page->object;
    const struct kind *kind = sheet->page->object->kind;
    if (kind == &kind_enum_type)
        add_enum(sheet, type);
    else if (kind == &kind_domain)
        add_domain(sheet, type);
    else if (kind == &kind_composite_type)
        add_composite(sheet, type);
    else if (kind == &kind_range_type)
        add_range(sheet, type);
    else
        add_base(sheet, type);
    if (sheet->page->part == 0)
        add_all_users(sheet);
    part_used_by(sheet, &kind_column);
    part_owner(sheet);
    if (!acl_is_default(kind, field_names(kind_field(kind, "grants"), type)))
        part_access(sheet, type, "Who may do what");
    part_history(sheet);
    part_findings(sheet);
}
