/* part_columns.c - the section "Columns". */
#include "site/parts.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "catalog/type_name.h"
#include "model/queries.h"
#include "site/words.h"

#include <string.h>

/* ---- where columns point ---- */

struct pointer {
    const struct constraint *key;
    size_t partitions; /* that have a key like this of their own; 0: it is the table's */
};

static bool
point_alike(const struct constraint *a, const struct constraint *b)
{
    return a->references.object == b->references.object && a->on_delete == b->on_delete &&
           text_equal(a->references.path, b->references.path) &&
           names_equal(&a->columns, &b->columns) &&
           names_equal(&a->referenced_columns, &b->referenced_columns);
}

static void
add_pointer(GArray *pointers, const struct constraint *key, bool of_partition)
{
    for (guint i = 0; of_partition && i < pointers->len; i++) {
        struct pointer *known = &g_array_index(pointers, struct pointer, i);
        if (!point_alike(known->key, key))
            continue;
        known->partitions += known->partitions > 0;
        return;
    }
    const struct pointer pointer = {key, of_partition};
    g_array_append_val(pointers, pointer);
}

/* The foreign keys of a table, then those that only its partitions have. */
static GArray *
find_pointers(const struct model *model, const struct table *table)
{
    GArray *pointers = g_array_new(FALSE, FALSE, sizeof(struct pointer));
    g_autoptr(GPtrArray) family = table_family(model, table);
    for (guint i = 0; i < family->len; i++) {
        const struct constraint_list *constraints =
            &((const struct table *)family->pdata[i])->constraints;
        for (size_t j = 0; j < constraints->count; j++)
            if (constraints->items[j].kind == CONSTRAINT_FOREIGN_KEY &&
                (i == 0 || constraints->items[j].inherited != YES))
                add_pointer(pointers, &constraints->items[j], i > 0);
    }
    return pointers;
}

/* "Points to accounts.users.id. On delete: refused." */
static void
add_target(const struct sheet *sheet, xmlNode *node, const struct pointer *pointer, size_t place)
{
    const struct constraint *key = pointer->key;
    xmlNode *target = tree_element(node, "target");
    const struct table *other = key->references.object;
    const struct column *far = other != NULL && place < key->referenced_columns.count
                                   ? table_column(other, key->referenced_columns.items[place])
                                   : NULL;
    g_autofree char *path = shown_path(far != NULL ? far->object.path : key->references.path);
    tree_text(target, path);
    if (far != NULL)
        sheet_href(sheet, target, far);
    tree_attribute(target, "delete", words_on_delete(key->on_delete));
    if (pointer->partitions > 0) {
        g_autofree char *count = words_number((int64_t)pointer->partitions);
        tree_attribute(target, "partitions", count);
    }
}

static void
add_targets(const struct sheet *sheet, xmlNode *node, const GArray *pointers,
            const struct column *column)
{
    for (guint i = 0; i < pointers->len; i++) {
        const struct pointer *pointer = &g_array_index(pointers, struct pointer, i);
        const struct names *columns = &pointer->key->columns;
        for (size_t j = 0; j < columns->count; j++)
            if (g_str_equal(columns->items[j], column->name))
                add_target(sheet, node, pointer, j);
    }
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

/* Where it is younger than its table. */
static void
add_since(const struct sheet *sheet, xmlNode *node, const struct column *column)
{
    g_autofree char *own = part_since(sheet, &column->object);
    g_autofree char *whole = part_since(sheet, column->object.parent);
    if (own == NULL || g_str_equal(own, whole))
        return;
    g_autofree char *words = g_strconcat("since ", own, NULL);
    sheet_badge(node, "", g_str_has_prefix(own, "not ") ? own : words);
}

static bool
names_column(const struct query_relation *relation, const struct column *column)
{
    for (size_t i = 0; i < relation->column_count; i++)
        if (g_str_equal(relation->columns[i]->name, column->name))
            return true;
    return false;
}

/* Queries that name the column, the first of them as links; those of a table are all in a section.
 */
static void
add_queries(const struct sheet *sheet, xmlNode *node, const struct column *column)
{
    enum { SHOWN = 3 };
    const struct query_relations *list = model_relation_queries(sheet->site->model,
                                                                column->object.parent);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct query *query = list->items[i]->query;
        if (!names_column(list->items[i], column) || ++count > SHOWN)
            continue;
        g_autofree char *href = plan_href_query(sheet->site->plan, sheet->page, query);
        g_autofree char *title = part_query_title(query);
        xmlNode *asked = tree_text_element(node, "asked", title);
        tree_attribute(asked, "href", href);
    }
    if (count > SHOWN)
        tree_format(node, "more", "%zu", count - SHOWN);
}

static void
add_column(struct sheet *sheet, xmlNode *columns, const struct table *table, const GArray *pointers,
           const struct column *column)
{
    xmlNode *node = tree_element(columns, "column");
    sheet_anchor(node, &column->object);
    sheet_name(node, column->name);
    if (table != NULL) {
        tree_flag(node, "key", column_is_in_primary_key(column));
        tree_attribute(node, "null", column->not_null == YES ? "no" : "yes");
    }
    add_type(sheet, node, column);
    add_default(node, column);
    tree_optional(node, "collation", column->collation);
    sheet_words(sheet, node, column);
    part_decided(sheet, node, column);
    sheet_labels(sheet, node, &column->object);
    add_since(sheet, node, column);
    if (table != NULL) {
        part_fields(sheet, node, table, column);
        add_targets(sheet, node, pointers, column);
        part_drop(sheet, node, column);
    }
    add_queries(sheet, node, column);
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
    g_autoptr(GArray) pointers = table != NULL ? find_pointers(sheet->site->model, table) : NULL;
    for (size_t i = 0; i < columns->count; i++)
        add_column(sheet, list, table, pointers, &columns->items[i]);
}
