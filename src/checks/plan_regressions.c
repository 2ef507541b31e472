/* plan_regressions.c - what a change does to queries: the plan of each before it, beside the plan
 * after it. Without statistics, nothing is said of costs: what indexes could do and cannot any more
 * is shown by plans all the same. */
#include "checks/families.h"
#include "checks/query_names.h"
#include "config/language.h"
#include "model/plans.h"
#include "model/size.h"

#include <string.h>

/* A query on both sides of the change. */
struct passage {
    struct check_run *run;
    const struct query *query;
    const struct query_plan *before;
    const struct query_plan *after;
};

static void
add_query(const struct passage *passage, struct finding *finding)
{
    struct check_run *run = passage->run;
    const struct query *query = passage->query;
    finding->query = query;
    if (query->file != NULL)
        check_evidence(run, finding, "File",
                       arena_printf(run->arena, "%s:%u", query->file, query->line));
    check_evidence(run, finding, "Query", query->text);
}

static void
add_plan(const struct passage *passage, struct finding *finding, const char *label,
         const struct query_plan *plan)
{
    const struct plan_node *root = plan->basis == PLANS_BY_ABILITY ? plan->able : plan->root;
    g_autofree char *text = plan_text(root != NULL ? root : plan->root, plan->basis);
    check_evidence(passage->run, finding, label, text);
}

static void
add_plans(const struct passage *passage, struct finding *finding)
{
    add_plan(passage, finding, "Plan before", passage->before);
    add_plan(passage, finding, "Plan now", passage->after);
}

static void
each_passage(struct check_run *run, void (*visit)(const struct passage *passage))
{
    const struct query_plans *plans = run->model->plans;
    for (size_t i = 0; plans != NULL && i < plans->count; i++) {
        const struct query *query = plans->items[i].query;
        const struct query_plan *before = model_base_plan(run->model, query);
        const struct passage passage = {run, query, before, &plans->items[i]};
        if (before != NULL && before->problem == NULL && before->root != NULL)
            visit(&passage);
    }
}

/* Without the figures of the release, which change nothing here. */
static const char *
server_words(const struct check_run *run)
{
    const char *server = run->model->plans->server;
    return arena_printf(run->arena, "PostgreSQL %.*s", (int)strcspn(server, "."), server);
}

/* ---- it cannot run any more ---- */

static bool
breaks(const struct query_plan *before, const struct query_plan *after)
{
    return before != NULL && before->problem == NULL && after->problem != NULL;
}

/* Others that break for the same reason: one cause, and one finding. */
static GPtrArray *
find_alike(const struct check_run *run, const struct query_plan *first)
{
    const struct query_plans *plans = run->model->plans;
    GPtrArray *alike = g_ptr_array_new();
    for (const struct query_plan *plan = first + 1; plan < plans->items + plans->count; plan++)
        if (breaks(model_base_plan(run->model, plan->query), plan) &&
            g_str_equal(plan->problem, first->problem))
            g_ptr_array_add(alike, (gpointer)(guintptr)plan->query);
    return alike;
}

static void
add_alike(struct check_run *run, struct finding *finding, const GPtrArray *alike)
{
    for (guint i = 0; i < alike->len; i++) {
        const struct query *query = alike->pdata[i];
        check_evidence(run, finding, "Likewise",
                       query->file == NULL ? query->text
                                           : arena_printf(run->arena, "%s (%s:%u)", query->name,
                                                          query->file, query->line));
    }
}

static bool
is_first(const struct check_run *run, const struct query_plan *plan)
{
    const struct query_plan *items = run->model->plans->items;
    for (const struct query_plan *other = items; other < plan; other++)
        if (breaks(model_base_plan(run->model, other->query), other) &&
            g_str_equal(other->problem, plan->problem))
            return false;
    return true;
}

/* A file of queries goes with the code; what a log shows was asked by a release that may be gone.
 */
static void
report_break(const struct passage *passage)
{
    struct check_run *run = passage->run;
    const struct query *query = passage->query;
    const struct query_plan *after = passage->after;
    if (!breaks(passage->before, after) || !is_first(run, after))
        return;
    const struct table *table = check_query_table(run, query);
    const char *name = check_query_name(run, query, table);
    g_autoptr(GPtrArray) alike = find_alike(run, after);
    struct finding *finding =
        alike->len == 0
            ? check_report(run, table, "%s cannot run any more: %s", name, after->problem)
            : check_report(run, table, "%s cannot run any more, and neither can %s: %s", name,
                           check_count(run, alike->len, "other"), after->problem);
    add_query(passage, finding);
    add_alike(run, finding, alike);
    finding->file = query->file;
    finding->line = query->line;
    if (query->file == NULL)
        finding->severity = SEVERITY_WARNING;
    check_detail(run, finding, "%s could plan it before the change, and refuses it after.",
                 server_words(run));
    check_advice(run, finding,
                 "Change the query with it; and keep what it names for as long as code that asks "
                 "it runs.");
}

/* ---- it costs more ---- */

static struct finding *
report_worse(const struct passage *passage, const struct table *table, const char *title)
{
    struct finding *finding = check_report(passage->run, table, "%s", title);
    add_query(passage, finding);
    add_plans(passage, finding);
    return finding;
}

static const struct plan_node *
find_scan(const struct plan_node *root, const struct plan_node *alike)
{
    if (root->relation != NULL && g_strcmp0(root->alias, alike->alias) == 0 &&
        g_strcmp0(root->relation, alike->relation) == 0)
        return root;
    for (size_t i = 0; i < root->count; i++) {
        const struct plan_node *found = find_scan(&root->children[i], alike);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* The first table that is read in full now, and was not before; NULL for none. */
static const struct plan_node *
find_new_scan(const struct plan_node *before, const struct plan_node *after)
{
    if (g_str_equal(after->type, "Seq Scan")) {
        const struct plan_node *then = find_scan(before, after);
        if (then != NULL && !g_str_equal(then->type, "Seq Scan"))
            return after;
    }
    for (size_t i = 0; i < after->count; i++) {
        const struct plan_node *found = find_new_scan(before, &after->children[i]);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
compare_costs(const struct passage *passage)
{
    struct check_run *run = passage->run;
    const struct plan_node *before = passage->before->root;
    const struct plan_node *after = passage->after->root;
    const struct table *table = check_query_table(run, passage->query);
    const char *name = check_query_name(run, passage->query, table);
    const struct plan_node *scan = find_new_scan(before, after);
    double factor = before->total_cost > 0 ? after->total_cost / before->total_cost : 0;
    bool worse = factor >= WORSE_FROM && plan_differs(after, before);
    if (table == NULL || factor < DEARER_FROM || (!worse && scan == NULL))
        return;
    g_autofree char *times = language_times(model_language(run->model), factor);
    struct finding *finding = report_worse(
        passage, table,
        worse ? arena_printf(run->arena, "%s costs %s as much as before", name, times)
              : arena_printf(run->arena, "%s reads all of a table that an index served before",
                             name));
    finding->strength = STRENGTH_OBSERVED;
    if (!worse)
        finding->severity = SEVERITY_NOTE;
    check_detail(run, finding,
                 "%s plans it in another way, by the statistics that dbdoc.yml names; nothing was "
                 "run.%s%s%s",
                 server_words(run), scan != NULL ? " Now it reads all of " : "",
                 scan != NULL ? check_code(run, scan->relation) : "", scan != NULL ? "." : "");
    check_advice(run, finding,
                 "Keep the index that served it, or make one that does before that "
                 "one goes.");
}

/* ---- no index does it any more ---- */

/* What indexes of the table do for the query, together. */
static unsigned
roles_of(const struct query_plan *plan, const char *table)
{
    unsigned roles = 0;
    for (size_t i = 0; i < plan->use_count; i++)
        if (g_str_equal(plan->uses[i].table, table))
            roles |= plan->uses[i].roles;
    return roles;
}

static const struct index_use *
find_use(const struct query_plan *plan, const char *table, unsigned roles)
{
    for (size_t i = 0; i < plan->use_count; i++)
        if (g_str_equal(plan->uses[i].table, table) && (plan->uses[i].roles & roles) != 0)
            return &plan->uses[i];
    return NULL;
}

#define FINDS            ((unsigned)USE_FILTER | USE_JOIN)
#define ORDERS           ((unsigned)USE_ORDER | USE_BEGIN_ORDER)
#define ROWS_THAT_MATTER 1000

/* Of a small table, it does not matter. */
static bool
is_small(const struct check_run *run, const struct table *table)
{
    const struct table_size size = model_table_size(run->model, table);
    return size.rows != NUMBER_UNKNOWN && size.rows < ROWS_THAT_MATTER;
}

static void
report_loss(const struct passage *passage, const struct table *table, unsigned roles)
{
    struct check_run *run = passage->run;
    const struct index_use *then = find_use(passage->before, table->object.path, roles);
    const char *name = check_query_name(run, passage->query,
                                        check_query_table(run, passage->query));
    bool finds = (roles & FINDS) != 0;
    struct finding *finding = report_worse(
        passage, table,
        arena_printf(run->arena,
                     finds ? "%s has no index any more that finds its rows in %s"
                           : "%s has no index any more that gives its order, in %s",
                     name, check_path(run, table)));
    if (!finds || is_small(run, table))
        finding->severity = SEVERITY_NOTE;
    g_autofree char *does = planned_does(then);
    check_evidence(run, finding, "Index before",
                   then->condition == NULL ? arena_printf(run->arena, "%s: %s", then->index, does)
                                           : arena_printf(run->arena, "%s: %s, by %s", then->index,
                                                          does, then->condition));
    check_detail(run, finding,
                 "Plans of %s show it, without statistics: how much it matters depends on the "
                 "rows.",
                 server_words(run));
    check_advice(run, finding,
                 "Keep the index that served it, or make one that does before that "
                 "one goes.");
}

static void
compare_abilities(const struct passage *passage)
{
    static const unsigned kinds[] = {FINDS, ORDERS};
    const struct database *database = passage->run->model->database;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < passage->before->use_count; i++) {
        const char *path = passage->before->uses[i].table;
        const struct table *table = database_find(database, "table", path);
        if (table == NULL || !g_hash_table_add(seen, (gpointer)(guintptr)path))
            continue;
        unsigned lost = roles_of(passage->before, path) & ~roles_of(passage->after, path);
        bool finds_none = (roles_of(passage->after, path) & FINDS) == 0;
        for (size_t j = 0; j < G_N_ELEMENTS(kinds); j++) {
            if ((lost & kinds[j]) == 0 || (kinds[j] == FINDS && !finds_none))
                continue;
            report_loss(passage, table, lost & kinds[j]);
            break;
        }
    }
}

static void
compare(const struct passage *passage)
{
    if (passage->after->root == NULL)
        return;
    if (passage->before->basis == PLANS_BY_STATISTICS &&
        passage->after->basis == PLANS_BY_STATISTICS)
        compare_costs(passage);
    else
        compare_abilities(passage);
}

/* ---- rules ---- */

void
check_query_breaks(struct check_run *run)
{
    each_passage(run, report_break);
}

void
check_plan_regression(struct check_run *run)
{
    each_passage(run, compare);
}
