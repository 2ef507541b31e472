/* query_texts.c - what the text of a query and the catalog show together, without a plan and
 * without statistics. How much it matters depends on the rows: most of it is a note. */
#include "base/sql_lexer.h"
#include "checks/families.h"
#include "checks/query_names.h"
#include "model/queries.h"

#include <string.h>

static struct finding *
report(struct check_run *run, const struct query *query, const struct table *table,
       const char *words)
{
    struct finding *finding = check_report(run, table, "%s %s", check_query_name(run, query, table),
                                           words);
    finding->query = query;
    finding->file = query->file;
    finding->line = query->line;
    check_evidence(run, finding, "Query", query->text);
    return finding;
}

static void
each_query(struct check_run *run, void (*visit)(struct check_run *run, const struct query *query,
                                                const struct table *table))
{
    const struct workload *workload = run->model->workload;
    for (size_t i = 0; workload != NULL && i < workload->count; i++) {
        const struct query *query = &workload->queries[i];
        const struct table *table = check_query_table(run, query);
        if (table != NULL && query->text != NULL)
            visit(run, query, table);
    }
}

/* ---- pages ---- */

/* The columns of ORDER BY, and those of the primary key that are not among them. */
static GPtrArray *
key_of_pages(const struct query *query, const struct table *table, bool *complete)
{
    const struct constraint *key = table_primary_key(table);
    GPtrArray *columns = g_ptr_array_new();
    for (size_t i = 0; i < query->traits.order_count; i++)
        g_ptr_array_add(columns, (gpointer)(guintptr)query->traits.order[i].column);
    *complete = key != NULL;
    for (size_t i = 0; key != NULL && i < key->columns.count; i++)
        if (!g_ptr_array_find_with_equal_func(columns, key->columns.items[i], g_str_equal, NULL)) {
            g_ptr_array_add(columns, (gpointer)(guintptr)key->columns.items[i]);
            *complete = false;
        }
    return columns;
}

/* Whether one comparison of rows finds what is behind a page: one direction, and no NULL, which
 * would be neither before nor behind. */
static bool
can_go_on(const struct query *query, const struct table *table)
{
    const struct query_traits *traits = &query->traits;
    for (size_t i = 0; i < traits->order_count; i++) {
        const struct column *column = table_column(table, traits->order[i].column);
        if (column == NULL || !column_is_required(column) ||
            traits->order[i].descending != traits->order[0].descending)
            return false;
    }
    return traits->order_count > 0 && query->references.relation_count == 1;
}

static void
append_list(GString *text, const GPtrArray *columns, const char *before, const char *behind)
{
    for (guint i = 0; i < columns->len; i++)
        g_string_append_printf(text, "%s%s%s%s", i > 0 ? ", " : "", before,
                               (const char *)columns->pdata[i], behind);
}

static void
show_pages_in_sql(struct check_run *run, struct finding *finding, const GPtrArray *columns,
                  bool descending)
{
    g_autoptr(GString) sql = g_string_new("WHERE (");
    append_list(sql, columns, "", "");
    g_string_append_printf(sql, ") %s (", descending ? "<" : ">");
    for (guint i = 0; i < columns->len; i++)
        g_string_append_printf(sql, "%s$%u", i > 0 ? ", " : "", i + 1);
    g_string_append(sql, ") ORDER BY ");
    append_list(sql, columns, "", descending ? " DESC" : "");
    g_string_append_printf(sql, " LIMIT $%u", columns->len + 1);
    check_evidence(run, finding, "Instead, in SQL", sql->str);
}

static void
show_pages_in_ecto(struct check_run *run, struct finding *finding, const GPtrArray *columns,
                   bool descending)
{
    g_autoptr(GString) code = g_string_new("where: fragment(\"(");
    for (int side = 0; side < 2; side++) {
        for (guint i = 0; i < columns->len; i++)
            g_string_append(code, i > 0 ? ", ?" : "?");
        g_string_append(code, side == 1 ? ")\", " : descending ? ") < (" : ") > (");
    }
    append_list(code, columns, "x.", "");
    g_string_append(code, ", ");
    append_list(code, columns, "^last.", "");
    g_string_append(code, "), order_by: [");
    append_list(code, columns, descending ? "desc: x." : "asc: x.", "");
    g_string_append(code, "], limit: ^size");
    check_evidence(run, finding, "Instead, in Ecto", code->str);
}

static void
report_offset(struct check_run *run, const struct query *query, const struct table *table)
{
    if ((query->traits.set & TRAIT_OFFSET) == 0)
        return;
    bool complete = false;
    g_autoptr(GPtrArray) columns = key_of_pages(query, table, &complete);
    struct finding *finding = report(run, query, table, "turns pages with OFFSET");
    finding->severity = complete && can_go_on(query, table) ? SEVERITY_WARNING : SEVERITY_NOTE;
    check_detail(run, finding,
                 "PostgreSQL makes every row before the page and throws it away, and rows move "
                 "between pages when one is added.");
    check_advice(run, finding,
                 "Remember the last row of the page and go on behind it, with an index in that "
                 "order.");
    if (!can_go_on(query, table))
        return;
    show_pages_in_sql(run, finding, columns, query->traits.order[0].descending);
    show_pages_in_ecto(run, finding, columns, query->traits.order[0].descending);
}

/* ---- conditions ---- */

/* The only table of the query that has the column; NULL for none, or several. */
static const struct table *
table_with(const struct check_run *run, const struct query *query, const char *column)
{
    const struct query_relations *relations = model_query_relations(run->model, query);
    const struct table *found = NULL;
    for (size_t i = 0; i < relations->count; i++) {
        const struct object *object = relations->items[i]->object;
        if (object == NULL || object->kind != &kind_table ||
            table_column((const struct table *)(const void *)object, column) == NULL)
            continue;
        if (found != NULL)
            return NULL;
        found = (const struct table *)(const void *)object;
    }
    return found;
}

/* The index that the column has, as it is; NULL: none, or there is one on an expression of it. */
static const struct index *
index_past(const struct table *table, const char *column)
{
    const struct index *found = NULL;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        for (size_t j = 0; j < index->keys.count; j++)
            if (sql_has_name(index->keys.items[j].expression, column))
                return NULL;
        if (index->keys.count > 0 && g_strcmp0(index->method, "btree") == 0 &&
            g_strcmp0(index->keys.items[0].column, column) == 0)
            found = index;
    }
    return found;
}

static void
report_wrapped(struct check_run *run, const struct query *query, const struct table *first)
{
    for (size_t i = 0; i < query->traits.wrapped_count; i++) {
        const struct wrapped_column *wrapped = &query->traits.wrapped[i];
        const struct table *table = table_with(run, query, wrapped->column);
        const struct index *index = table != NULL ? index_past(table, wrapped->column) : NULL;
        if (index == NULL)
            continue;
        const char *said =
            wrapped->is_cast
                ? arena_printf(run->arena, "%s::%s", wrapped->column, wrapped->function)
                : arena_printf(run->arena, "%s(%s)", wrapped->function, wrapped->column);
        struct finding *finding = report(
            run, query, first,
            arena_printf(run->arena, "compares %s, which %s cannot find", check_code(run, said),
                         check_path(run, index)));
        check_detail(run, finding,
                     "The index is in the order of the column, not of what is made of it, so that "
                     "all rows are looked at.");
        check_advice(run, finding,
                     "Compare the column itself, with a range where need be, or index the "
                     "expression.");
        check_evidence(run, finding, "Index", index->definition);
    }
}

static const struct table *
relation_called(const struct check_run *run, const struct query *query,
                const struct excluded_column *excluded)
{
    const struct query_relations *relations = model_query_relations(run->model, query);
    for (size_t i = 0; i < relations->count; i++) {
        const struct object *object = relations->items[i]->object;
        if (object != NULL && object->kind == &kind_table &&
            g_str_equal(object_name(object), excluded->relation) &&
            (excluded->schema == NULL || g_str_equal(object_schema(object), excluded->schema)))
            return (const struct table *)(const void *)object;
    }
    return NULL;
}

static void
report_excluded(struct check_run *run, const struct query *query, const struct table *first)
{
    for (size_t i = 0; i < query->traits.excluded_count; i++) {
        const struct excluded_column *excluded = &query->traits.excluded[i];
        const struct table *table = relation_called(run, query, excluded);
        const struct column *column = table != NULL ? table_column(table, excluded->column) : NULL;
        if (column == NULL || column_is_required(column))
            continue;
        struct finding *finding = report(run, query, first,
                                         "finds nothing as soon as its NOT IN meets a NULL");
        check_detail(run, finding,
                     "Whether a value is not among some others is unknown where one of them is "
                     "NULL, and what is unknown is left out.");
        check_advice(run, finding,
                     "Write `NOT EXISTS (SELECT FROM … WHERE … = …)`, which PostgreSQL can also "
                     "join.");
        check_column(run, finding, column);
    }
}

/* ---- partitions ---- */

static bool
names_key(const struct query_relation *relation, const struct table *table)
{
    for (size_t i = 0; i < relation->column_count; i++)
        if (sql_has_name(table->partition_key, relation->columns[i]->name))
            return true;
    return false;
}

static void
report_partitions(struct check_run *run, const struct query *query, const struct table *first)
{
    const struct query_relations *relations = model_query_relations(run->model, query);
    for (size_t i = 0; query->kind != SHAPE_INSERT && i < relations->count; i++) {
        const struct object *object = relations->items[i]->object;
        const struct table *table = object != NULL && object->kind == &kind_table
                                        ? (const struct table *)(const void *)object
                                        : NULL;
        if (table == NULL || table->kind != TABLE_PARTITIONED || table->partition_key == NULL ||
            names_key(relations->items[i], table))
            continue;
        struct finding *finding = report(
            run, query, first,
            arena_printf(run->arena, "looks into every partition of %s", check_path(run, table)));
        check_detail(run, finding,
                     "It does not name the partition key, so no partition can be left out: each "
                     "one that is added makes it slower.");
        check_advice(run, finding, "Say in the condition which values of the key are meant.");
        check_evidence(run, finding, "Partition key", table->partition_key);
    }
}

/* ---- what one sign shows ---- */

static const struct {
    enum query_trait trait;
    const char *words;
    const char *detail;
    const char *advice;
} signs[] = {
    {TRAIT_STAR, "asks for all columns with *",
     "A column that is added later, or is large, is sent as well, and code that counts on their "
     "order breaks.",
     "Name the columns that are used, as Ecto's `select:` does."},
    {TRAIT_RANDOM, "sorts by chance", "Every row is read and sorted, however few are wanted.",
     "Take a random place in the order of a key and go on from there, or use `TABLESAMPLE`."},
    {TRAIT_WAITS, "takes rows to work on, and waits for those that others work on",
     "Workers stand in line for the same first rows.",
     "Add `SKIP LOCKED`, in Ecto `lock: \"FOR UPDATE SKIP LOCKED\"`; or `NOWAIT` where waiting is "
     "an error."},
    {TRAIT_PATTERN, "looks for a pattern that begins with a wildcard",
     "No btree finds what only the end is known of, so that all rows are looked at.",
     "Make a GIN index with `gin_trgm_ops` of pg_trgm, or search words with a tsvector."},
};

static void
report_sign(struct check_run *run, enum query_trait trait)
{
    const struct workload *workload = run->model->workload;
    size_t sign = 0;
    while (signs[sign].trait != trait)
        sign++;
    for (size_t i = 0; workload != NULL && i < workload->count; i++) {
        const struct query *query = &workload->queries[i];
        const struct table *table = check_query_table(run, query);
        if (table == NULL || query->text == NULL || (query->traits.set & trait) == 0)
            continue;
        struct finding *finding = report(run, query, table, signs[sign].words);
        check_detail(run, finding, "%s", signs[sign].detail);
        check_advice(run, finding, "%s", signs[sign].advice);
    }
}

/* ---- rules ---- */

void
check_offset_pagination(struct check_run *run)
{
    each_query(run, report_offset);
}

void
check_function_on_column(struct check_run *run)
{
    each_query(run, report_wrapped);
}

void
check_not_in_subquery(struct check_run *run)
{
    each_query(run, report_excluded);
}

void
check_partition_key_missing(struct check_run *run)
{
    each_query(run, report_partitions);
}

void
check_select_star(struct check_run *run)
{
    report_sign(run, TRAIT_STAR);
}

void
check_order_by_random(struct check_run *run)
{
    report_sign(run, TRAIT_RANDOM);
}

void
check_for_update_waits(struct check_run *run)
{
    report_sign(run, TRAIT_WAITS);
}

void
check_like_leading_wildcard(struct check_run *run)
{
    report_sign(run, TRAIT_PATTERN);
}
