/* page_index.c - may this index be dropped? One sentence of verdict, then the author's reason, then
 * what the catalog proves. What needs queries or statistics to be known is said to be not known. */
#include "site/pages.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "postgres/connection.h"
#include "site/index_verdict.h"
#include "site/parts.h"
#include "site/words.h"

#include <string.h>

static void
add_lead(struct sheet *sheet, const struct index *index)
{
    xmlNode *on = tree_element(sheet_lead(sheet), "on");
    sheet_object(sheet, on, "relation", index->object.parent, BY_PATH);
    sheet_index_chips(on, index, 0);
    tree_optional(on, "predicate", index->predicate);
}

static void
add_facts(struct sheet *sheet, const struct index *index)
{
    const struct model *model = sheet->site->model;
    int64_t bytes = model_index_size(model, index);
    int64_t scans = model_index_scans(model, index);
    g_autofree char *job = index_job(model, index);
    sheet_fact(sheet, "Job", job);
    sheet_fact(sheet, "Method", index->method);
    if (bytes != NUMBER_UNKNOWN) {
        g_autofree char *text = words_bytes(bytes);
        sheet_fact(sheet, "Size", text);
    }
    if (scans != NUMBER_UNKNOWN) {
        g_autofree char *text = words_number(scans);
        sheet_fact(sheet, "Scans counted", text);
    }
    if (index->included.count > 0) {
        g_autofree char *included = columns_text(&index->included);
        sheet_fact(sheet, "Includes", included);
    }
}

static void
add_why(struct sheet *sheet, const struct index *index)
{
    xmlNode *section = sheet_section(sheet, "why", "Why it exists", -1);
    xmlNode *why = tree_element(section, "why");
    if (sheet_words(sheet, why, index))
        return;
    if (!index_needs_reason(index)) {
        tree_attribute(why, "missing", "key");
        return;
    }
    tree_attribute(why, "missing", "yes");
    g_autofree char *name = sql_quote_qualified(object_schema(index), index->name);
    g_autofree char *literal = sql_quote_literal("…");
    g_autofree char *line = g_strdup_printf("COMMENT ON INDEX %s IS %s;", name, literal);
    sheet_sql(section, line);
}

static void
add_proof(struct sheet *sheet, const struct index *index)
{
    xmlNode *section = sheet_section(sheet, "proof", "What dbdoc could prove", -1);
    index_add_proof(sheet, tree_element(section, "proof"), index);
}

static void
add_cost_row(xmlNode *cost, const char *label, const char *text)
{
    xmlNode *row = tree_text_element(cost, "row", text);
    tree_attribute(row, "label", label);
}

static const struct column *
key_column(const struct index *index, const struct key *key)
{
    const struct object *parent = index->object.parent;
    const struct column_list *columns =
        parent->kind == &kind_view ? &((const struct view *)(const void *)parent)->columns
                                   : &((const struct table *)(const void *)parent)->columns;
    for (size_t i = 0; i < columns->count; i++)
        if (text_equal(columns->items[i].name, key->column))
            return &columns->items[i];
    return NULL;
}

/* What ANALYZE saw of a key: "status: about 5 values, 62 % NULL". */
static void
add_values(const struct model *model, xmlNode *cost, const struct column *column)
{
    const struct column_observation *seen = column == NULL ? NULL
                                                           : model_observed_column(model, column);
    if (seen == NULL || seen->distinct_values < 1 || seen->nulls_per_thousand < 0)
        return;
    g_autofree char *name = shown_name(column->name);
    g_autofree char *values = words_count(seen->distinct_values, "value");
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%s: about %s", name, values);
    if (seen->nulls_per_thousand > 0) {
        g_autofree char *nulls = words_share(seen->nulls_per_thousand, 1000);
        g_string_append_printf(text, ", %s NULL", nulls);
    }
    add_cost_row(cost, "Found by ANALYZE", text->str);
}

static void
add_cost(struct sheet *sheet, const struct index *index)
{
    const struct model *model = sheet->site->model;
    xmlNode *section = sheet_section(sheet, "cost", "What it costs", -1);
    xmlNode *cost = tree_element(section, "cost");
    int64_t bytes = model_index_size(model, index);
    struct table_size size = model_table_size(model, index->object.parent);
    int64_t whole = known_sum(size.table, size.indexes);
    if (bytes != NUMBER_UNKNOWN && whole != NUMBER_UNKNOWN) {
        g_autofree char *own = words_bytes(bytes);
        g_autofree char *share = words_share(bytes, whole);
        g_autofree char *text = g_strdup_printf("%s, %s of the table with its indexes", own, share);
        add_cost_row(cost, "Size", text);
    }
    g_autofree char *insert = g_strdup(
        index->predicate == NULL ? "writes one entry here"
                                 : "writes an entry here when the row fits the predicate");
    add_cost_row(cost, "Each insert", insert);
    g_autofree char *columns = index_written_columns(index);
    g_autofree char *update = g_strdup_printf("of %s writes a new entry and cannot be a HOT update",
                                              columns);
    add_cost_row(cost, "Each update", update);
    g_autofree char *counted = index_counted_words(model);
    if (counted != NULL)
        add_cost_row(cost, "Scans counted", counted);
    for (size_t i = 0; i < index->keys.count; i++)
        add_values(model, cost, key_column(index, &index->keys.items[i]));
}

/* How many first keys two indexes share. */
static size_t
shared_keys(const struct index *a, const struct index *b)
{
    size_t shared = 0;
    while (shared < a->keys.count && shared < b->keys.count) {
        g_autofree char *x = key_text(&a->keys.items[shared]);
        g_autofree char *y = key_text(&b->keys.items[shared]);
        if (!g_str_equal(x, y))
            break;
        shared++;
    }
    return shared;
}

static const char *
relation_words(const struct index *index, const struct index *other, size_t shared)
{
    if (index == other)
        return "This index";
    if (shared == index->keys.count && shared == other->keys.count)
        return "The same columns in the same order.";
    if (shared == index->keys.count)
        return "This index repeats the start of it.";
    if (shared == other->keys.count)
        return "It repeats the start of this index.";
    return "They begin alike and part later.";
}

static const struct index_list *
siblings(const struct index *index)
{
    const struct object *parent = index->object.parent;
    return parent->kind == &kind_view ? &((const struct view *)(const void *)parent)->indexes
                                      : &((const struct table *)(const void *)parent)->indexes;
}

static void
add_family(struct sheet *sheet, const struct index *index)
{
    const struct index_list *all = siblings(index);
    g_autoptr(GPtrArray) family = g_ptr_array_new();
    for (size_t i = 0; i < all->count; i++)
        if (shared_keys(index, &all->items[i]) > 0)
            g_ptr_array_add(family, (gpointer)(guintptr)&all->items[i]);
    if (family->len < 2)
        return;
    xmlNode *section = sheet_section(sheet, "family", "Family", family->len);
    sheet_hint(section, "Indexes on this table that begin with the same column. An index also "
                        "serves every query that needs only its first columns.");
    xmlNode *list = tree_element(section, "family");
    tree_flag(list, "observed", sheet->site->model->observations != NULL);
    for (guint i = 0; i < family->len; i++) {
        const struct index *other = family->pdata[i];
        size_t shared = shared_keys(index, other);
        xmlNode *node = tree_element(list, "index");
        sheet_object(sheet, node, "name", other, BY_NAME);
        tree_flag(node, "self", other == index);
        sheet_index_chips(node, other, shared);
        tree_text_element(node, "relation", relation_words(index, other, shared));
        part_bytes(node, model_index_size(sheet->site->model, other));
    }
}

/* Whether a migration made or changed the index, or the constraint that stands on it. */
static bool
touches(const struct migration_evidence *evidence, const struct index *index,
        const struct constraint *constraint)
{
    for (size_t i = 0; i < evidence->changes.count; i++) {
        const struct difference *change = &evidence->changes.items[i];
        if (g_str_equal(change->word, "index") && g_str_equal(change->path, index->object.path))
            return true;
        if (constraint != NULL && g_str_equal(change->word, "constraint") &&
            g_str_equal(change->path, constraint->object.path))
            return true;
    }
    return false;
}

/* A new table brings its indexes along. */
static bool
makes_table(const struct migration_evidence *evidence, const struct object *relation)
{
    for (size_t i = 0; i < evidence->changes.count; i++) {
        const struct difference *change = &evidence->changes.items[i];
        if (change->kind == CHANGE_ADDED && g_str_equal(change->word, relation->kind->word) &&
            g_str_equal(change->path, relation->path))
            return true;
    }
    return false;
}

/* Among the migrations of its relation, for there are as many pages as indexes. */
static void
add_history(struct sheet *sheet, const struct index *index)
{
    const struct table *table = object_table(index);
    const void *relation = table != NULL ? (const void *)table_root(table) : index->object.parent;
    const GPtrArray *all = g_hash_table_lookup(sheet->site->plan->history, relation);
    const struct constraint *constraint = index_constraint(index);
    g_autoptr(GPtrArray) migrations = g_ptr_array_new();
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct migration_evidence *evidence = all->pdata[i];
        bool first = migrations->len == 0 && makes_table(evidence, index->object.parent);
        if (first || touches(evidence, index, constraint))
            g_ptr_array_add(migrations, (gpointer)(guintptr)evidence);
    }
    if (migrations->len == 0)
        return;
    xmlNode *section = sheet_section(sheet, "history", "History", migrations->len);
    sheet_hint(section, "The migrations that made or changed it, or its table first, newest first: "
                        "what each blocked, and whether its way back was seen to restore.");
    xmlNode *timeline = tree_element(section, "timeline");
    for (guint i = migrations->len; i-- > 0;)
        part_migration(sheet, timeline, migrations->pdata[i]);
}

/* Keys that need more than their names to be understood. */
static bool
has_key_details(const struct index *index)
{
    for (size_t i = 0; i < index->keys.count; i++)
        if (index->keys.items[i].default_operator_class == NO ||
            index->keys.items[i].default_collation == NO || index->keys.items[i].column == NULL)
            return true;
    return index->keys.count > 1;
}

static void
add_keys(xmlNode *section, const struct index *index)
{
    if (!has_key_details(index))
        return;
    xmlNode *keys = tree_element(section, "keys");
    for (size_t i = 0; i < index->keys.count; i++) {
        const struct key *key = &index->keys.items[i];
        xmlNode *node = tree_element(keys, "key");
        g_autofree char *column = key->column != NULL ? shown_name(key->column) : NULL;
        tree_text_element(node, "name", column != NULL ? column : key->expression);
        tree_flag(node, "expression", key->column == NULL);
        tree_attribute(node, "order", key->descending == YES ? "descending" : "ascending");
        tree_attribute(node, "nulls", key->nulls_first == YES ? "first" : "last");
        tree_attribute(node, "opclass", key->operator_class);
        tree_attribute(node, "collation", key->collation);
    }
    tree_flag(keys, "ordered", text_equal(index->method, "btree"));
}

void
fill_index(struct sheet *sheet)
{
    const struct index *index = (const struct index *)(const void *)sheet->page->object;
    part_head(sheet, index->unique == YES ? "Unique index" : "Index");
    add_lead(sheet, index);
    add_facts(sheet, index);
    index_add_verdict(sheet, index);
    add_why(sheet, index);
    part_decisions(sheet);
    add_proof(sheet, index);
    part_index_queries(sheet, index);
    add_cost(sheet, index);
    part_growth(sheet);
    add_family(sheet, index);
    add_history(sheet, index);
    xmlNode *definition = sheet_section(sheet, "definition", "Definition", -1);
    sheet_sql(definition, index->definition);
    add_keys(definition, index);
    index_add_drop(sheet, index);
    part_findings(sheet);
}
