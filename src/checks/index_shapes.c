/* index_shapes.c - indexes that are built in a way that helps little: seen in the definition. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

#define EVERY_COLUMN_LEAST 4
#define LARGE_ROWS         1000000
#define MANY_INDEXES       15
#define HEAVY_BYTES        ((int64_t)10 * 1024 * 1024)

/* ---- index-boolean-only ---- */

static void
visit_boolean(struct check_run *run, const struct table *table, const struct index *index)
{
    const struct column *column = index_first_column(table, index);
    if (index->keys.count != 1 || index->predicate != NULL || index->unique == YES ||
        column == NULL || !g_str_equal(column_base_type(column), "boolean"))
        return;
    struct finding *finding = check_report(run, index, "Index %s has two values to tell apart",
                                           check_path(run, index));
    check_detail(run, finding,
                 "It helps only where one of the two is rare; for the other, reading the table is "
                 "faster, and every insert writes the index.");
    check_advice(run, finding,
                 "Make it partial: index what you sort or look up by, `WHERE %s` has the rare "
                 "value.",
                 column->name);
    check_evidence(run, finding, "Index", index->definition);
}

void
check_index_boolean_only(struct check_run *run)
{
    check_each_index(run, visit_boolean);
}

/* ---- index-predicate-vacuous ---- */

/* "column IS NOT NULL" and nothing else; the column's name, new memory. */
static char *
only_not_null(const char *predicate)
{
    static const char *const rest[] = {"is", "not", "null"};
    g_autofree char *column = NULL;
    struct sql_token token;
    size_t words = 0;
    while (predicate != NULL && sql_next_word(&predicate, &token)) {
        if (sql_is_sign(&token, '(') || sql_is_sign(&token, ')'))
            continue;
        if (column == NULL && (token.kind == SQL_WORD || token.kind == SQL_QUOTED))
            column = sql_identifier(&token);
        else if (words < G_N_ELEMENTS(rest) && sql_is_word(&token, rest[words]))
            words++;
        else
            return NULL;
    }
    return words == G_N_ELEMENTS(rest) ? g_steal_pointer(&column) : NULL;
}

static void
visit_vacuous(struct check_run *run, const struct table *table, const struct index *index)
{
    g_autofree char *name = only_not_null(index->predicate);
    const struct column *column = name == NULL ? NULL : table_column(table, name);
    if (column == NULL || column->not_null != YES)
        return;
    struct finding *finding = check_report(run, index, "The predicate of %s leaves nothing out",
                                           check_path(run, index));
    check_detail(run, finding,
                 "%s is NOT NULL, so the index holds every row; a query that does not repeat the "
                 "predicate may still not use it.",
                 check_path(run, column));
    check_advice(run, finding, "Build it again without the predicate, and drop this one.");
    check_evidence(run, finding, "Index", index->definition);
}

void
check_index_predicate_vacuous(struct check_run *run)
{
    check_each_index(run, visit_vacuous);
}

/* ---- index-key-fixed-by-predicate ---- */

/* Whether the predicate is "column = constant", with casts, or a chain of ANDs of such. */
static bool
is_fixed(const char *predicate, const char *column)
{
    struct sql_token token;
    unsigned at = 0; /* 0: nothing; 1: the column; 2: its equals sign */
    bool fixed = false;
    while (predicate != NULL && sql_next_word(&predicate, &token)) {
        if (sql_is_word(&token, "or") || sql_is_word(&token, "any") || sql_is_word(&token, "not"))
            return false;
        if (at == 2 && (token.kind == SQL_STRING || token.kind == SQL_NUMBER ||
                        sql_is_word(&token, "true") || sql_is_word(&token, "false")))
            fixed = true;
        if (at == 1 && token.kind == SQL_CAST) {
            sql_next_word(&predicate, &token); /* its type */
            continue;
        }
        if (sql_is_sign(&token, '(') || sql_is_sign(&token, ')'))
            continue;
        bool equals = token.kind == SQL_OPERATOR && token.length == 1 && *token.text == '=';
        at = sql_is_name(&token, column) ? 1 : at == 1 && equals ? 2 : 0;
    }
    return fixed;
}

static void
visit_fixed(struct check_run *run, const struct table *table, const struct index *index)
{
    (void)table;
    for (size_t i = 0; i < index->keys.count && index->predicate != NULL; i++) {
        const char *name = index->keys.items[i].column;
        if (name == NULL || index->unique == YES || !is_fixed(index->predicate, name))
            continue;
        struct finding *finding = check_report(run, index,
                                               "Index %s sorts by %s, which is always the same",
                                               check_path(run, index), check_code(run, name));
        check_detail(run, finding,
                     "The predicate gives the key one value, so it neither finds nor orders "
                     "anything.");
        check_advice(run, finding,
                     "Index what the query looks up or sorts by, with the same predicate.");
        check_evidence(run, finding, "Index", index->definition);
        return;
    }
}

void
check_index_key_fixed_by_predicate(struct check_run *run)
{
    check_each_index(run, visit_fixed);
}

/* ---- index-am-mismatch ---- */

static bool
is_container(const struct column *column)
{
    const char *type = column_base_type(column);
    return g_str_has_suffix(type, "[]") || g_str_equal(type, "jsonb") ||
           g_str_equal(type, "tsvector");
}

static void
visit_container(struct check_run *run, const struct table *table, const struct index *index)
{
    const struct column *column = index_first_column(table, index);
    if (!text_equal(index->method, "btree") || index->unique == YES || column == NULL ||
        !is_container(column))
        return;
    struct finding *finding = check_report(run, index,
                                           "Index %s finds whole values only, not what is in them",
                                           check_path(run, index));
    check_detail(run, finding,
                 "A btree answers `=` and `<`; `@>`, `&&`, `?` and `@@` on %s read the whole "
                 "table.",
                 check_path(run, column));
    check_advice(run, finding, "Use GIN.");
    check_column(run, finding, column);
    check_evidence(run, finding, "Index", index->definition);
    if (index->keys.count == 1 && index->predicate == NULL && table->kind == TABLE_ORDINARY) {
        g_autofree char *create = sql_text("CREATE INDEX CONCURRENTLY ON %O USING gin (%I)",
                                           &table->object, column->name);
        g_autofree char *drop = sql_text("DROP INDEX CONCURRENTLY %O", &index->object);
        fix_each_alone(run, finding, (const char *const[]){create, drop, NULL}, NULL);
    }
}

void
check_index_am_mismatch(struct check_run *run)
{
    check_each_index(run, visit_container);
}

/* ---- index-wider-than-unique ---- */

static bool
is_whole_unique(const struct index *index)
{
    bool whole = index->unique == YES && index->predicate == NULL && index->valid == YES &&
                 index->ready == YES && text_equal(index->method, "btree");
    for (size_t i = 0; whole && i < index->keys.count; i++)
        whole = index->keys.items[i].column != NULL;
    return whole && index->keys.count > 0;
}

/* Whether the first keys of the wide one are those of the unique one, in any order. */
static bool
begins_with_keys(const struct index *wide, const struct index *unique)
{
    if (wide->keys.count <= unique->keys.count)
        return false;
    for (size_t i = 0; i < unique->keys.count; i++) {
        bool found = false;
        for (size_t j = 0; !found && j < unique->keys.count; j++)
            found = text_equal(unique->keys.items[i].column, wide->keys.items[j].column);
        if (!found)
            return false;
    }
    return true;
}

static void
visit_wide(struct check_run *run, const struct table *table, const struct index *index)
{
    if (index->unique == YES || index->predicate != NULL || !text_equal(index->method, "btree") ||
        g_hash_table_contains(run->bound_indexes, index))
        return;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *unique = &table->indexes.items[i];
        if (!is_whole_unique(unique) || !begins_with_keys(index, unique))
            continue;
        struct finding *finding = check_report(run, index, "Index %s goes on behind a unique key",
                                               check_path(run, index));
        check_detail(run, finding,
                     "The keys of %s already lead to one row at most, so what stands behind them "
                     "orders nothing.",
                     check_path(run, unique));
        check_advice(run, finding,
                     "Drop it, unless queries read all they need from the index alone.");
        check_evidence(run, finding, "Index", index->definition);
        check_evidence(run, finding, "Unique index", unique->definition);
        fix_drop_index(run, finding, index);
        return;
    }
}

void
check_index_wider_than_unique(struct check_run *run)
{
    check_each_index(run, visit_wide);
}

/* ---- index-every-column ---- */

static bool
is_single(const struct index *index)
{
    return index->keys.count == 1 && index->keys.items[0].column != NULL &&
           index->predicate == NULL && text_equal(index->method, "btree");
}

static void
visit_every(struct check_run *run, const struct table *table)
{
    g_autoptr(GHashTable) columns = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < table->indexes.count; i++)
        if (is_single(&table->indexes.items[i]))
            g_hash_table_add(columns,
                             (gpointer)(guintptr)table->indexes.items[i].keys.items[0].column);
    guint count = g_hash_table_size(columns);
    if (count < EVERY_COLUMN_LEAST || count + 1 < table->columns.count)
        return;
    struct finding *finding = check_report(
        run, table, "%s of the %s of %s have an index of their own", check_number(run, count),
        check_count(run, (int64_t)table->columns.count, "column"), check_path(run, table));
    check_detail(run, finding,
                 "Every insert writes all of them, while a query uses one or two; an index on what "
                 "queries ask for together would do more.");
    check_advice(run, finding,
                 "Keep those that a constraint, a foreign key or a query needs, and write down "
                 "which.");
    for (size_t i = 0; i < table->indexes.count; i++)
        if (is_single(&table->indexes.items[i]))
            check_evidence(run, finding, "Index", table->indexes.items[i].definition);
}

void
check_index_every_column(struct check_run *run)
{
    check_each_table(run, visit_every);
}

/* ---- index-heavy ---- */

static void
visit_heavy(struct check_run *run, const struct table *table)
{
    const struct table_observation *seen = model_observed_table(run->model, table);
    int64_t bytes = 0;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index_observation *index = model_observed_index(run->model,
                                                                     &table->indexes.items[i]);
        bytes += index != NULL && index->bytes > 0 ? index->bytes : 0;
    }
    bool heavy = seen != NULL && table->kind == TABLE_ORDINARY && seen->bytes > 0 &&
                 bytes > HEAVY_BYTES && bytes > seen->bytes + seen->bytes / 2;
    if (!heavy && table->indexes.count <= MANY_INDEXES)
        return;
    struct finding *finding = NULL;
    if (heavy) {
        finding = check_report(run, table, "The indexes of %s are %s %% of its size",
                               check_path(run, table),
                               check_number(run, bytes * 100 / seen->bytes));
        finding->strength = STRENGTH_OBSERVED;
        check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    } else {
        finding = check_report(run, table, "%s has %s indexes", check_path(run, table),
                               check_number(run, (int64_t)table->indexes.count));
    }
    check_detail(run, finding, "Every insert pays for them, and they compete for memory.");
    check_advice(run, finding,
                 "Look at those without a written reason first, on the page of indexes.");
}

void
check_index_heavy(struct check_run *run)
{
    check_each_table(run, visit_heavy);
}

/* ---- uuid-random-default ---- */

static bool
is_indexed(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (table->indexes.items[i].keys.count > 0 &&
            text_equal(table->indexes.items[i].keys.items[0].column, column))
            return true;
    return false;
}

/* Under the profile strict any table counts; else those that were seen to be large. */
static bool
is_large(const struct check_run *run, const struct table *table)
{
    const struct table_observation *seen = model_observed_table(run->model, table);
    return run->profile == PROFILE_STRICT ||
           (seen != NULL && table->kind == TABLE_ORDINARY && seen->row_estimate >= LARGE_ROWS);
}

static void
visit_random(struct check_run *run, const struct table *table)
{
    if (!is_large(run, table))
        return;
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        bool random = column->default_value != NULL &&
                      (strstr(column->default_value, "gen_random_uuid()") != NULL ||
                       strstr(column->default_value, "uuid_generate_v4()") != NULL);
        if (!random || !is_indexed(table, column->name))
            continue;
        struct finding *finding = check_report(run, column, "%s is filled at random",
                                               check_path(run, column));
        check_detail(run, finding,
                     "New rows land all over its index, so each insert reads and writes another "
                     "page, and the log of changes grows.");
        check_advice(run, finding,
                     "In a table that grows large, use UUIDs of version 7, which begin with the "
                     "time: `uuidv7()` from PostgreSQL 18 on.");
        check_column(run, finding, column);
        check_evidence(run, finding, "Default", column->default_value);
    }
}

void
check_uuid_random_default(struct check_run *run)
{
    check_each_table(run, visit_random);
}

/* ---- timestamp-in-middle ---- */

/* A moment that every row has: one that may be NULL is asked for by IS NULL, as one value. Days are
 * asked for one by one, too; only the profile strict counts them. */
static bool
is_asked_by_range(const struct check_run *run, const struct column *column)
{
    if (column == NULL || !column_is_required(column))
        return false;
    const char *type = column_base_type(column);
    return (g_str_has_prefix(type, "timestamp") && !g_str_has_suffix(type, "[]")) ||
           (run->profile == PROFILE_STRICT && g_str_equal(type, "date"));
}

/* The place of the first such key that is not the last one; the number of keys when there is none.
 */
static size_t
moment_before_others(const struct check_run *run, const struct table *table,
                     const struct index *index)
{
    for (size_t i = 0; i + 1 < index->keys.count; i++) {
        const char *name = index->keys.items[i].column;
        if (name != NULL && is_asked_by_range(run, table_column(table, name)))
            return i;
    }
    return index->keys.count;
}

/* Whether the keys behind it hold a unique key: pages of a list end between two rows of one moment.
 */
static bool
breaks_ties(const struct table *table, const struct index *index, size_t moment)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *unique = &table->indexes.items[i];
        size_t found = 0;
        for (size_t j = 0; is_whole_unique(unique) && j < unique->keys.count; j++)
            for (size_t k = moment + 1; k < index->keys.count; k++)
                found += text_equal(index->keys.items[k].column, unique->keys.items[j].column);
        if (is_whole_unique(unique) && found == unique->keys.count)
            return true;
    }
    return false;
}

/* The keys with the moment behind the others, where all of them are plain columns. */
static void
propose_order(struct check_run *run, struct finding *finding, const struct table *table,
              const struct index *index, size_t moment)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < index->keys.count; i++) {
        const struct key *key = &index->keys.items[i];
        if (key->column == NULL || key->default_operator_class != YES ||
            key->default_collation == NO || key->descending == YES || key->nulls_first == YES)
            return;
        if (i != moment)
            g_ptr_array_add(names, (gpointer)(guintptr)key->column);
    }
    if (table->kind != TABLE_ORDINARY || index->predicate != NULL || index->included.count > 0)
        return;
    g_ptr_array_add(names, (gpointer)(guintptr)index->keys.items[moment].column);
    const struct names columns = {names->len, (const char **)names->pdata};
    g_autofree char *create = sql_text("CREATE INDEX CONCURRENTLY ON %O (%N)", &table->object,
                                       &columns);
    g_autofree char *drop = sql_text("DROP INDEX CONCURRENTLY %O", &index->object);
    fix_each_alone(run, finding, (const char *const[]){create, drop, NULL}, NULL);
}

static void
visit_moment(struct check_run *run, const struct table *table, const struct index *index)
{
    if (!text_equal(index->method, "btree") || index->unique == YES)
        return;
    size_t moment = moment_before_others(run, table, index);
    if (moment == index->keys.count || breaks_ties(table, index, moment))
        return;
    const char *name = index->keys.items[moment].column;
    struct finding *finding = check_report(run, index, "Index %s has %s in front of another key",
                                           check_path(run, index), check_code(run, name));
    finding->strength = STRENGTH_HINT;
    check_detail(run, finding,
                 "A moment is asked for from … to …: behind it, each key is looked at in all "
                 "entries of that time, and orders nothing.");
    check_advice(run, finding,
                 "First what is compared with `=`, then what is sorted by, the range last. Keep it "
                 "where queries name the very moment, or sort by it and then by what follows.");
    check_evidence(run, finding, "Index", index->definition);
    propose_order(run, finding, table, index, moment);
}

void
check_timestamp_in_middle(struct check_run *run)
{
    check_each_index(run, visit_moment);
}
