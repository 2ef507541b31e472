/* rehearsal.c - the line and its forks. */
#include "rehearsal/rehearsal.h"

#include "base/interrupt.h"
#include "base/progress.h"
#include "rehearsal/cache.h"
#include "rehearsal/rows.h"
#include "rehearsal/run.h"
#include "rehearsal/state.h"
#include "rehearsal/verdict.h"

struct line {
    struct stage stage;
    const struct migrations *migrations;
    char *database;
    struct state *state; /* S(n-1) */
    GPtrArray *broken;   /* versions of migrations that are not on the line in full */
};

/* The fork of one migration. */
struct fork {
    char *database;
    struct migration_evidence *evidence;
};

static bool
is_complete(const struct run_evidence *run)
{
    return run->end == RUN_COMPLETE;
}

static bool
ran_in_full(const struct run_evidence *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->statements[i].sight == SIGHT_NOT_RUN)
            return false;
    return is_complete(run);
}

/* For what has been looked at on the line. */
static struct stage
look_away(const struct line *line)
{
    struct stage stage = line->stage;
    stage.attention = LOOKS_AWAY;
    return stage;
}

/* S(n) to what a second up makes of what down left. */
static bool
go_up_again(const struct line *line, const struct fork *fork, const struct state *after,
            GError **error)
{
    struct migration_evidence *evidence = fork->evidence;
    const struct stage stage = look_away(line);
    if (!run_direction(&stage, fork->database, evidence->migration, DIRECTION_UP, &evidence->again,
                       error))
        return false;
    if (!is_complete(&evidence->again))
        return true;
    struct state *again = state_read(line->stage.cluster, fork->database, STATE_WHOLE, error);
    if (again == NULL)
        return false;
    evidence->again_differs = state_compare(line->stage.arena, after, again);
    state_free(again);
    return true;
}

static bool
compare_restored(const struct line *line, const struct fork *fork, const struct state *middle,
                 GError **error)
{
    struct arena *arena = line->stage.arena;
    struct state *restored = state_read(line->stage.cluster, fork->database, STATE_WHOLE, error);
    if (restored == NULL)
        return false;
    fork->evidence->left = state_compare(arena, line->state, restored);
    fork->evidence->down_removes = state_removals(arena, line->state, middle, restored);
    state_free(restored);
    return true;
}

static bool
go_down(const struct line *line, const struct fork *fork, const struct state *after, GError **error)
{
    struct migration_evidence *evidence = fork->evidence;
    struct state *middle = state_read(line->stage.cluster, fork->database, STATE_IDENTITIES, error);
    bool good = middle != NULL && run_direction(&line->stage, fork->database, evidence->migration,
                                                DIRECTION_DOWN, &evidence->down, error);
    if (good && is_complete(&evidence->down))
        good = compare_restored(line, fork, middle, error) && go_up_again(line, fork, after, error);
    state_free(middle);
    return good;
}

/* The fork is still at S(n-1). */
static bool
rehearse_fork(const struct line *line, const struct fork *fork, const struct state *after,
              GError **error)
{
    struct run_evidence up = {0};
    const struct stage stage = look_away(line);
    if (!run_direction(&stage, fork->database, fork->evidence->migration, DIRECTION_UP, &up, error))
        return false;
    if (is_complete(&up))
        return run_verify(&stage, fork->database, fork->evidence->migration,
                          &fork->evidence->verify, error) &&
               go_down(line, fork, after, error);
    fork->evidence->down.words = arena_printf(line->stage.arena,
                                              "up ran once, and failed when it was run again from "
                                              "the same state: %s",
                                              up.words);
    return true;
}

/* The second fork, with rows; a copy of the first that was made before anything ran there. */
static bool
rehearse_rows(const struct line *line, const struct fork *fork, const char *copy,
              const GPtrArray *relations, GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    const struct stage stage = look_away(line);
    if (!is_complete(&fork->evidence->down))
        return true;
    return cluster_give_database(cluster, copy, OWNED_BY_LOGIN, error) &&
           rows_rehearse(&stage, copy, relations, fork->evidence, error);
}

static bool
rehearse_forks(const struct line *line, const struct fork *fork, const struct state *after,
               GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    g_autoptr(GPtrArray) relations = rows_relations(fork->evidence);
    g_autofree char *copy = NULL;
    if (relations->len > 0) {
        copy = cluster_fork_database(cluster, fork->database, OWNED_BY_SUPERUSER, error);
        if (copy == NULL)
            return false;
    }
    bool good = cluster_give_database(cluster, fork->database, OWNED_BY_LOGIN, error) &&
                rehearse_fork(line, fork, after, error) &&
                (copy == NULL || rehearse_rows(line, fork, copy, relations, error));
    return (copy == NULL || cluster_drop_database(cluster, copy, good ? error : NULL)) && good;
}

/* While foreign SQL runs in the forks, it does not own the line. */
static bool
use_fork(const struct line *line, const struct fork *fork, const struct state *after,
         GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    return cluster_give_database(cluster, line->database, OWNED_BY_SUPERUSER, error) &&
           rehearse_forks(line, fork, after, error) &&
           cluster_give_database(cluster, line->database, OWNED_BY_LOGIN, error);
}

/* What a failed up may have left is dropped, and the copy made before becomes the line. */
static bool
take_back(struct line *line, struct fork *fork, GError **error)
{
    if (fork->database == NULL)
        return true; /* the transaction was undone */
    char *spoiled = line->database;
    line->database = g_steal_pointer(&fork->database);
    bool done = cluster_drop_database(line->stage.cluster, spoiled, error) &&
                cluster_give_database(line->stage.cluster, line->database, OWNED_BY_LOGIN, error);
    g_free(spoiled);
    return done;
}

/* Whether something runs behind the way up that must not touch the line. */
static bool
needs_fork(const struct migration *migration)
{
    return migration->down.end == PLAN_COMPLETE || migration->verify.end == PLAN_COMPLETE;
}

/* The line is at S(n): compares, and lets the fork show the way back. */
static bool
advance(struct line *line, const struct fork *fork, GError **error)
{
    struct arena *arena = line->stage.arena;
    struct migration_evidence *evidence = fork->evidence;
    struct state *after = state_read(line->stage.cluster, line->database, STATE_WHOLE, error);
    if (after == NULL)
        return false;
    evidence->changes = state_compare(arena, line->state, after);
    evidence->up_removes = state_removals(arena, line->state, line->state, after);
    bool good = needs_fork(evidence->migration)
                    ? use_fork(line, fork, after, error)
                    : run_direction(&line->stage, line->database, evidence->migration,
                                    DIRECTION_DOWN, &evidence->down, error);
    state_free(line->state);
    line->state = after;
    return good;
}

/* A copy of S(n-1), where something runs behind the way up, or where a failure would leave half of
 * the way up.
 */
static bool
make_fork(const struct line *line, struct fork *fork, GError **error)
{
    const struct migration *migration = fork->evidence->migration;
    if (!needs_fork(migration) && migration->up.isolation == IN_TRANSACTION)
        return true;
    fork->database = cluster_fork_database(line->stage.cluster, line->database, OWNED_BY_SUPERUSER,
                                           error);
    return fork->database != NULL;
}

static bool
drop_fork(const struct line *line, struct fork *fork, GError **error)
{
    bool done = fork->database == NULL ||
                cluster_drop_database(line->stage.cluster, fork->database, error);
    g_free(fork->database);
    return done;
}

static bool
rehearse_migration(struct line *line, struct migration_evidence *evidence, GError **error)
{
    struct fork fork = {NULL, evidence};
    evidence->missing = names_keep(line->stage.arena, line->broken);
    bool good = make_fork(line, &fork, error) &&
                run_direction(&line->stage, line->database, evidence->migration, DIRECTION_UP,
                              &evidence->up, error);
    if (good)
        good = is_complete(&evidence->up) ? advance(line, &fork, error)
                                          : take_back(line, &fork, error);
    if (!ran_in_full(&evidence->up))
        g_ptr_array_add(line->broken, (gpointer)(guintptr)evidence->migration->version);
    if (!drop_fork(line, &fork, good ? error : NULL))
        return false;
    evidence->verdict = verdict_decide(line->stage.arena, evidence);
    return good;
}

/* What the results depend on besides the migrations. */
static bool
read_surroundings(const struct line *line, struct rehearsal *rehearsal, GError **error)
{
    static const char sql[] = "SELECT name, setting FROM pg_catalog.pg_settings "
                              "WHERE name IN ('server_version', 'TimeZone', 'lc_collate', "
                              "'default_transaction_isolation') "
                              "ORDER BY name = 'server_version' DESC, name";
    struct rows *rows = NULL;
    if (!cluster_ask(line->stage.cluster, sql, NULL, &rows, error))
        return false;
    struct arena *arena = line->stage.arena;
    size_t count = rows_count(rows);
    g_assert(count > 0);
    rehearsal->server = arena_intern(arena, rows_value(rows, 0, 1));
    rehearsal->settings = (struct names){count - 1, arena_array(arena, count - 1, sizeof(char *))};
    for (size_t i = 1; i < count; i++)
        rehearsal->settings.items[i - 1] = arena_printf(arena, "%s=%s", rows_value(rows, i, 0),
                                                        rows_value(rows, i, 1));
    rows_free(rows);
    return true;
}

static bool
make_schemas(const struct line *line, GError **error)
{
    const struct names *statements = &line->migrations->schemas;
    if (statements->count == 0)
        return true;
    struct connection *session = cluster_connect(line->stage.cluster, line->database, error);
    bool done = session != NULL;
    for (size_t i = 0; done && i < statements->count; i++)
        done = connection_run(session, statements->items[i], NULL, NULL, error);
    connection_close(session);
    return done;
}

static bool
begin(struct line *line, GError **error)
{
    const char *database = cluster_create_database(line->stage.cluster, error);
    if (database == NULL || !cluster_equip_database(line->stage.cluster, database, error))
        return false;
    line->database = g_strdup(database);
    bool dumped = line->migrations->items[0].kind == MIGRATION_DUMP; /* with the table in it */
    if (!dumped &&
        (!run_prepare(&line->stage, line->database, error) || !make_schemas(line, error)))
        return false;
    line->state = state_read(line->stage.cluster, line->database, STATE_WHOLE, error);
    return line->state != NULL;
}

static bool
rehearse_all(struct line *line, struct rehearsal *rehearsal, GError **error)
{
    for (size_t i = 0; i < rehearsal->count; i++) {
        progress_count("Rehearsing", i, rehearsal->count);
        rehearsal->items[i].migration = &line->migrations->items[i];
        if (!interrupt_check(error) || !rehearse_migration(line, &rehearsal->items[i], error))
            return false;
    }
    return true;
}

static bool
rehearse_anew(struct arena *arena, const struct migrations *migrations,
              const struct cluster_limits *limits, struct rehearsal *rehearsal, GError **error)
{
    *rehearsal = (struct rehearsal){
        .migrations = migrations,
        .count = migrations->count,
        .items = arena_array(arena, migrations->count, sizeof *rehearsal->items),
    };
    struct line line = {
        .stage = {cluster_start(limits, error), arena, LOOKS, migrations->key},
        .migrations = migrations,
        .broken = g_ptr_array_new(),
    };
    bool done = line.stage.cluster != NULL && read_surroundings(&line, rehearsal, error) &&
                begin(&line, error) && rehearse_all(&line, rehearsal, error);
    cluster_stop(line.stage.cluster);
    state_free(line.state);
    g_ptr_array_unref(line.broken);
    g_free(line.database);
    progress_clear();
    return done;
}

struct rehearsal
rehearsal_not_run(struct arena *arena, const struct migrations *migrations)
{
    struct rehearsal rehearsal = {
        .migrations = migrations,
        .count = migrations->count,
        .items = arena_array(arena, migrations->count, sizeof *rehearsal.items),
    };
    for (size_t i = 0; i < migrations->count; i++)
        rehearsal.items[i].migration = &migrations->items[i]; /* the rest is zero: not tried */
    return rehearsal;
}

bool
rehearse(struct arena *arena, const struct migrations *migrations,
         const struct cluster_limits *limits, struct rehearsal *rehearsal, GError **error)
{
    struct cache cache = cache_open(migrations, limits);
    bool kept = cache_load(&cache, arena, migrations, rehearsal);
    bool done = kept || rehearse_anew(arena, migrations, limits, rehearsal, error);
    if (done && !kept)
        cache_store(&cache, rehearsal);
    cache_close(&cache);
    return done;
}

struct rehearsal
rehearsal_of_line(const struct rehearsal *all, size_t place, size_t *first)
{
    struct rehearsal part = *all;
    *first = 0;
    if (all->migrations->line_count == 0)
        return part;
    for (size_t i = 0; i < place; i++)
        *first += all->migrations->lines[i].count;
    part.migrations = &all->migrations->lines[place];
    part.count = part.migrations->count;
    part.items = &all->items[*first];
    return part;
}

bool
rehearsal_has_verdict(const struct rehearsal *rehearsal)
{
    for (size_t i = 0; i < rehearsal->count; i++)
        if (rehearsal->items[i].verdict.reversal != REVERSAL_UNKNOWN)
            return true;
    return false;
}
