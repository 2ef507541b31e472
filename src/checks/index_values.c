/* index_values.c - indexes against what their column holds, as ANALYZE saw it: how much of it is
 * NULL, how many values there are, and whether they lie on disk in order. Figures only. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "model/plans.h"
#include "model/size.h"

#define MOSTLY_NULL       500 /* per thousand */
#define NULL_LEAST_BYTES  ((int64_t)1024 * 1024)
#define FEW_VALUES        10
#define FEW_LEAST_ROWS    10000
#define IN_ORDER          950 /* per thousand, either way */
#define BRIN_LEAST_BYTES  ((int64_t)100000 * 8192)
#define BRIN_UPDATES_MOST 100 /* one of so many rows, at most */

/* What was seen of the column of a btree that has one key and holds every row; NULL: it is no such
 * index, or nothing was. What uniqueness stands on is left alone: it has another purpose. */
static const struct column_observation *
seen_of(const struct check_run *run, const struct table *table, const struct index *index)
{
    const struct column *column = index_first_column(table, index);
    if (column == NULL || index->keys.count != 1 || index->predicate != NULL ||
        index->unique == YES || !text_equal(index->method, "btree"))
        return NULL;
    return model_observed_column(run->model, column);
}

static void
show_index(struct check_run *run, struct finding *finding, const struct index *index)
{
    finding->strength = STRENGTH_OBSERVED;
    check_evidence(run, finding, "Index", index->definition);
    int64_t bytes = model_index_size(run->model, index);
    if (bytes >= 0)
        check_evidence(run, finding, "Bytes", check_number(run, bytes));
    int64_t scans = model_index_scans(run->model, index);
    if (scans >= 0)
        check_evidence(run, finding, "Scans", check_number(run, scans));
    check_evidence(run, finding, "Counters since", run->model->observations->counters_since);
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
}

static const char *
share(struct check_run *run, int64_t per_thousand)
{
    return arena_printf(run->arena, "%d %%", (int)(per_thousand / 10));
}

/* Whether rows lie on disk in the order of the column, or against it. */
static bool
is_in_order(const struct column_observation *seen)
{
    return seen->correlation_per_thousand != NUMBER_UNKNOWN &&
           ABS(seen->correlation_per_thousand) >= IN_ORDER;
}

/* Whether the plan of a query takes it, with the statistics of the real rows. */
static bool
is_chosen(const struct check_run *run, const struct index *index)
{
    const struct planned_uses *uses = model_index_uses(run->model, index);
    for (size_t i = 0; i < uses->count; i++)
        if (uses->items[i]->use->chosen)
            return true;
    return false;
}

static bool
gives_order(const struct check_run *run, const struct index *index)
{
    const struct planned_uses *uses = model_index_uses(run->model, index);
    for (size_t i = 0; i < uses->count; i++)
        if ((uses->items[i]->use->roles & (USE_ORDER | USE_BEGIN_ORDER | USE_LIMIT)) != 0)
            return true;
    return false;
}

/* ---- index-mostly-null ---- */

static void
visit_nulls(struct check_run *run, const struct table *table, const struct index *index)
{
    const struct column_observation *seen = seen_of(run, table, index);
    if (seen == NULL || seen->nulls_per_thousand < MOSTLY_NULL ||
        model_index_size(run->model, index) < NULL_LEAST_BYTES)
        return;
    const struct column *column = index_first_column(table, index);
    const char *nulls = share(run, seen->nulls_per_thousand);
    struct finding *finding = check_report(run, index, "%s of index %s are NULL", nulls,
                                           check_path(run, index));
    check_detail(run, finding,
                 "The index holds an entry for each row in which %s is NULL, which only IS NULL "
                 "asks for, and so many rows are faster to read without it.",
                 check_path(run, column));
    check_advice(run, finding,
                 "Leave those rows out by a predicate, unless queries look for NULL together with "
                 "little else. A foreign key finds its rows as before.");
    check_evidence(run, finding, "NULL", nulls);
    show_index(run, finding, index);
    fix_index_without_nulls(run, finding, index);
}

void
check_index_mostly_null(struct check_run *run)
{
    check_each_index(run, visit_nulls);
}

/* ---- index-low-selectivity ---- */

/* A condition on one of few values leaves many rows, wherever they lie. Rules of their own speak of
 * booleans and of what is mostly NULL. */
static bool
tells_little_apart(const struct check_run *run, const struct table *table,
                   const struct index *index)
{
    const struct column_observation *seen = seen_of(run, table, index);
    if (seen == NULL || seen->distinct_values < 1 || seen->distinct_values > FEW_VALUES ||
        seen->nulls_per_thousand < 0 || seen->nulls_per_thousand >= MOSTLY_NULL)
        return false;
    return !is_in_order(seen) && index->included.count == 0 &&
           !text_equal(column_base_type(index_first_column(table, index)), "boolean") &&
           (index_roles(run->model, index) & INDEX_FOREIGN_KEY_SUPPORT) == 0 &&
           model_table_size(run->model, table).rows >= FEW_LEAST_ROWS && !is_chosen(run, index);
}

static void
visit_few_values(struct check_run *run, const struct table *table, const struct index *index)
{
    if (!tells_little_apart(run, table, index))
        return;
    const struct column_observation *seen = seen_of(run, table, index);
    int64_t rows = model_table_size(run->model, table).rows;
    struct finding *finding = check_report(
        run, index, "Index %s tells %s apart in an estimate of %s rows", check_path(run, index),
        check_count(run, seen->distinct_values, "value"), check_number(run, rows));
    check_detail(run, finding,
                 "A value that many rows have is faster to look for without an index; only for a "
                 "rare one it helps, and every insert writes it.");
    check_advice(run, finding,
                 "If queries look for a rare value, make it partial: for that value, on what they "
                 "sort by. If they ask for more than it, index both, the other one first.");
    check_evidence(run, finding, "Distinct values", check_number(run, seen->distinct_values));
    check_evidence(run, finding, "NULL", share(run, seen->nulls_per_thousand));
    show_index(run, finding, index);
}

void
check_index_low_selectivity(struct check_run *run)
{
    check_each_index(run, visit_few_values);
}

/* ---- brin-candidate ---- */

/* Numbers are looked up one by one; moments and days by ranges. */
static bool
is_moment(const struct column *column)
{
    const char *type = column_base_type(column);
    return (g_str_has_prefix(type, "timestamp") || g_str_equal(type, "date")) &&
           !g_str_has_suffix(type, "[]");
}

/* Rows are written at the end and stay where they are. */
static bool
is_only_appended(const struct table_observation *seen)
{
    return seen != NULL && seen->inserted > 0 && seen->updated >= 0 && seen->deleted >= 0 &&
           (seen->updated + seen->deleted) * BRIN_UPDATES_MOST <= seen->inserted;
}

static void
visit_ordered(struct check_run *run, const struct table *table, const struct index *index)
{
    const struct column_observation *seen = seen_of(run, table, index);
    const struct table_observation *whole = model_observed_table(run->model, table);
    if (seen == NULL || !is_in_order(seen) || !is_moment(index_first_column(table, index)) ||
        !is_only_appended(whole) || whole->bytes < BRIN_LEAST_BYTES || gives_order(run, index))
        return;
    struct finding *finding = check_report(run, index, "Index %s orders what lies in order",
                                           check_path(run, index));
    check_detail(run, finding,
                 "Rows are written in the order of %s and stay there. A BRIN index, which notes "
                 "for each stretch of the table what it holds, finds a range in a thousandth of "
                 "the size.",
                 check_path(run, index_first_column(table, index)));
    check_advice(run, finding,
                 "Replace it if queries ask for ranges of time and none sorts by it: a BRIN index "
                 "gives no order.");
    check_evidence(run, finding, "Correlation", share(run, ABS(seen->correlation_per_thousand)));
    check_evidence(run, finding, "Bytes of the table", check_number(run, whole->bytes));
    check_evidence(run, finding, "Rows inserted, updated, deleted",
                   arena_printf(run->arena, "%s, %s, %s", check_number(run, whole->inserted),
                                check_number(run, whole->updated),
                                check_number(run, whole->deleted)));
    show_index(run, finding, index);
    finding->strength = STRENGTH_HINT;
    fix_index_as_brin(run, finding, index);
}

void
check_brin_candidate(struct check_run *run)
{
    check_each_index(run, visit_ordered);
}
