/* run.c - statements, transactions, and what can be done when the server refuses one: roles that
 * nobody made are supplied by name, what only a superuser may do is left out and said; then the
 * direction begins again. */
#include "rehearsal/run.h"

#include "base/failure.h"
#include "rehearsal/driver.h"
#include "rehearsal/observe.h"
#include "source/refusal.h"
#include "source/treatment.h"

#include <string.h>

#define REMEDIES   100 /* for one direction */
#define WAITS_MOST 50  /* of one statement: REINDEX waits for each index */

#define INSUFFICIENT_PRIVILEGE "42501"
#define NOT_IN_TRANSACTION     "25001" /* VACUUM, CREATE INDEX CONCURRENTLY … */
#define ENDS_TRANSACTION       "2D000" /* COMMIT in a DO block or a procedure */

/* One attempt. */
struct attempt {
    const struct stage *stage;
    const char *database;
    const struct migration_plan *plan;
    const char *history;  /* statement; NULL: the tool's is not known */
    GHashTable *left_out; /* step number → words: why it is not run */
    GHashTable *calls;    /* step number → SQL to run in its place */
    struct connection *session;
    struct observer *observer;
    struct run_evidence *evidence;
    size_t failed; /* the step; the count of steps for what comes after them */
    struct server_error refused;
};

/* What a statement that is not in a transaction is watched with. */
struct watch {
    struct attempt *attempt;
    struct statement_evidence *evidence;
    struct connection *blocker; /* NULL: it has waited already */
};

/* What waits for sessions to end, CREATE INDEX CONCURRENTLY and its like, waits more than once: the
 * next session is in its way before the last one leaves. */
static bool
release(void *data, GError **error)
{
    struct watch *watch = data;
    struct attempt *attempt = watch->attempt;
    struct connection *next = NULL;
    enum waiting waiting = WAITS_NOT;
    GError *problem = NULL;
    if (!cluster_check(attempt->stage->cluster, error))
        return false;
    if (watch->blocker == NULL)
        return true;
    if (!observer_peek(attempt->observer, attempt->stage->cluster,
                       connection_process(attempt->session), watch->blocker, watch->evidence,
                       &waiting, error))
        return false;
    if (waiting == WAITS_NOT)
        return true;
    if (waiting == WAITS_FOR_SESSION && watch->evidence->waits.count < WAITS_MOST)
        next = observer_block(attempt->observer, attempt->stage->cluster, attempt->database,
                              &problem);
    connection_close(watch->blocker);
    watch->blocker = next;
    if (problem != NULL)
        g_propagate_error(error, problem);
    return problem == NULL;
}

/* As the tool sends it: drivers prepare each text. */
static bool
send(struct attempt *attempt, const char *sql, const struct supervisor *supervisor, GError **error)
{
    return g_str_equal(attempt->stage->line->key, "ecto")
               ? connection_run_one(attempt->session, sql, supervisor, error)
               : connection_run(attempt->session, sql, supervisor, NULL, error);
}

static char *
server_words(const struct server_error *said)
{
    GString *words = g_string_new(said->message);
    if (said->detail != NULL)
        g_string_append_printf(words, ". %s", said->detail);
    g_strdelimit(words->str, "\n", ' ');
    return g_string_free(words, FALSE);
}

/* Why the last statement ended badly. False when the rehearsal cannot go on. */
static bool
note_end(struct attempt *attempt, GError *problem, GError **error)
{
    struct arena *arena = attempt->stage->arena;
    struct run_evidence *evidence = attempt->evidence;
    const struct server_error *said = connection_error(attempt->session);
    if (g_error_matches(problem, FAILURE, FAILURE_INTERRUPTED) ||
        !cluster_lives(attempt->stage->cluster)) {
        g_propagate_error(error, problem);
        return false;
    }
    if (said->message == NULL) {
        evidence->end = RUN_LIMITED;
        evidence->words = arena_text(arena, problem->message, -1);
    } else if (connection_transaction(attempt->session) == TRANSACTION_LOST) {
        evidence->end = RUN_LOST;
        evidence->words = arena_printf(arena, "the session ended: %s", said->message);
    } else {
        g_autofree char *words = server_words(said);
        evidence->end = RUN_FAILED;
        evidence->words = arena_text(arena, words, -1);
        server_error_copy(&attempt->refused, said);
    }
    g_error_free(problem);
    return true;
}

/* Sends SQL of the tool or the migration; in *done, whether PostgreSQL took it. */
static bool
try(struct attempt *attempt, const char *sql, const struct supervisor *supervisor, bool *done,
    GError **error)
{
    GError *problem = NULL;
    const struct supervisor usual = {cluster_check, attempt->stage->cluster};
    *done = send(attempt, sql, supervisor != NULL ? supervisor : &usual, &problem);
    return *done || note_end(attempt, problem, error);
}

static bool
look(struct attempt *attempt, struct statement_evidence *evidence, bool *done, GError **error)
{
    GError *problem = NULL;
    *done = observer_look(attempt->observer, attempt->session, evidence, &problem);
    return *done || note_end(attempt, problem, error);
}

/* Runs it bare, with a session in its way. */
static bool
run_alone(struct attempt *attempt, const char *sql, struct statement_evidence *evidence, bool *done,
          GError **error)
{
    struct watch watch = {attempt, evidence, NULL};
    GError *problem = NULL;
    watch.blocker = observer_block(attempt->observer, attempt->stage->cluster, attempt->database,
                                   &problem);
    if (problem != NULL) {
        g_propagate_error(error, problem);
        return false;
    }
    const struct supervisor supervisor = {release, &watch};
    evidence->sight = SIGHT_NONE;
    attempt->evidence->end = RUN_COMPLETE;
    attempt->evidence->words = NULL;
    bool good = try(attempt, sql, &supervisor, done, error);
    connection_close(watch.blocker);
    observer_forget_locks(attempt->observer);
    return good;
}

static bool
needs_to_be_alone(const struct attempt *attempt)
{
    return g_str_equal(attempt->refused.state, NOT_IN_TRANSACTION) ||
           g_str_equal(attempt->refused.state, ENDS_TRANSACTION);
}

/* A statement outside a transaction is one by itself; within BEGIN and COMMIT it is the same, and
 * can be observed. What refuses that runs alone. */
static bool
run_wrapped(struct attempt *attempt, const char *sql, struct statement_evidence *evidence,
            bool *done, GError **error)
{
    if (!try(attempt, "BEGIN", NULL, done, error))
        return false;
    struct statement_evidence before = {0}; /* counts of scans go on over transactions */
    if (*done && !look(attempt, &before, done, error))
        return false;
    if (!*done)
        return true;
    if (!try(attempt, sql, NULL, done, error))
        return false;
    if (*done && !look(attempt, evidence, done, error))
        return false;
    if (*done) {
        observer_forget_locks(attempt->observer);
        return try(attempt, "COMMIT", NULL, done, error);
    }
    bool undone = false;
    if (attempt->evidence->end != RUN_FAILED)
        return true;
    if (!try(attempt, "ROLLBACK", NULL, &undone, error))
        return false;
    observer_forget_locks(attempt->observer);
    return !undone || !needs_to_be_alone(attempt) || run_alone(attempt, sql, evidence, done, error);
}

static bool
run_here(struct attempt *attempt, const char *sql, struct statement_evidence *evidence, bool *done,
         GError **error)
{
    bool open = connection_transaction(attempt->session) == TRANSACTION_OPEN;
    if (!open && treatment_of(sql) != TREAT_TRANSACTION)
        return run_wrapped(attempt, sql, evidence, done, error);
    if (!try(attempt, sql, NULL, done, error))
        return false;
    if (!*done)
        return true;
    if (connection_transaction(attempt->session) == TRANSACTION_OPEN)
        return look(attempt, evidence, done, error);
    evidence->sight = SIGHT_NONE;
    observer_forget_locks(attempt->observer);
    return true;
}

static const struct {
    enum treatment treatment;
    enum sight sight;
    const char *words;
} not_run[] = {
    {TREAT_ROLE, SIGHT_STOOD_IN, "in a rehearsal, roles are known by name only"},
    {TREAT_DATABASE, SIGHT_NOT_RUN,
     "it is about a whole database, of which a rehearsal has copies only"},
};

/* Whether a step is not sent; then the evidence says why. */
static bool
is_left_out(const struct attempt *attempt, size_t number, struct statement_evidence *evidence)
{
    const struct migration_step *step = &attempt->plan->steps[number];
    evidence->words = step->kind == STEP_OPAQUE
                          ? step->reason
                          : g_hash_table_lookup(attempt->left_out, GSIZE_TO_POINTER(number));
    if (evidence->words != NULL) {
        bool stands_in = step->kind != STEP_OPAQUE && treatment_changes_owner(step->sql);
        evidence->sight = stands_in ? SIGHT_STOOD_IN : SIGHT_NOT_RUN;
        return true;
    }
    enum treatment treatment = treatment_of(step->sql);
    for (size_t i = 0; i < G_N_ELEMENTS(not_run); i++) {
        if (not_run[i].treatment != treatment)
            continue;
        evidence->sight = not_run[i].sight;
        evidence->words = not_run[i].words;
        return true;
    }
    return false;
}

/* Roles that the migration makes are there by name when it asks for them. */
static bool
supply_roles(struct attempt *attempt, const char *sql)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    treatment_find_roles(sql, names);
    bool made = false;
    for (guint i = 0; i < names->len; i++)
        made = cluster_make_stand_in(attempt->stage->cluster, attempt->database, STAND_IN_ROLE,
                                     names->pdata[i], NULL) ||
               made;
    return made;
}

static bool
run_step(struct attempt *attempt, size_t number, bool *done, GError **error)
{
    const struct migration_step *step = &attempt->plan->steps[number];
    struct statement_evidence *evidence = &attempt->evidence->statements[number];
    *evidence = (struct statement_evidence){
        .sql = step->kind == STEP_OPAQUE ? step->source : step->sql,
        .file = step->file,
        .line = step->line,
        .sight = SIGHT_NONE,
    };
    attempt->evidence->count = number + 1;
    *done = true;
    if (is_left_out(attempt, number, evidence)) {
        if (step->kind != STEP_OPAQUE)
            supply_roles(attempt, step->sql);
        return true;
    }
    const char *call = g_hash_table_lookup(attempt->calls, GSIZE_TO_POINTER(number));
    gint64 started = g_get_monotonic_time();
    bool good = run_here(attempt, call != NULL ? call : step->sql, evidence, done, error);
    evidence->microseconds = g_get_monotonic_time() - started;
    if (good && !*done)
        evidence->words = attempt->evidence->words;
    return good;
}

/* The steps from `first`, then the row of the history; attempt->failed is where it ended. */
static bool
run_steps(struct attempt *attempt, size_t first, GError **error)
{
    bool wrapped = attempt->plan->isolation == IN_TRANSACTION;
    bool done = true;
    attempt->evidence->end = RUN_COMPLETE;
    attempt->evidence->words = NULL;
    if (wrapped && !try(attempt, "BEGIN", NULL, &done, error))
        return false;
    attempt->failed = first;
    while (done && attempt->failed < attempt->plan->count) {
        if (!run_step(attempt, attempt->failed, &done, error))
            return false;
        attempt->failed += done;
    }
    if (done && attempt->history != NULL && !try(attempt, attempt->history, NULL, &done, error))
        return false;
    if (done && connection_transaction(attempt->session) != TRANSACTION_NONE &&
        !try(attempt, "COMMIT", NULL, &done, error))
        return false;
    return true;
}

static bool
leave_out(struct attempt *attempt, const char *reason)
{
    const char *words = arena_printf(attempt->stage->arena, "%s (%s)", reason,
                                     attempt->evidence->words);
    return g_hash_table_insert(attempt->left_out, GSIZE_TO_POINTER(attempt->failed),
                               (gpointer)(guintptr)words);
}

static bool
call_instead(struct attempt *attempt, const char *sql)
{
    g_autofree char *call = refusal_extension_call(sql);
    return g_hash_table_insert(attempt->calls, GSIZE_TO_POINTER(attempt->failed),
                               (gpointer)(guintptr)arena_text(attempt->stage->arena, call, -1));
}

/* Whether something was done about the refusal, so that another attempt may succeed. */
static bool
remedy(struct attempt *attempt)
{
    enum stand_in what;
    g_autofree char *name = NULL;
    const struct server_error *refused = &attempt->refused;
    bool wrapped = attempt->plan->isolation == IN_TRANSACTION;
    if (attempt->evidence->end != RUN_FAILED || attempt->failed >= attempt->plan->count)
        return false;
    if (!wrapped && connection_transaction(attempt->session) != TRANSACTION_NONE)
        return false; /* a transaction of the migration's own; half of it is gone */
    if (refusal_names_missing(refused, &what, &name))
        return cluster_make_stand_in(attempt->stage->cluster, attempt->database, what, name, NULL);
    const char *sql = attempt->plan->steps[attempt->failed].sql;
    bool extension = treatment_of(sql) == TREAT_EXTENSION;
    bool privilege = g_str_equal(refused->state, INSUFFICIENT_PRIVILEGE);
    if (extension && privilege &&
        !g_hash_table_contains(attempt->calls, GSIZE_TO_POINTER(attempt->failed)))
        return call_instead(attempt, sql);
    if (extension && refusal_lacks_extension(refused))
        return leave_out(attempt, "the extension is not installed on this machine");
    if (privilege && treatment_changes_owner(sql)) /* a stand-in may make nothing in the schema */
        return leave_out(attempt, "in a rehearsal, roles are known by name only: the owner stays, "
                                  "and what the new one may do is not shown");
    return privilege && (supply_roles(attempt, sql) || leave_out(attempt, "it needs a superuser"));
}

static bool
connect(struct attempt *attempt, GError **error)
{
    observer_end(attempt->observer);
    connection_close(attempt->session);
    attempt->observer = NULL;
    attempt->session = cluster_connect(attempt->stage->cluster, attempt->database, error);
    if (attempt->session == NULL || attempt->stage->attention == LOOKS_AWAY)
        return attempt->session != NULL;
    attempt->observer = observer_begin(attempt->stage->arena, attempt->session, error);
    return attempt->observer != NULL;
}

static bool
run_attempts(struct attempt *attempt, GError **error)
{
    bool wrapped = attempt->plan->isolation == IN_TRANSACTION;
    bool good = connect(attempt, error) && run_steps(attempt, 0, error);
    for (int i = 0; good && i < REMEDIES && remedy(attempt); i++)
        good = (!wrapped || connect(attempt, error)) &&
               run_steps(attempt, wrapped ? 0 : attempt->failed, error);
    return good;
}

static bool
run_plan(const struct stage *stage, const char *database, const struct migration_plan *plan,
         const char *history, struct run_evidence *evidence, GError **error)
{
    struct attempt attempt = {
        .stage = stage,
        .database = database,
        .plan = plan,
        .history = history,
        .left_out = g_hash_table_new(g_direct_hash, g_direct_equal),
        .calls = g_hash_table_new(g_direct_hash, g_direct_equal),
        .evidence = evidence,
    };
    evidence->statements = arena_array(stage->arena, plan->count, sizeof *evidence->statements);
    cluster_restart_clock(stage->cluster);
    bool good = run_attempts(&attempt, error);
    observer_end(attempt.observer);
    connection_close(attempt.session);
    server_error_clear(&attempt.refused);
    g_hash_table_unref(attempt.left_out);
    g_hash_table_unref(attempt.calls);
    return good;
}

bool
run_direction(const struct stage *stage, const char *database, const struct migration *migration,
              enum direction direction, struct run_evidence *evidence, GError **error)
{
    static const enum run_end ends[] = {
        [PLAN_COMPLETE] = RUN_COMPLETE, [PLAN_REFUSED] = RUN_RAISED, [PLAN_ABSENT] = RUN_ABSENT};
    const struct migration_plan *plan = direction == DIRECTION_UP ? &migration->up
                                                                  : &migration->down;
    *evidence = (struct run_evidence){
        .end = ends[plan->end], .isolation = plan->isolation, .words = plan->reason};
    if (plan->end != PLAN_COMPLETE)
        return true;
    if (plan->command != NULL)
        return driver_run(stage, database, migration, plan->command, evidence, error);
    g_autofree char *history = history_row(stage->line, migration, direction);
    return run_plan(stage, database, plan, history, evidence, error);
}

bool
run_verify(const struct stage *stage, const char *database, const struct migration *migration,
           struct run_evidence *evidence, GError **error)
{
    if (migration->verify.end != PLAN_COMPLETE)
        return true;
    *evidence = (struct run_evidence){.isolation = migration->verify.isolation};
    return run_plan(stage, database, &migration->verify, NULL, evidence, error);
}

/* The tool's own table, then the schemas. */
static bool
prepare(const struct stage *stage, const char *database, const struct names *schemas,
        GError **error)
{
    g_autofree char *table = history_table(stage->line);
    if (table == NULL && schemas->count == 0)
        return true;
    struct connection *session = cluster_connect(stage->cluster, database, error);
    bool done = session != NULL &&
                (table == NULL || connection_run(session, table, NULL, NULL, error));
    for (size_t i = 0; done && i < schemas->count; i++)
        done = connection_run(session, schemas->items[i], NULL, NULL, error);
    connection_close(session);
    return done;
}

char *
run_begin(const struct stage *stage, const struct migrations *migrations, GError **error)
{
    static const char *const equipment[] = {"src/cluster/sql/observe.sql",
                                            "src/rehearsal/sql/rows.sql"};
    const char *database = cluster_create_database(stage->cluster, error);
    bool equipped = database != NULL;
    for (size_t i = 0; equipped && i < G_N_ELEMENTS(equipment); i++)
        equipped = cluster_equip_database(stage->cluster, database, equipment[i], error);
    if (!equipped ||
        (migrations->probe != NULL && !driver_begin(stage, database, migrations->probe, error)))
        return NULL;
    bool dumped = migrations->items[0].kind == MIGRATION_DUMP; /* with the table in it */
    return dumped || prepare(stage, database, &migrations->schemas, error) ? g_strdup(database)
                                                                           : NULL;
}
