/* missing_indexes.c - indexes that are not there and would make queries much cheaper: made, asked
 * for plans, and rolled back by the planner. Without statistics nothing is proposed. */
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/query_names.h"
#include "config/language.h"
#include "model/plans.h"

#include <math.h>
#include <string.h>

#define MUCH_DEARER 10.0

static double
factor_of(const struct query_plan *plan)
{
    return plan->root->total_cost / plan->missing->cost;
}

static const char *
times_words(struct check_run *run, double factor)
{
    g_autofree char *times = language_times(model_language(run->model), factor);
    return arena_text(run->arena, times, -1);
}

static bool
is_same_index(const struct missing_index *missing, const struct missing_index *other)
{
    return g_str_equal(missing->table, other->table) &&
           names_equal(&missing->columns, &other->columns);
}

/* Queries that the same index helps, the one that gains most first. */
static GPtrArray *
find_helped(const struct query_plans *plans, const struct missing_index *missing)
{
    GPtrArray *helped = g_ptr_array_new();
    for (size_t i = 0; i < plans->count; i++) {
        const struct query_plan *plan = &plans->items[i];
        if (plan->missing == NULL || !is_same_index(plan->missing, missing))
            continue;
        guint place = 0;
        while (place < helped->len && factor_of(helped->pdata[place]) >= factor_of(plan))
            place++;
        g_ptr_array_insert(helped, (gint)place, (gpointer)(guintptr)plan);
    }
    return helped;
}

static void
add_queries(struct check_run *run, struct finding *finding, const GPtrArray *helped)
{
    for (guint i = 0; i < helped->len; i++) {
        const struct query_plan *plan = helped->pdata[i];
        const struct query *query = plan->query;
        const char *times = times_words(run, factor_of(plan));
        const char *text = query->file == NULL ? query->text
                                               : arena_printf(run->arena, "%s (%s:%u)", query->name,
                                                              query->file, query->line);
        check_evidence(run, finding, i == 0 ? "Query" : "Likewise",
                       arena_printf(run->arena, "%s: %s as much without it", text, times));
    }
}

static void
add_plans(struct check_run *run, struct finding *finding, const struct query_plan *plan)
{
    g_autofree char *now = plan_text(plan->root, plan->basis);
    g_autofree char *then = plan_text(plan->missing->root, plan->basis);
    check_evidence(run, finding, "Plan now", now);
    check_evidence(run, finding, "Plan with it", then);
}

/* In megabytes, of which one figure is enough: it is an estimate. */
static void
add_cost(struct check_run *run, struct finding *finding, const struct missing_index *missing)
{
    g_autoptr(GString) columns = g_string_new(NULL);
    double megabytes = ceil(missing->bytes / (1024.0 * 1024.0));
    for (size_t i = 0; i < missing->columns.count; i++)
        g_string_append_printf(columns, "%s%s", i > 0 ? " or " : "", missing->columns.items[i]);
    check_evidence(run, finding, "Size",
                   arena_printf(run->arena,
                                "about %s MB, estimated from rows and widths of columns",
                                check_number(run, (int64_t)megabytes)));
    check_evidence(run, finding, "What it costs",
                   arena_printf(run->arena,
                                "each INSERT writes an entry more, and so does each UPDATE that "
                                "changes %s",
                                columns->str));
}

/* A plain index whose keys the new one begins with. */
static bool
repeats_start(const struct index *index, const struct names *columns)
{
    bool plain = index->unique != YES && index->predicate == NULL && index->included.count == 0 &&
                 g_strcmp0(index->method, "btree") == 0 && index->keys.count <= columns->count;
    for (size_t i = 0; plain && i < index->keys.count; i++)
        plain = g_strcmp0(index->keys.items[i].column, columns->items[i]) == 0;
    return plain;
}

static void
add_relatives(struct check_run *run, struct finding *finding, const struct table *table,
              const struct names *columns)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (repeats_start(&table->indexes.items[i], columns))
            check_evidence(run, finding, "Then needless", table->indexes.items[i].definition);
}

static void
report(struct check_run *run, const struct missing_index *missing, const struct table *table)
{
    g_autoptr(GPtrArray) helped = find_helped(run->model->plans, missing);
    const struct query_plan *first = helped->pdata[0];
    const char *others = helped->len == 1
                             ? ""
                             : arena_printf(run->arena, "; it helps %s, too",
                                            check_count(run, helped->len - 1, "other"));
    struct finding *finding = check_report(
        run, table, "%s costs %s as much as with an index on %s%s",
        check_query_name(run, first->query, table), times_words(run, factor_of(first)),
        check_columns(run, table, &missing->columns), others);
    finding->query = first->query;
    finding->strength = STRENGTH_OBSERVED;
    finding->severity = factor_of(first) >= MUCH_DEARER ? SEVERITY_WARNING : SEVERITY_NOTE;
    const char *server = run->model->plans->server;
    check_detail(run, finding,
                 "PostgreSQL %.*s made the index in a throw-away database with the statistics that "
                 "dbdoc.yml names, planned with it, and took it back: no query was run.",
                 (int)strcspn(server, "."), server);
    check_advice(run, finding,
                 "Make it concurrently, unless the query is rare or the table is written more than "
                 "it is read.");
    add_queries(run, finding, helped);
    add_plans(run, finding, first);
    add_cost(run, finding, missing);
    add_relatives(run, finding, table, &missing->columns);
    fix_create_index(run, finding, table, &missing->columns);
}

static bool
is_first(const struct query_plans *plans, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (plans->items[i].missing != NULL &&
            is_same_index(plans->items[i].missing, plans->items[place].missing))
            return false;
    return true;
}

void
check_index_missing(struct check_run *run)
{
    const struct query_plans *plans = run->model->plans;
    for (size_t i = 0; plans != NULL && i < plans->count; i++) {
        const struct missing_index *missing = plans->items[i].missing;
        const struct table *table =
            missing == NULL ? NULL : database_find(run->model->database, "table", missing->table);
        if (table != NULL && !check_skips_table(run, table) && is_first(plans, i))
            report(run, missing, table);
    }
}
