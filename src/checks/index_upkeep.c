/* index_upkeep.c - the state of indexes as one server had them: expressions without statistics, and
 * pages that are mostly empty. How full an index is, is an estimate from what ANALYZE saw. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "model/size.h"

#include <string.h>

#define KNOWN_LEAST_ROWS 1000

/* ---- expression-index-no-stats ---- */

/* Where one expression is unique, equality is known to leave one row. */
static bool
is_known_unique(const struct index *index)
{
    return index->unique == YES && index->keys.count == 1 && index->predicate == NULL;
}

/* Whether CREATE STATISTICS gathers what the planner needs of one of its expressions. */
static bool
has_extended_statistics(const struct table *table, const struct index *index)
{
    for (size_t i = 0; i < index->keys.count; i++)
        for (size_t j = 0; j < table->statistics.count; j++) {
            const char *expression = index->keys.items[i].expression;
            const char *definition = table->statistics.items[j].definition;
            if (expression != NULL && definition != NULL && strstr(definition, expression) != NULL)
                return true;
        }
    return false;
}

static void
visit_expressions(struct check_run *run, const struct table *table, const struct index *index)
{
    const struct index_observation *seen = model_observed_index(run->model, index);
    const struct table_observation *whole = model_observed_table(run->model, table);
    if (seen == NULL || seen->unanalyzed_expressions <= 0 || is_known_unique(index) ||
        has_extended_statistics(table, index) || whole == NULL ||
        whole->row_estimate < KNOWN_LEAST_ROWS)
        return;
    struct finding *finding = check_report(
        run, index, "The planner has no statistics of what %s indexes", check_path(run, index));
    finding->strength = STRENGTH_OBSERVED;
    check_detail(run, finding,
                 "It guesses how many rows a condition on the expression leaves, the same for each "
                 "table and value. ANALYZE takes statistics of an expression only when it runs "
                 "after the index was made.");
    check_advice(run, finding,
                 "Analyze the table now, and after each migration that indexes an expression.");
    check_evidence(run, finding, "Index", index->definition);
    check_evidence(run, finding, "Expressions without statistics",
                   check_number(run, seen->unanalyzed_expressions));
    check_evidence(run, finding, "Rows", check_number(run, whole->row_estimate));
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    g_autofree char *up = sql_text("ANALYZE %O", &table->object);
    fix_by_hand(run, finding, up);
}

void
check_expression_index_no_stats(struct check_run *run)
{
    check_each_index(run, visit_expressions);
}

/* ---- index-bloat ---- */

#define BLOAT_LEAST_BYTES ((int64_t)200 * 1024 * 1024)
#define PAGE_BYTES        8192
#define PAGE_ROOM         (PAGE_BYTES - 24 - 16) /* without its head and a btree's own end */
#define ENTRY_HEAD        (4 + 8)                /* where it is in the page, and of which row */
#define NULLS_HEAD        8
#define FILL_DEFAULT      90

/* Rather too wide than too narrow, for what is empty is not to be guessed too high: each value
 * begins at a multiple of eight, and equal keys, which a btree keeps together, count each. */
static int64_t
width_of(const struct check_run *run, const struct table *table, const struct index *index,
         const char *name)
{
    const struct column *column = name == NULL ? NULL : table_column(table, name);
    const struct column_observation *seen = column == NULL
                                                ? NULL
                                                : model_observed_column(run->model, column);
    if (seen == NULL || seen->average_width < 0 || seen->nulls_per_thousand < 0)
        return NUMBER_UNKNOWN;
    int64_t width = (seen->average_width + 7) / 8 * 8;
    if (index->predicate != NULL || seen->nulls_per_thousand == 0)
        return width; /* of which rows it leaves out, nothing is known */
    return NULLS_HEAD + width * (1000 - seen->nulls_per_thousand) / 1000;
}

static int64_t
entry_width(const struct check_run *run, const struct table *table, const struct index *index)
{
    int64_t width = ENTRY_HEAD;
    for (size_t i = 0; i < index->keys.count + index->included.count; i++) {
        bool is_key = i < index->keys.count;
        const char *name = is_key ? index->keys.items[i].column
                                  : index->included.items[i - index->keys.count];
        int64_t one = width_of(run, table, index, name);
        if (one == NUMBER_UNKNOWN)
            return NUMBER_UNKNOWN;
        width += one;
    }
    return width;
}

static int64_t
fill_factor(const struct index *index)
{
    static const char name[] = "fillfactor=";
    for (size_t i = 0; i < index->options.count; i++)
        if (g_str_has_prefix(index->options.items[i], name))
            return g_ascii_strtoll(index->options.items[i] + strlen(name), NULL, 10);
    return FILL_DEFAULT;
}

/* What it would take if it was built now; NUMBER_UNKNOWN where statistics do not say, or are so old
 * that the number of entries means nothing. */
static int64_t
expected_bytes(const struct check_run *run, const struct table *table, const struct index *index)
{
    const struct index_observation *seen = model_observed_index(run->model, index);
    const struct table_observation *whole = model_observed_table(run->model, table);
    if (seen == NULL || whole == NULL || seen->entries <= 0 || whole->row_estimate <= 0 ||
        whole->changed_since_analyze < 0 ||
        whole->changed_since_analyze > whole->row_estimate / 10 ||
        !text_equal(index->method, "btree"))
        return NUMBER_UNKNOWN;
    int64_t width = entry_width(run, table, index);
    int64_t fit = width == NUMBER_UNKNOWN ? 0 : PAGE_ROOM * fill_factor(index) / 100 / width;
    return fit > 0 ? (seen->entries / fit + 1) * PAGE_BYTES : NUMBER_UNKNOWN;
}

static void
visit_bloat(struct check_run *run, const struct table *table, const struct index *index)
{
    const struct index_observation *seen = model_observed_index(run->model, index);
    if (seen == NULL || seen->bytes < BLOAT_LEAST_BYTES)
        return;
    int64_t expected = expected_bytes(run, table, index);
    if (expected == NUMBER_UNKNOWN || expected > seen->bytes / 2)
        return;
    struct finding *finding = check_report(
        run, index, "About %d %% of index %s is empty, by an estimate",
        (int)((seen->bytes - expected) * 100 / seen->bytes), check_path(run, index));
    finding->strength = STRENGTH_OBSERVED;
    check_detail(run, finding,
                 "Pages of which rows went stay as large as they were, and are read and kept in "
                 "memory. Estimated from the number of entries and the width of their columns; "
                 "pgstattuple measures it.");
    check_advice(run, finding,
                 "See whether vacuum comes often enough, and build it again without a lock.");
    check_evidence(run, finding, "Index", index->definition);
    check_evidence(run, finding, "Bytes", check_number(run, seen->bytes));
    check_evidence(run, finding, "Estimate of a new one",
                   arena_printf(run->arena, "%s bytes for %s entries", check_number(run, expected),
                                check_number(run, seen->entries)));
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    g_autofree char *up = sql_text("REINDEX INDEX CONCURRENTLY %O", &index->object);
    fix_by_hand(run, finding, up);
}

void
check_index_bloat(struct check_run *run)
{
    check_each_index(run, visit_bloat);
}
