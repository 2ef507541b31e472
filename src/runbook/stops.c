/* stops.c - a copy for each place where it may end. */
#include "runbook/stops.h"

#include "migrations/history.h"
#include "rehearsal/state.h"

/* One way down. */
struct breaking {
    const struct procedure_sources *sources;
    struct track *track;
    const struct migration_evidence *evidence;
    const char *begin; /* the database before it */
    struct state *before;
    struct state *after;
    GArray *stops; /* struct stop */
};

/* What is sent: the statements of down, then the row of the history. The texts are the plan's. */
static GPtrArray *
statements_of(const struct breaking *breaking)
{
    const struct migration_plan *plan = &breaking->evidence->migration->down;
    GPtrArray *statements = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < plan->count; i++)
        g_ptr_array_add(statements, g_strdup(plan->steps[i].sql));
    char *history = history_row(breaking->sources->rehearsal->migrations,
                                breaking->evidence->migration, DIRECTION_DOWN);
    if (history != NULL)
        g_ptr_array_add(statements, history);
    return statements;
}

/* Sends statements from `first` on, `count` of them; in *done, whether PostgreSQL took all. */
static bool
send(const struct breaking *breaking, const char *database, const GPtrArray *statements,
     guint first, guint count, bool *done, GError **error)
{
    struct cluster *cluster = breaking->track->stage.cluster;
    const struct supervisor supervisor = {cluster_check, cluster};
    struct connection *session = cluster_connect(cluster, database, error);
    *done = session != NULL;
    for (guint i = first; *done && i < first + count && i < statements->len; i++)
        *done = connection_run(session, statements->pdata[i], &supervisor, NULL, NULL);
    connection_close(session);
    return session != NULL;
}

static bool
drop(const struct breaking *breaking, char *copy, GError **error)
{
    bool done = copy == NULL || cluster_drop_database(breaking->track->stage.cluster, copy, error);
    g_free(copy);
    return done;
}

/* What the state is, and whether the rest leads from there to where down ends. */
static bool
look(const struct breaking *breaking, const GPtrArray *statements, struct stop *stop,
     GError **error)
{
    struct cluster *cluster = breaking->track->stage.cluster;
    char *copy = track_fork(breaking->track, breaking->begin, error);
    struct state *state = NULL;
    struct state *end = NULL;
    bool ran = false;
    guint count = (guint)stop->after;
    bool good = copy != NULL && send(breaking, copy, statements, 0, count, &ran, error) &&
                (state = state_read(cluster, copy, STATE_WHOLE, error)) != NULL;
    if (good) {
        stop->differences = state_compare(breaking->sources->arena, breaking->before, state);
        good = send(breaking, copy, statements, count, statements->len - count, &ran, error) &&
               (end = state_read(cluster, copy, STATE_WHOLE, error)) != NULL;
    }
    if (good)
        stop->rest_runs = ran &&
                          state_compare(breaking->sources->arena, breaking->after, end).count == 0;
    state_free(state);
    state_free(end);
    return drop(breaking, copy, good ? error : NULL) && good;
}

/* What becomes of who starts down anew. */
static bool
start_anew(const struct breaking *breaking, const GPtrArray *statements, struct stop *stop,
           GError **error)
{
    struct run_evidence down = {0};
    bool ran = false;
    char *copy = track_fork(breaking->track, breaking->begin, error);
    bool good = copy != NULL &&
                send(breaking, copy, statements, 0, (guint)stop->after, &ran, error) &&
                run_direction(&breaking->track->stage, copy, breaking->evidence->migration,
                              DIRECTION_DOWN, &down, error);
    if (good && down.end != RUN_COMPLETE)
        stop->again = arena_intern(breaking->sources->arena,
                                   down.words != NULL ? down.words : run_end_words[down.end]);
    return drop(breaking, copy, good ? error : NULL) && good;
}

static bool
break_off(const struct breaking *breaking, const GPtrArray *statements, GError **error)
{
    size_t last = breaking->evidence->migration->down.count;
    for (size_t after = 1; after <= last; after++) {
        struct stop stop = {.migration = breaking->evidence, .after = after};
        if (!look(breaking, statements, &stop, error) ||
            !start_anew(breaking, statements, &stop, error))
            return false;
        g_array_append_val(breaking->stops, stop);
    }
    return true;
}

/* The database after one way down; the next one begins there. NULL on failure. */
static char *
go_down(const struct breaking *breaking, GError **error)
{
    struct run_evidence down = {0};
    char *copy = track_fork(breaking->track, breaking->begin, error);
    if (copy != NULL && run_direction(&breaking->track->stage, copy, breaking->evidence->migration,
                                      DIRECTION_DOWN, &down, error))
        return copy;
    drop(breaking, copy, NULL);
    return NULL;
}

static bool
visit(struct breaking *breaking, const char *end, GError **error)
{
    struct cluster *cluster = breaking->track->stage.cluster;
    if (breaking->evidence->migration->down.isolation == IN_TRANSACTION)
        return true;
    g_autoptr(GPtrArray) statements = statements_of(breaking);
    breaking->before = state_read(cluster, breaking->begin, STATE_WHOLE, error);
    breaking->after = breaking->before == NULL ? NULL
                                               : state_read(cluster, end, STATE_WHOLE, error);
    bool good = breaking->after != NULL && break_off(breaking, statements, error);
    state_free(breaking->before);
    state_free(breaking->after);
    return good;
}

bool
stops_find(const struct procedure_sources *sources, const struct runbook *runbook,
           struct track *track, const char *base, struct proof *proof, GError **error)
{
    g_autoptr(GArray) stops = g_array_new(FALSE, TRUE, sizeof(struct stop));
    struct breaking breaking = {.sources = sources, .track = track, .begin = base, .stops = stops};
    char *begin = NULL; /* NULL: the base, which is the caller's */
    bool good = true;
    for (size_t i = 0; good && i < runbook->count; i++) {
        breaking.evidence = runbook->migrations[i];
        char *end = go_down(&breaking, error);
        good = end != NULL && visit(&breaking, end, error);
        good = drop(&breaking, begin, good ? error : NULL) && good;
        begin = end;
        breaking.begin = end;
    }
    good = drop(&breaking, begin, good ? error : NULL) && good;
    proof->stop_count = stops->len;
    proof->stops = arena_keep(sources->arena, stops);
    return good;
}
