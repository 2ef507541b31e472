/* trials.c - which index to try says the plan: columns that a scan compares with =, then one that
 * it compares with < or >, or sorts by. Each index is made once, for all queries that may need it.
 * Its table's file is empty meanwhile: there are no rows to read, only their number to know. */
#include "planner/trials.h"

#include "base/interrupt.h"
#include "base/text.h"
#include "catalog/address.h"
#include "cluster/cluster.h"
#include "planner/asking.h"
#include "planner/conditions.h"

#include <string.h>

#define TRIALS_MOST  200 /* indexes; each takes some hundredths of a second */
#define PLANS_MOST   50  /* queries that are asked of an index */
#define COLUMNS_MOST 4   /* of an index */
#define COST_LEAST   100 /* of a query: cheaper ones need no index */
#define TRIED_NAME   "dbdoc_proposed_index"
#define NEAR         2.0 /* so many times as dear as with the best index: good enough */

struct trial {
    char *schema;
    char *relation;
    GPtrArray *columns; /* char * */
    GPtrArray *plans;   /* struct query_plan *: those that may need it */
    double merit;       /* for the queries that have no index yet */
};

/* A query that an index would make much cheaper. */
struct success {
    struct trial *trial;
    struct query_plan *plan;
    const struct plan_node *root;
    double bytes; /* of the index */
    double share; /* of its cost, that of the best one of the query; at most 1 */
};

struct trials {
    const struct plan_request *request;
    GArray *successes;  /* struct success */
    GPtrArray *all;     /* struct trial, as they come */
    GHashTable *by_key; /* text → struct trial */
    unsigned explained;
    unsigned tried;
};

/* A file of the table, which is empty while the index is made. */
struct trial_table {
    char *file;
    guint64 bytes;
    const char *tuples;
    const char *pages;
    const char *visible;
};

static void
free_trial(gpointer data)
{
    struct trial *trial = data;
    g_free(trial->schema);
    g_free(trial->relation);
    g_ptr_array_unref(trial->columns);
    g_ptr_array_unref(trial->plans);
    g_free(trial);
}

/* ---- what to try ---- */

struct scan {
    struct trials *trials;
    struct query_plan *plan;
    const struct plan_node *node;
};

static void
add_trial(const struct scan *scan, const GPtrArray *columns)
{
    g_autoptr(GString) key = g_string_new(NULL);
    g_string_printf(key, "%s\1%s", scan->node->schema, scan->node->relation);
    guint count = MIN(columns->len, COLUMNS_MOST);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(key, "\1%s", (const char *)columns->pdata[i]);
    struct trial *trial = g_hash_table_lookup(scan->trials->by_key, key->str);
    if (count == 0)
        return;
    if (trial == NULL) {
        trial = g_new0(struct trial, 1);
        trial->schema = g_strdup(scan->node->schema);
        trial->relation = g_strdup(scan->node->relation);
        trial->columns = g_ptr_array_new_with_free_func(g_free);
        trial->plans = g_ptr_array_new();
        for (guint i = 0; i < count; i++)
            g_ptr_array_add(trial->columns, g_strdup(columns->pdata[i]));
        g_ptr_array_add(scan->trials->all, trial);
        g_hash_table_insert(scan->trials->by_key, g_strdup(key->str), trial);
    }
    if (!g_ptr_array_find(trial->plans, scan->plan, NULL))
        g_ptr_array_add(trial->plans, scan->plan);
}

/* The columns, and one more behind them (NULL: none). */
static void
add_with(const struct scan *scan, const GPtrArray *columns, const char *more)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < MIN(columns->len, COLUMNS_MOST - 1); i++)
        if (more == NULL || !g_str_equal(columns->pdata[i], more))
            g_ptr_array_add(all, columns->pdata[i]);
    if (more != NULL)
        g_ptr_array_add(all, (gpointer)(guintptr)more);
    add_trial(scan, all);
}

static void
read_joins(const struct plan_node *root, const struct plan_node *scan,
           struct compared_columns *columns)
{
    if (root != scan)
        compared_columns_read(root->condition, scan->alias, columns);
    for (size_t i = 0; i < root->count; i++)
        read_joins(&root->children[i], scan, columns);
}

/* The column of the scan that a sort of the plan begins with; NULL for none. Free with g_free. */
static char *
find_order(const struct plan_node *root, const struct plan_node *scan)
{
    char *column = strstr(root->type, "Sort") != NULL ? sorted_column(root->ordered_by, scan->alias)
                                                      : NULL;
    for (size_t i = 0; column == NULL && i < root->count; i++)
        column = find_order(&root->children[i], scan);
    return column;
}

static bool
has_limit(const struct plan_node *root)
{
    bool found = g_str_equal(root->type, "Limit");
    for (size_t i = 0; !found && i < root->count; i++)
        found = has_limit(&root->children[i]);
    return found;
}

static void
take_scan(const struct scan *scan)
{
    const struct plan_node *root = scan->plan->root;
    struct compared_columns own;
    struct compared_columns joined;
    g_autofree char *order = find_order(root, scan->node);
    const struct query *query = scan->plan->query;
    if (order == NULL && query->references.relation_count == 1 && query->traits.order_count > 0)
        order = g_strdup(query->traits.order[0].column); /* an index gives it, or a part of it */
    compared_columns_begin(&own);
    compared_columns_begin(&joined);
    compared_columns_read(scan->node->condition, scan->node->alias, &own);
    compared_columns_read(scan->node->filter, scan->node->alias, &own);
    read_joins(root, scan->node, &joined);
    add_with(scan, own.equal, NULL);
    if (order != NULL && (own.equal->len > 0 || has_limit(root)))
        add_with(scan, own.equal, order);
    if (own.range->len > 0)
        add_with(scan, own.equal, own.range->pdata[0]);
    if (joined.equal->len > 0)
        add_with(scan, own.equal, joined.equal->pdata[0]);
    if (joined.equal->len > 0 && own.equal->len > 0)
        add_with(scan, joined.equal, NULL);
    compared_columns_end(&own);
    compared_columns_end(&joined);
}

static void
take_scans(struct trials *trials, struct query_plan *plan, const struct plan_node *node)
{
    static const char *const scans[] = {"Seq Scan", "Index Scan", "Bitmap Heap Scan", NULL};
    const struct scan scan = {trials, plan, node};
    if (node->relation != NULL && node->schema != NULL && node->alias != NULL &&
        g_strv_contains(scans, node->type))
        take_scan(&scan);
    for (size_t i = 0; i < node->count; i++)
        take_scans(trials, plan, &node->children[i]);
}

/* ---- trying ---- */

static bool
ask_table(struct asking *asking, const struct trial *trial, struct trial_table *table,
          GError **error)
{
    static const char sql[] = "SELECT * FROM pg_catalog.dbdoc_trial_table($1, $2)";
    const char *const parameters[] = {trial->schema, trial->relation};
    struct rows *rows = NULL;
    *table = (struct trial_table){.file = NULL};
    if (!connection_query(asking->session, sql, parameters, G_N_ELEMENTS(parameters), &rows, error))
        return false;
    if (rows_count(rows) > 0) {
        struct arena *arena = asking->arena;
        table->file = arena_text(arena, rows_value(rows, 0, rows_column(rows, "file")), -1);
        table->bytes = g_ascii_strtoull(rows_value(rows, 0, rows_column(rows, "bytes")), NULL, 10);
        table->tuples = arena_text(arena, rows_value(rows, 0, rows_column(rows, "tuples")), -1);
        table->pages = arena_text(arena, rows_value(rows, 0, rows_column(rows, "pages")), -1);
        table->visible = arena_text(arena, rows_value(rows, 0, rows_column(rows, "visible")), -1);
    }
    rows_free(rows);
    return true;
}

/* As the login of the queries: what foreign SQL tied to such a statement runs with its rights. */
static bool
make_index(struct asking *asking, const struct trial *trial, GError **error)
{
    const struct supervisor supervisor = {cluster_check, asking->cluster};
    g_autofree char *table = sql_quote_qualified(trial->schema, trial->relation);
    g_autoptr(GString) sql = g_string_new("CREATE INDEX " TRIED_NAME " ON ");
    g_string_append(sql, table);
    for (guint i = 0; i < trial->columns->len; i++) {
        g_autofree char *column = sql_quote_name(trial->columns->pdata[i]);
        g_string_append_printf(sql, "%s%s", i == 0 ? " (" : ", ", column);
    }
    g_string_append_c(sql, ')');
    return connection_run_one(asking->session, sql->str, &supervisor, error);
}

static bool
restore_table(struct asking *asking, const struct trial *trial, const struct trial_table *table,
              GError **error)
{
    static const char sql[] =
        "SELECT pg_catalog.dbdoc_trial_restore($1, $2, $3::float4, $4::int, $5::int)";
    const char *const parameters[] = {trial->schema, trial->relation, table->tuples, table->pages,
                                      table->visible};
    return connection_query(asking->session, sql, parameters, G_N_ELEMENTS(parameters), NULL,
                            error);
}

/* Its bytes in *bytes. */
static bool
size_index(struct asking *asking, const struct trial *trial, const struct trial_table *table,
           double *bytes, GError **error)
{
    static const char sql[] = "SELECT * FROM pg_catalog.dbdoc_trial_index($1, $2, '" TRIED_NAME
                              "', $3::float4)";
    const char *const parameters[] = {trial->schema, trial->relation, table->tuples};
    struct rows *rows = NULL;
    if (!connection_query(asking->session, sql, parameters, G_N_ELEMENTS(parameters), &rows, error))
        return false;
    const char *length = rows_value(rows, 0, rows_column(rows, "bytes"));
    *bytes = g_ascii_strtod(length, NULL);
    bool done = statistics_stretch(rows_value(rows, 0, rows_column(rows, "file")),
                                   g_ascii_strtoull(length, NULL, 10), error);
    rows_free(rows);
    return done;
}

static bool
uses_it(const struct plan_node *node)
{
    bool found = node->index != NULL && g_str_equal(node->index, TRIED_NAME);
    for (size_t i = 0; !found && i < node->count; i++)
        found = uses_it(&node->children[i]);
    return found;
}

static bool
ask_query(struct trials *trials, struct asking *asking, struct success *wanted, GError **error)
{
    const struct query *query = wanted->plan->query;
    const char *text = query->written != NULL ? query->written : query->text;
    const char *problem = NULL;
    wanted->root = NULL;
    if (!asking_begin(asking, text, &problem, error) ||
        (problem == NULL && !asking_explain_here(asking, text, &wanted->root, &problem, error)))
        return false;
    if (wanted->root != NULL && uses_it(wanted->root) &&
        wanted->plan->root->total_cost >= wanted->root->total_cost * MISSING_FROM)
        g_array_append_val(trials->successes, *wanted);
    return problem != NULL || asking_end(asking, error);
}

static bool
ask_queries(struct trials *trials, struct asking *asking, struct trial *trial,
            const struct trial_table *table, GError **error)
{
    struct success wanted = {.trial = trial};
    if (!restore_table(asking, trial, table, error) ||
        !size_index(asking, trial, table, &wanted.bytes, error))
        return false;
    for (guint i = 0; i < MIN(trial->plans->len, PLANS_MOST); i++) {
        wanted.plan = trial->plans->pdata[i];
        if (!ask_query(trials, asking, &wanted, error))
            return false;
    }
    return true;
}

/* The index cannot be made where a column has no order, or the table is another's: then it is none
 * to advise. */
static bool
refuses(struct asking *asking, GError **problem)
{
    const struct server_error *said = connection_error(asking->session);
    if (said->message == NULL || *said->state == '\0')
        return false;
    g_clear_error(problem);
    return true;
}

/* Whatever becomes of the index, the table is as long as before. */
static bool
make_on_empty(struct asking *asking, const struct trial *trial, const struct trial_table *table,
              bool *made, GError **error)
{
    GError *problem = NULL;
    if (!statistics_empty(table->file, error))
        return false;
    *made = make_index(asking, trial, &problem);
    bool lost = !*made && !refuses(asking, &problem);
    if (statistics_stretch(table->file, table->bytes, lost ? NULL : error) && !lost)
        return true;
    if (lost)
        g_propagate_error(error, problem);
    return false;
}

static bool
try_on(struct trials *trials, struct asking *asking, struct trial *trial,
       const struct trial_table *table, GError **error)
{
    bool made = false;
    return connection_query(asking->session, "BEGIN", NULL, 0, NULL, error) &&
           make_on_empty(asking, trial, table, &made, error) &&
           (!made || ask_queries(trials, asking, trial, table, error)) &&
           connection_query(asking->session, "ROLLBACK", NULL, 0, NULL, error) &&
           restore_table(asking, trial, table, error);
}

/* A session of its own: it must not have seen the table longer than it is. */
static bool
try_one(struct trials *trials, struct trial *trial, GError **error)
{
    const struct plan_request *request = trials->request;
    struct asking asking = {.arena = request->arena, .cluster = request->cluster};
    struct trial_table table = {.file = NULL};
    bool done = asking_open(&asking, request->database, request->known, error) &&
                ask_table(&asking, trial, &table, error) &&
                (table.file == NULL || try_on(trials, &asking, trial, &table, error));
    trials->tried += table.file != NULL;
    trials->explained += asking.explained;
    asking_close(&asking);
    return done;
}

static bool
try_all(struct trials *trials, GError **error)
{
    bool done = true;
    for (guint i = 0; done && i < MIN(trials->all->len, TRIALS_MOST); i++)
        done = interrupt_check(error) && try_one(trials, trials->all->pdata[i], error);
    return done;
}

/* ---- choosing ---- */

static struct success *
success_at(const struct trials *trials, guint place)
{
    return &g_array_index(trials->successes, struct success, place);
}

/* How near each success comes to the best one of its query. */
static void
find_shares(const struct trials *trials)
{
    g_autoptr(GHashTable) bests = g_hash_table_new(NULL, NULL); /* plan → struct success */
    for (guint i = 0; i < trials->successes->len; i++) {
        struct success *success = success_at(trials, i);
        const struct success *best = g_hash_table_lookup(bests, success->plan);
        if (best == NULL || success->root->total_cost < best->root->total_cost)
            g_hash_table_insert(bests, success->plan, success);
    }
    for (guint i = 0; i < trials->successes->len; i++) {
        struct success *success = success_at(trials, i);
        const struct success *best = g_hash_table_lookup(bests, success->plan);
        success->share = best->root->total_cost / success->root->total_cost;
    }
}

/* Of a query that has no index yet, and comes near enough to its best. */
static bool
counts(const struct success *success)
{
    return success->plan->missing == NULL && success->share * NEAR >= 1;
}

/* Of equal ones, that of fewer columns; NULL when no query needs one any more. */
static const struct trial *
find_best(const struct trials *trials)
{
    const struct trial *best = NULL;
    for (guint i = 0; i < trials->all->len; i++)
        ((struct trial *)trials->all->pdata[i])->merit = 0;
    for (guint i = 0; i < trials->successes->len; i++)
        if (counts(success_at(trials, i)))
            success_at(trials, i)->trial->merit += success_at(trials, i)->share;
    for (guint i = 0; i < trials->all->len; i++) {
        const struct trial *trial = trials->all->pdata[i];
        double most = best != NULL ? best->merit : 0;
        bool shorter = best != NULL && trial->merit >= most &&
                       trial->columns->len < best->columns->len;
        if (trial->merit > most || shorter)
            best = trial;
    }
    return best;
}

static void
keep(struct arena *arena, const struct success *success)
{
    const struct trial *trial = success->trial;
    struct missing_index *missing = arena_alloc(arena, sizeof *missing);
    const char *const parts[] = {trial->schema, trial->relation};
    g_autofree char *path = address_path(parts, G_N_ELEMENTS(parts), NULL);
    const char **columns = arena_array(arena, trial->columns->len, sizeof *columns);
    for (guint i = 0; i < trial->columns->len; i++)
        columns[i] = arena_intern(arena, trial->columns->pdata[i]);
    *missing = (struct missing_index){
        .table = arena_intern(arena, path),
        .columns = {trial->columns->len, columns},
        .bytes = success->bytes,
        .cost = success->root->total_cost,
        .root = success->root,
    };
    success->plan->missing = missing;
}

/* As few indexes as serve all: one that many queries need is better than one for each. */
static void
choose(struct trials *trials)
{
    const struct trial *best = NULL;
    while ((best = find_best(trials)) != NULL)
        for (guint i = 0; i < trials->successes->len; i++)
            if (success_at(trials, i)->trial == best && counts(success_at(trials, i)))
                keep(trials->request->arena, success_at(trials, i));
}

static bool
begins_with(const struct trial *trial, const struct trial *other)
{
    bool same = trial != other && g_str_equal(trial->schema, other->schema) &&
                g_str_equal(trial->relation, other->relation) &&
                trial->columns->len >= other->columns->len;
    for (guint i = 0; same && i < other->columns->len; i++)
        same = g_str_equal(trial->columns->pdata[i], other->columns->pdata[i]);
    return same;
}

/* A longer index may serve those, too, that a shorter one was thought of for. */
static void
share_plans(const struct trials *trials)
{
    for (guint i = 0; i < trials->all->len; i++)
        for (guint j = 0; j < trials->all->len; j++) {
            const struct trial *longer = trials->all->pdata[i];
            const struct trial *shorter = trials->all->pdata[j];
            for (guint k = 0; begins_with(longer, shorter) && k < shorter->plans->len; k++)
                if (!g_ptr_array_find(longer->plans, shorter->plans->pdata[k], NULL))
                    g_ptr_array_add(longer->plans, shorter->plans->pdata[k]);
        }
}

static void
take_plans(struct trials *trials, struct query_plan *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].root != NULL && items[i].basis == PLANS_BY_STATISTICS &&
            items[i].root->total_cost >= COST_LEAST)
            take_scans(trials, &items[i], items[i].root);
    share_plans(trials);
}

bool
trials_make(const struct plan_request *request, struct query_plan *items, struct query_plans *plans,
            GError **error)
{
    struct trials trials = {
        .request = request,
        .successes = g_array_new(FALSE, FALSE, sizeof(struct success)),
        .all = g_ptr_array_new_with_free_func(free_trial),
        .by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    take_plans(&trials, items, plans->count);
    bool done = trials.all->len == 0 ||
                (cluster_equip_database(request->cluster, request->database,
                                        "src/planner/sql/trial.sql", error) &&
                 try_all(&trials, error));
    find_shares(&trials);
    if (done)
        choose(&trials);
    plans->explained += trials.explained;
    plans->tried = trials.tried;
    plans->untried = trials.all->len - MIN(trials.all->len, TRIALS_MOST);
    g_hash_table_unref(trials.by_key);
    g_ptr_array_unref(trials.all);
    g_array_unref(trials.successes);
    return done;
}
