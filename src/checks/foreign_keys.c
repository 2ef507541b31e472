/* foreign_keys.c - whether an index finds the rows of a foreign key. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#define SMALL_TABLE 1000 /* rows; reading all of them costs nobody anything */

/* How near the table's indexes come to finding the rows; the nearest last. */
enum support {
    SUPPORT_NONE,
    SUPPORT_SOME_ROWS,    /* all columns, but a predicate leaves rows out */
    SUPPORT_SOME_COLUMNS, /* all rows, but only the first of several columns */
    SUPPORT_FULL,         /* of the table, or of each of its partitions */
};

struct best_index {
    enum support support;
    const struct index *index; /* NULL for SUPPORT_NONE and SUPPORT_FULL */
};

static enum support
support_of(const struct index *index, const struct constraint *foreign_key)
{
    struct index whole = *index;
    whole.predicate = NULL;
    if (index_supports(&whole, foreign_key))
        return SUPPORT_SOME_ROWS;
    bool usable = index->valid == YES && index->ready == YES && index->keys.count > 0 &&
                  (text_equal(index->method, "btree") || text_equal(index->method, "hash"));
    return usable && index->predicate == NULL &&
                   names_hold(&foreign_key->columns, index->keys.items[0].column)
               ? SUPPORT_SOME_COLUMNS
               : SUPPORT_NONE;
}

static struct best_index
best_index(const struct check_run *run, const struct table *table,
           const struct constraint *foreign_key)
{
    struct best_index best = {SUPPORT_NONE, NULL};
    if (foreign_key_has_index(run->model, foreign_key))
        return (struct best_index){SUPPORT_FULL, NULL};
    for (size_t i = 0; i < table->indexes.count; i++) {
        enum support support = support_of(&table->indexes.items[i], foreign_key);
        if (support > best.support)
            best = (struct best_index){support, &table->indexes.items[i]};
    }
    return best;
}

static int64_t
row_estimate(const struct check_run *run, const struct table *table)
{
    const struct table_observation *seen = model_observed_table(run->model, table);
    return seen != NULL && table->kind == TABLE_ORDINARY ? seen->row_estimate : NUMBER_UNKNOWN;
}

static void
tell_rows(struct check_run *run, struct finding *finding, const struct table *table,
          const struct constraint *foreign_key)
{
    int64_t rows = row_estimate(run, table);
    const char *parent = check_parent(run, foreign_key);
    const char *child = check_path(run, table);
    if (rows == NUMBER_UNKNOWN || rows < 0) {
        check_detail(run, finding, "Deleting a row of %s reads all of %s.", parent, child);
    } else if (rows < SMALL_TABLE) {
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding,
                     "Deleting a row of %s reads all of %s. Small today: an estimate of %s rows.",
                     parent, child, check_number(run, rows));
    } else {
        check_detail(run, finding, "Deleting a row of %s reads all of %s, an estimate of %s rows.",
                     parent, child, check_number(run, rows));
    }
}

static void
show(struct check_run *run, struct finding *finding, const struct constraint *foreign_key,
     const struct index *index)
{
    check_constraint(run, finding, "Foreign key", foreign_key);
    if (index != NULL)
        check_evidence(run, finding, "Nearest index", index->definition);
}

static void
report_none(struct check_run *run, const struct table *table, const struct constraint *foreign_key)
{
    struct finding *finding = check_report(run, foreign_key, "Foreign key %s has no index",
                                           check_columns(run, table, &foreign_key->columns));
    tell_rows(run, finding, table, foreign_key);
    const char *columns = check_columns(run, table, &foreign_key->columns);
    if (table->kind == TABLE_PARTITIONED)
        check_advice(run, finding,
                     "Create an index on %s: on each partition first, concurrently, then on the "
                     "table, which takes them over.",
                     columns);
    else
        check_advice(run, finding, "Create an index on %s, concurrently.", columns);
    show(run, finding, foreign_key, NULL);
    fix_create_index(run, finding, table, &foreign_key->columns);
}

static void
report_some_columns(struct check_run *run, const struct table *table,
                    const struct constraint *foreign_key, const struct index *index)
{
    struct finding *finding = check_report(run, foreign_key,
                                           "Foreign key %s is indexed only in part",
                                           check_columns(run, table, &foreign_key->columns));
    const struct names first = {1, (const char *[]){index->keys.items[0].column}};
    finding->severity = SEVERITY_NOTE;
    check_detail(run, finding,
                 "Deleting a row of %s reads every row of %s with the same %s, because %s does not "
                 "go on with the other columns of the key.",
                 check_parent(run, foreign_key), check_path(run, table),
                 check_columns(run, table, &first), check_path(run, index));
    check_advice(run, finding,
                 "Fine when few rows share that value; if many do, create an index that begins "
                 "with %s.",
                 check_columns(run, table, &foreign_key->columns));
    show(run, finding, foreign_key, index);
    fix_create_index(run, finding, table, &foreign_key->columns);
}

static void
report_some_rows(struct check_run *run, const struct table *table,
                 const struct constraint *foreign_key, const struct index *index)
{
    struct finding *finding = check_report(run, foreign_key,
                                           "Foreign key %s has only a partial index",
                                           check_columns(run, table, &foreign_key->columns));
    check_detail(run, finding, "%s leaves rows out, so deleting a row of %s still reads all of %s.",
                 check_path(run, index), check_parent(run, foreign_key), check_path(run, table));
    check_advice(run, finding,
                 "Create an index on all rows of %s, or accept this finding with a reason.",
                 check_columns(run, table, &foreign_key->columns));
    show(run, finding, foreign_key, index);
    check_evidence(run, finding, "Only rows where", index->predicate);
    fix_create_index(run, finding, table, &foreign_key->columns);
}

/* Whether an earlier key on the same columns speaks for this one: one index serves both. */
static bool
is_repeated(const struct table *table, size_t place)
{
    const struct constraint *key = &table->constraints.items[place];
    for (size_t i = 0; i < place; i++) {
        const struct constraint *earlier = &table->constraints.items[i];
        bool same = foreign_key_is_written(earlier) && earlier->columns.count == key->columns.count;
        for (size_t j = 0; same && j < key->columns.count; j++)
            same = names_hold(&earlier->columns, key->columns.items[j]);
        if (same)
            return true;
    }
    return false;
}

static void
visit_keys(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (!foreign_key_is_written(key) || is_repeated(table, i))
            continue;
        struct best_index best = best_index(run, table, key);
        if (best.support == SUPPORT_NONE)
            report_none(run, table, key);
        else if (best.support == SUPPORT_SOME_COLUMNS)
            report_some_columns(run, table, key, best.index);
    }
}

static void
visit_partly_covered_keys(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (!foreign_key_is_written(key) || is_repeated(table, i))
            continue;
        struct best_index best = best_index(run, table, key);
        if (best.support == SUPPORT_SOME_ROWS)
            report_some_rows(run, table, key, best.index);
    }
}

void
check_fk_without_index(struct check_run *run)
{
    check_each_table(run, visit_keys);
}

void
check_fk_partial_index(struct check_run *run)
{
    check_each_table(run, visit_partly_covered_keys);
}
