/* upkeep.c - whether autovacuum keeps up with what is written, as one server counted it. Partitions
 * are vacuumed one by one, but people speak of the table: it has one finding for all of them. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

#define SHOWN          5
#define STALE_LEAST    10000
#define NEVER_LEAST    1000
#define DEAD_LEAST     30000
#define FROZEN_AT_ONCE 1600000000 /* from there on vacuum drops everything else (failsafe) */

/* ---- settings ---- */

/* What holds for a table (NULL: for none in particular): its own option, the server's setting, or
 * PostgreSQL's default. */
static double
setting(const struct check_run *run, const struct table *table, const char *name, double fallback)
{
    const char *value = table == NULL ? NULL : check_setting_of(&table->options, name);
    if (value == NULL)
        value = check_server_setting(run, name);
    return value != NULL ? g_ascii_strtod(value, NULL) : fallback;
}

/* The words of autovacuum's two tasks, and when it begins them by default. */
struct task {
    const char *threshold;
    const char *share;
    const char *most; /* NULL: there is no such setting */
    double default_share;
};
static const struct task analyzing = {"autovacuum_analyze_threshold",
                                      "autovacuum_analyze_scale_factor", NULL, 0.1};
static const struct task vacuuming = {"autovacuum_vacuum_threshold",
                                      "autovacuum_vacuum_scale_factor",
                                      "autovacuum_vacuum_max_threshold", 0.2};

/* After how many changed or dead rows autovacuum comes. */
static double
due_after(const struct check_run *run, const struct table *table, const struct task *task,
          int64_t rows)
{
    double share = setting(run, table, task->share, task->default_share);
    double due = setting(run, table, task->threshold, 50) + share * (double)rows;
    double most = task->most == NULL ? -1 : setting(run, table, task->most, -1);
    return most >= 0 ? MIN(due, most) : due;
}

/* ---- a table and its partitions ---- */

struct behind {
    const struct table *table;
    const struct table_observation *seen;
};

typedef bool (*is_behind)(const struct check_run *run, const struct behind *one);

/* Those of the family that are behind, by path; free with g_array_unref. */
static GArray *
find_behind(const struct check_run *run, const struct table *root, is_behind test)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct behind));
    g_autoptr(GPtrArray) family = table_family(run->model, root);
    for (guint i = 0; i < family->len; i++) {
        const struct table *table = family->pdata[i];
        struct behind one = {table, model_observed_table(run->model, table)};
        if (table->kind == TABLE_ORDINARY && one.seen != NULL && test(run, &one))
            g_array_append_val(found, one);
    }
    return found;
}

/* "`posts`", or "3 partitions of `events`". */
static const char *
who(struct check_run *run, const struct table *root, const GArray *found)
{
    if (root->kind == TABLE_ORDINARY)
        return check_path(run, root);
    return arena_printf(run->arena, "%s of %s", check_count(run, (int64_t)found->len, "partition"),
                        check_path(run, root));
}

static void
show_window(struct check_run *run, struct finding *finding)
{
    const struct observations *observations = run->model->observations;
    finding->strength = STRENGTH_OBSERVED;
    check_evidence(run, finding, "Counters since", observations->counters_since);
    check_evidence(run, finding, "Seen", observations->taken_at);
    check_evidence(run, finding, "Node", observations->node);
}

/* ---- stats-stale ---- */

static bool
is_never_analyzed(const struct table_observation *seen)
{
    return seen->row_estimate == NUMBER_UNKNOWN && seen->live_rows >= NEVER_LEAST;
}

/* A tenth and ten thousand, and more than what the team lets autovacuum wait for. */
static bool
is_stale(const struct check_run *run, const struct behind *one)
{
    const struct table_observation *seen = one->seen;
    if (is_never_analyzed(seen))
        return true;
    double changed = (double)seen->changed_since_analyze;
    return seen->row_estimate >= 0 && changed > STALE_LEAST &&
           changed > 0.1 * (double)seen->row_estimate &&
           changed > due_after(run, one->table, &analyzing, seen->row_estimate);
}

static void
show_stale(struct check_run *run, struct finding *finding, const struct behind *one)
{
    const struct table_observation *seen = one->seen;
    const char *path = check_said_path(one->table);
    if (is_never_analyzed(seen))
        check_evidence(
            run, finding, "Never analyzed",
            arena_printf(run->arena, "%s: %s", path, check_count(run, seen->live_rows, "row")));
    else
        check_evidence(run, finding, "Changed since ANALYZE",
                       arena_printf(run->arena, "%s: %s of %s rows", path,
                                    check_number(run, seen->changed_since_analyze),
                                    check_number(run, seen->row_estimate)));
}

static void
visit_stale(struct check_run *run, const struct table *root)
{
    g_autoptr(GArray) found = find_behind(run, root, is_stale);
    if (found->len == 0)
        return;
    struct finding *finding = check_report(run, root, "The planner knows an old state of %s",
                                           who(run, root, found));
    check_detail(run, finding,
                 "It guesses from statistics how many rows a condition leaves. Old ones make it "
                 "take the wrong index, or join in the wrong order.");
    check_advice(run, finding,
                 "Analyze it, and find out why autovacuum did not: it is off, busy elsewhere, or "
                 "somebody holds a lock.");
    for (guint i = 0; i < found->len && i < SHOWN; i++)
        show_stale(run, finding, &g_array_index(found, struct behind, i));
    show_window(run, finding);
    g_autofree char *up = sql_text("ANALYZE %O", &root->object);
    fix_by_hand(run, finding, up);
}

void
check_stats_stale(struct check_run *run)
{
    if (run->model->observations != NULL)
        check_each_table(run, visit_stale);
}

/* ---- dead-rows ---- */

/* Many, a fifth of the table, and twice what autovacuum waits for: it came too late, or in vain. */
static bool
has_dead_rows(const struct check_run *run, const struct behind *one)
{
    const struct table_observation *seen = one->seen;
    if (seen->dead_rows < DEAD_LEAST || seen->live_rows < 0)
        return false;
    double dead = (double)seen->dead_rows;
    return dead > 0.2 * (double)(seen->live_rows + seen->dead_rows) &&
           dead > 2 * due_after(run, one->table, &vacuuming, MAX(seen->row_estimate, 0));
}

static int64_t
count_dead(const GArray *found)
{
    int64_t dead = 0;
    for (guint i = 0; i < found->len; i++)
        dead += g_array_index(found, struct behind, i).seen->dead_rows;
    return dead;
}

static void
show_dead(struct check_run *run, struct finding *finding, const struct behind *one)
{
    const struct table_observation *seen = one->seen;
    double due = due_after(run, one->table, &vacuuming, MAX(seen->row_estimate, 0));
    check_evidence(run, finding, "Dead rows",
                   arena_printf(run->arena, "%s: %s beside %s; vacuum is due at %s",
                                check_said_path(one->table), check_number(run, seen->dead_rows),
                                check_count(run, seen->live_rows, "live row"),
                                check_number(run, (int64_t)due)));
}

static void
visit_dead(struct check_run *run, const struct table *root)
{
    g_autoptr(GArray) found = find_behind(run, root, has_dead_rows);
    if (found->len == 0)
        return;
    struct finding *finding = check_report(run, root, "%s dead rows lie in %s",
                                           check_number(run, count_dead(found)),
                                           who(run, root, found));
    check_detail(run, finding,
                 "Every scan reads past them, and the table and its indexes grow; they do not "
                 "shrink by themselves.");
    check_advice(run, finding,
                 "See what holds vacuum back: an old transaction, a replication slot, a prepared "
                 "transaction, or settings that are too slow. Then vacuum once.");
    for (guint i = 0; i < found->len && i < SHOWN; i++)
        show_dead(run, finding, &g_array_index(found, struct behind, i));
    show_window(run, finding);
    g_autofree char *up = sql_text("VACUUM (ANALYZE) %O", &root->object);
    fix_by_hand(run, finding, up);
}

void
check_dead_rows(struct check_run *run)
{
    if (run->model->observations != NULL)
        check_each_table(run, visit_dead);
}

/* ---- freeze-age ---- */

/* What is counted apart, and may run out. */
struct counter {
    const char *noun;
    const char *setting;
    double default_age;
    size_t offset; /* in struct table_observation */
};
static const struct counter counters[] = {
    {"transaction", "autovacuum_freeze_max_age", 200000000,
     offsetof(struct table_observation, transaction_age)},
    {"multixact", "autovacuum_multixact_freeze_max_age", 400000000,
     offsetof(struct table_observation, multixact_age)},
};

static int64_t
age_of(const struct counter *counter, const struct table_observation *seen)
{
    int64_t age = NUMBER_UNKNOWN;
    memcpy(&age, (const char *)seen + counter->offset, sizeof age);
    return age;
}

static gint
compare_ages(gconstpointer a, gconstpointer b, gpointer counter)
{
    int64_t x = age_of(counter, *(const struct table_observation *const *)a);
    int64_t y = age_of(counter, *(const struct table_observation *const *)b);
    return (x < y) - (x > y);
}

/* Old ones first; also what no other rule speaks of, because one table stops the whole server. */
static GPtrArray *
find_unfrozen(const struct check_run *run, const struct counter *counter)
{
    const struct table_observation_list *tables = &run->model->observations->tables;
    double due = setting(run, NULL, counter->setting, counter->default_age);
    GPtrArray *found = g_ptr_array_new();
    for (size_t i = 0; i < tables->count; i++)
        if (tables->items[i].relation.object != NULL &&
            (double)age_of(counter, &tables->items[i]) > 2 * due)
            g_ptr_array_add(found, &tables->items[i]);
    g_ptr_array_sort_with_data(found, compare_ages, (gpointer)(guintptr)counter);
    return found;
}

static void
report_unfrozen(struct check_run *run, const struct counter *counter, const GPtrArray *found)
{
    const struct table_observation *oldest = found->pdata[0];
    int64_t age = age_of(counter, oldest);
    double due = setting(run, NULL, counter->setting, counter->default_age);
    struct finding *finding = check_report(
        run, oldest->relation.object, "%s was last frozen %s ago",
        check_path(run, oldest->relation.object), check_count(run, age, counter->noun));
    finding->severity = age >= FROZEN_AT_ONCE ? SEVERITY_ERROR : SEVERITY_WARNING;
    check_detail(run, finding,
                 "Autovacuum is due at %s, and did not get through. Before %s PostgreSQL refuses "
                 "every write, because their numbers would come round again.",
                 check_number(run, (int64_t)due), check_number(run, G_MAXINT32));
    check_advice(run, finding,
                 "End what holds it back (an old transaction, a replication slot, a prepared "
                 "transaction), and vacuum the oldest tables by hand.");
    for (guint i = 0; i < found->len && i < SHOWN; i++) {
        const struct table_observation *seen = found->pdata[i];
        check_evidence(run, finding, "Age",
                       arena_printf(run->arena, "%s: %s", check_said_path(seen->relation.object),
                                    check_number(run, age_of(counter, seen))));
    }
    if (found->len > SHOWN)
        check_evidence(run, finding, "And more",
                       check_count(run, (int64_t)found->len - SHOWN, "relation"));
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    finding->strength = STRENGTH_OBSERVED;
    g_autofree char *up = sql_text("VACUUM (FREEZE) %O", oldest->relation.object);
    fix_by_hand(run, finding, up);
}

/* One finding for the whole server: when vacuum does not get through, every table is old. */
void
check_freeze_age(struct check_run *run)
{
    for (size_t i = 0; run->model->observations != NULL && i < G_N_ELEMENTS(counters); i++) {
        g_autoptr(GPtrArray) found = find_unfrozen(run, &counters[i]);
        if (found->len > 0)
            report_unfrozen(run, &counters[i], found);
    }
}
