/* part_columns.c - the section "Columns". */
#include "site/parts.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "catalog/type_name.h"
#include "site/words.h"

#include <string.h>

static bool
is_key_of(const struct table *table, enum constraint_kind kind, const char *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        for (size_t j = 0; constraint->kind == kind && j < constraint->columns.count; j++)
            if (g_str_equal(constraint->columns.items[j], column))
                return true;
    }
    return false;
}

/* "'draft'::text" of a text column is 'draft': the cast to the column's own type says nothing. */
static char *
without_own_cast(const char *expression, const char *type)
{
    const char *cast = g_strrstr(expression, "::");
    g_autofree char *bare = g_strndup(type, strcspn(type, "("));
    if (cast == NULL || !(g_str_equal(cast + 2, type) || g_str_equal(cast + 2, bare)))
        return g_strdup(expression);
    return g_strndup(expression, (size_t)(cast - expression));
}

/* A default as people think of it; the text itself when it says something of its own. */
static void
add_default(xmlNode *node, const struct column *column)
{
    xmlNode *value = tree_element(node, "default");
    if (column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL) {
        tree_attribute(value, "word", "generated");
        tree_optional(node, "expression", column->generation_expression);
    } else if (column->identity == IDENTITY_ALWAYS || column->identity == IDENTITY_BY_DEFAULT) {
        tree_attribute(value, "word", "identity");
    } else if (column->default_value != NULL &&
               g_str_has_prefix(column->default_value, "nextval(")) {
        tree_attribute(value, "word", "sequence");
        tree_attribute(value, "title", column->default_value);
    } else if (column->default_value != NULL) {
        g_autofree char *plain = without_own_cast(column->default_value, column->type);
        tree_text(value, plain);
        if (!g_str_equal(plain, column->default_value))
            tree_attribute(value, "title", column->default_value);
    }
}

/* "Points to accounts.users.id. On delete: refused." for each foreign key that begins here. */
static void
add_targets(const struct sheet *sheet, xmlNode *node, const struct table *table,
            const struct column *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        for (size_t j = 0; j < key->columns.count; j++) {
            if (!g_str_equal(key->columns.items[j], column->name))
                continue;
            xmlNode *target = tree_element(node, "target");
            const struct table *other = key->references.object;
            const struct column *far = other != NULL
                                           ? table_column(other, key->referenced_columns.items[j])
                                           : NULL;
            g_autofree char *path = shown_path(far != NULL ? far->object.path
                                                           : key->references.path);
            tree_text(target, path);
            if (far != NULL)
                sheet_href(sheet, target, far);
            tree_attribute(target, "delete", words_on_delete(key->on_delete));
        }
    }
}

static void
add_type(const struct sheet *sheet, xmlNode *node, const struct column *column)
{
    g_autofree char *alias = type_alias(column->type);
    xmlNode *type = tree_text_element(node, "type", alias);
    if (!g_str_equal(alias, column->type))
        tree_attribute(type, "title", column->type);
    if (column->type_object.object != NULL)
        sheet_href(sheet, type, column->type_object.object);
}

static void
add_column(struct sheet *sheet, xmlNode *columns, const struct table *table,
           const struct column *column)
{
    xmlNode *node = tree_element(columns, "column");
    sheet_anchor(node, &column->object);
    sheet_name(node, column->name);
    if (table != NULL) {
        tree_flag(node, "key", is_key_of(table, CONSTRAINT_PRIMARY_KEY, column->name));
        tree_flag(node, "fkey", is_key_of(table, CONSTRAINT_FOREIGN_KEY, column->name));
        tree_attribute(node, "null", column->not_null == YES ? "no" : "yes");
    }
    add_type(sheet, node, column);
    add_default(node, column);
    tree_optional(node, "collation", column->collation);
    sheet_words(sheet, node, column);
    sheet_labels(sheet, node, &column->object);
    if (table != NULL)
        add_targets(sheet, node, table, column);
}

static void
add_coverage(const struct sheet *sheet, xmlNode *section, const struct column_list *columns)
{
    size_t with = 0;
    for (size_t i = 0; i < columns->count; i++)
        with += sheet_has_words(sheet, &columns->items[i]);
    if (with == columns->count)
        return;
    g_autofree char *hint = with == 0
                                ? g_strdup("Nobody has written down yet what these columns mean.")
                                : g_strdup_printf("%zu of %zu say what they mean.", with,
                                                  columns->count);
    sheet_hint(section, hint);
}

void
part_columns(struct sheet *sheet, const struct object *relation, const struct column_list *columns)
{
    const struct table *table = relation->kind == &kind_table
                                    ? (const struct table *)(const void *)relation
                                    : NULL;
    xmlNode *section = sheet_section(sheet, "columns", "Columns", (int64_t)columns->count);
    add_coverage(sheet, section, columns);
    xmlNode *list = tree_element(section, "columns");
    tree_flag(list, "nullable", table != NULL);
    for (size_t i = 0; i < columns->count; i++)
        add_column(sheet, list, table, &columns->items[i]);
}
