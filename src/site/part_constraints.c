/* part_constraints.c - the sections "Constraints" and "Referenced by". */
#include "site/parts.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "site/words.h"

#include <string.h>

static const char *const kind_titles[] = {
    [CONSTRAINT_PRIMARY_KEY] = "Primary key", [CONSTRAINT_UNIQUE] = "Unique",
    [CONSTRAINT_FOREIGN_KEY] = "Foreign key", [CONSTRAINT_CHECK] = "Check",
    [CONSTRAINT_EXCLUSION] = "Exclusion",
};

/* The index that finds the rows of a foreign key; NULL for none. The shortest one serves best. */
static const struct index *
find_support(const struct constraint *foreign_key)
{
    const struct table *table = object_table(foreign_key);
    const struct index *best = NULL;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        if (index_supports(index, foreign_key) &&
            (best == NULL || index->keys.count < best->keys.count))
            best = index;
    }
    return best;
}

static void
add_support(const struct sheet *sheet, xmlNode *node, const struct constraint *foreign_key)
{
    const struct index *index = find_support(foreign_key);
    if (index != NULL)
        sheet_object(sheet, node, "support", index, BY_NAME);
    else
        tree_flag(node, "unsupported", !foreign_key_has_index(sheet->site->model, foreign_key));
}

static void
add_foreign_key(const struct sheet *sheet, xmlNode *node, const struct constraint *constraint)
{
    g_autofree char *columns = columns_text(&constraint->columns);
    tree_text_element(node, "columns", columns);
    g_autofree char *path = shown_path(constraint->references.path);
    xmlNode *target = tree_text_element(node, "target", path);
    if (constraint->references.object != NULL)
        sheet_href(sheet, target, constraint->references.object);
    tree_attribute(node, "delete", words_on_delete(constraint->on_delete));
    if (constraint->on_update != ACTION_NO_ACTION && constraint->on_update != ACTION_RESTRICT)
        tree_attribute(node, "update", words_on_delete(constraint->on_update));
    add_support(sheet, node, constraint);
}

/* What follows the kind in the definition: "(id)", "(status IN (…))". */
static const char *
rule_text(const char *definition)
{
    const char *bracket = strchr(definition, '(');
    bool exclusion = g_str_has_prefix(definition, "EXCLUDE");
    return bracket != NULL && !exclusion ? bracket : definition;
}

static void
add_constraint(struct sheet *sheet, xmlNode *list, const struct constraint *constraint)
{
    xmlNode *node = tree_element(list, "constraint");
    sheet_anchor(node, &constraint->object);
    sheet_name(node, constraint->name);
    tree_attribute(node, "kind", kind_titles[constraint->kind]);
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
        add_foreign_key(sheet, node, constraint);
    else
        tree_text_element(node, "rule", rule_text(constraint->definition));
    if (constraint->index.object != NULL && constraint->kind != CONSTRAINT_FOREIGN_KEY)
        sheet_object(sheet, node, "index", constraint->index.object, BY_NAME);
    if (constraint_is_not_enforced(constraint))
        sheet_badge(node, "warn", "not enforced");
    else if (constraint->validated == NO)
        sheet_badge(node, "warn", "not validated");
    if (constraint->deferrable == YES)
        sheet_badge(node, "", constraint->initially_deferred == YES ? "deferred" : "deferrable");
    if (constraint->inherited == YES)
        sheet_badge(node, "", "inherited");
    sheet_words(sheet, node, constraint);
    part_decided(sheet, node, constraint);
}

void
part_constraints(struct sheet *sheet, const struct table *table)
{
    if (table->constraints.count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "constraints", "Constraints",
                                     (int64_t)table->constraints.count);
    xmlNode *list = tree_element(section, "constraints");
    for (int kind = CONSTRAINT_PRIMARY_KEY; kind <= CONSTRAINT_EXCLUSION; kind++)
        for (size_t i = 0; i < table->constraints.count; i++)
            if ((int)table->constraints.items[i].kind == kind)
                add_constraint(sheet, list, &table->constraints.items[i]);
}

void
part_referenced_by(struct sheet *sheet, const struct table *table)
{
    const struct references *references = model_references(sheet->site->model, table);
    if (references->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "referenced-by", "Referenced by",
                                     (int64_t)references->count);
    xmlNode *list = tree_element(section, "references");
    for (size_t i = 0; i < references->count; i++) {
        const struct constraint *key = references->items[i];
        xmlNode *node = tree_element(list, "reference");
        g_autofree char *columns = columns_text(&key->columns);
        g_autofree char *path = shown_path(key->object.parent->path);
        g_autofree char *text = g_strdup_printf(key->columns.count == 1 ? "%s.%s" : "%s (%s)", path,
                                                columns);
        xmlNode *name = tree_text_element(node, "name", text);
        sheet_href(sheet, name, key);
        tree_attribute(node, "delete", words_on_delete(key->on_delete));
        add_support(sheet, node, key);
    }
}
