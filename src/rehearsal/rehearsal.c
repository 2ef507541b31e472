/* rehearsal.c - the line and its forks. */
#include "rehearsal/rehearsal.h"

#include "base/interrupt.h"
#include "base/progress.h"
#include "rehearsal/line.h"
#include "rehearsal/parts.h"
#include "rehearsal/questions.h"
#include "rehearsal/rows.h"
#include "rehearsal/verdict.h"

/* The fork of one migration. */
struct fork {
    char *database;
    struct migration_evidence *evidence;
    struct shapes shapes;
};

/* S(n) to what a second up makes of what down left. */
static bool
go_up_again(const struct line *line, const struct fork *fork, const struct state *after,
            GError **error)
{
    struct migration_evidence *evidence = fork->evidence;
    const struct stage stage = line_look_away(line);
    if (!run_direction(&stage, fork->database, evidence->migration, DIRECTION_UP, &evidence->again,
                       error))
        return false;
    if (!run_is_complete(&evidence->again))
        return true;
    struct state *again = state_read(line->stage.cluster, fork->database, STATE_WHOLE, error);
    if (again == NULL)
        return false;
    evidence->again_differs = state_compare(line->stage.arena, after, again);
    state_free(again);
    return true;
}

static bool
compare_restored(const struct line *line, struct fork *fork, const struct state *middle,
                 GError **error)
{
    struct arena *arena = line->stage.arena;
    struct state *restored = state_read(line->stage.cluster, fork->database, STATE_WHOLE, error);
    if (restored == NULL)
        return false;
    fork->evidence->left = state_compare(arena, line->state, restored);
    fork->evidence->down_removes = state_removals(arena, line->state, middle, restored);
    state_free(restored);
    struct shapes *shapes = &fork->shapes;
    if (shapes->relations != NULL)
        shapes->after_down = shape_read(&line->stage, fork->database, shapes->relations, error);
    return shapes->relations == NULL || shapes->after_down != NULL;
}

static bool
go_down(const struct line *line, struct fork *fork, const struct state *after, GError **error)
{
    struct migration_evidence *evidence = fork->evidence;
    struct state *middle = state_read(line->stage.cluster, fork->database, STATE_IDENTITIES, error);
    bool good = middle != NULL && run_direction(&line->stage, fork->database, evidence->migration,
                                                DIRECTION_DOWN, &evidence->down, error);
    if (good && run_is_complete(&evidence->down))
        good = compare_restored(line, fork, middle, error) && go_up_again(line, fork, after, error);
    state_free(middle);
    return good;
}

/* The fork is still at S(n-1). */
static bool
rehearse_fork(const struct line *line, struct fork *fork, const struct state *after, GError **error)
{
    struct run_evidence up = {0};
    const struct stage stage = line_look_away(line);
    if (!migration_needs_fork(fork->evidence->migration))
        return run_direction(&stage, fork->database, fork->evidence->migration, DIRECTION_DOWN,
                             &fork->evidence->down, error);
    if (!run_direction(&stage, fork->database, fork->evidence->migration, DIRECTION_UP, &up, error))
        return false;
    if (run_is_complete(&up))
        return run_verify(&stage, fork->database, fork->evidence->migration,
                          &fork->evidence->verify, error) &&
               go_down(line, fork, after, error);
    fork->evidence->down.words = arena_printf(line->stage.arena,
                                              "up ran once, and failed when it was run again from "
                                              "the same state: %s",
                                              up.words);
    return true;
}

/* Ends a fork (its name is freed), so that the next one begins with the line's surroundings. */
static bool
end_fork(const struct line *line, char **database, GError **error)
{
    g_autofree char *over = g_steal_pointer(database);
    return over == NULL || (cluster_drop_database(line->stage.cluster, over, error) &&
                            surroundings_return(line->stage.cluster, &line->surroundings, error));
}

/* The second fork, with rows; a copy of the first that was made before anything ran there. */
static bool
rehearse_rows(const struct line *line, const struct fork *fork, const char *copy,
              const GPtrArray *relations, GError **error)
{
    const struct stage stage = line_look_away(line);
    return cluster_give_database(line->stage.cluster, copy, OWNED_BY_LOGIN, error) &&
           rows_rehearse(&stage, copy, relations, &fork->shapes, fork->evidence, error);
}

/* The fork is still at S(n-1), the line at S(n). */
static bool
read_shapes(const struct line *line, struct fork *fork, const GPtrArray *relations, GError **error)
{
    struct shapes *shapes = &fork->shapes;
    const struct stage *stage = &line->stage;
    shapes->line = line->database;
    shapes->before_up = shape_find(stage, fork->database, relations, &shapes->relations, error);
    if (shapes->before_up != NULL)
        shapes->after_up = shape_read(stage, line->database, shapes->relations, error);
    return shapes->after_up != NULL;
}

static void
clear_shapes(struct shapes *shapes)
{
    g_free(shapes->relations);
    rows_free(shapes->before_up);
    rows_free(shapes->after_up);
    rows_free(shapes->after_down);
}

static bool
rehearse_forks(const struct line *line, struct fork *fork, const GPtrArray *relations,
               const struct state *after, GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    bool meets_rows = relations->len > 0;
    char *copy = NULL;
    bool good = true;
    if (meets_rows) {
        copy = cluster_fork_database(cluster, fork->database, OWNED_BY_SUPERUSER, error);
        good = copy != NULL && read_shapes(line, fork, relations, error);
    }
    good = good && cluster_give_database(cluster, fork->database, OWNED_BY_LOGIN, error) &&
           rehearse_fork(line, fork, after, error) && end_fork(line, &fork->database, error) &&
           (!meets_rows || rehearse_rows(line, fork, copy, relations, error));
    return end_fork(line, &copy, good ? error : NULL) && good;
}

/* While foreign SQL runs in the forks, it does not own the line. */
static bool
use_fork(const struct line *line, struct fork *fork, const struct state *after, GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    g_autoptr(GPtrArray) relations = rows_relations(fork->evidence);
    if (relations->len == 0 && !migration_needs_fork(fork->evidence->migration))
        return run_direction(&line->stage, line->database, fork->evidence->migration,
                             DIRECTION_DOWN, &fork->evidence->down, error);
    return cluster_give_database(cluster, line->database, OWNED_BY_SUPERUSER, error) &&
           rehearse_forks(line, fork, relations, after, error) &&
           cluster_give_database(cluster, line->database, OWNED_BY_LOGIN, error);
}

/* The line is at S(n): compares, and lets the fork show the way back. */
static bool
advance(struct line *line, struct fork *fork, GError **error)
{
    struct arena *arena = line->stage.arena;
    struct migration_evidence *evidence = fork->evidence;
    struct state *after = state_read(line->stage.cluster, line->database, STATE_WHOLE, error);
    if (after == NULL || !surroundings_read(line->stage.cluster, &line->surroundings, error)) {
        state_free(after);
        return false;
    }
    evidence->changes = state_compare(arena, line->state, after);
    evidence->up_removes = state_removals(arena, line->state, line->state, after);
    bool good = use_fork(line, fork, after, error);
    state_free(line->state);
    line->state = after;
    return good;
}

static bool
rehearse_migration(struct line *line, struct migration_evidence *evidence, size_t place,
                   GError **error)
{
    struct fork fork = {.evidence = evidence};
    evidence->missing = names_keep(line->stage.arena, line->broken);
    fork.database = cluster_fork_database(line->stage.cluster, line->database, OWNED_BY_SUPERUSER,
                                          error);
    bool good = fork.database != NULL &&
                run_direction(&line->stage, line->database, evidence->migration, DIRECTION_UP,
                              &evidence->up, error);
    if (good)
        good = run_is_complete(&evidence->up)
                   ? advance(line, &fork, error)
                   : line_take_back(line, g_steal_pointer(&fork.database), error);
    clear_shapes(&fork.shapes);
    if (!end_fork(line, &fork.database, good ? error : NULL) || !good)
        return false;
    evidence->verdict = verdict_decide(line->stage.arena, evidence);
    return line_pass(line, evidence, place, error);
}

/* What the results depend on besides the migrations. */
static bool
read_surroundings(const struct line *line, struct rehearsal *rehearsal, GError **error)
{
    static const char sql[] =
        "SELECT name, setting FROM (SELECT name, setting FROM pg_catalog.pg_settings "
        "WHERE name IN ('server_version', 'TimeZone', "
        "'default_transaction_isolation') UNION ALL "
        "SELECT 'lc_collate', datcollate FROM pg_catalog.pg_database "
        "WHERE datname = pg_catalog.current_database()) s "
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
rehearse_all(struct line *line, const struct part *part, GError **error)
{
    const struct rehearsal *rehearsal = part->rehearsal;
    for (size_t i = part->first; i < part->end; i++) {
        progress_count("Rehearsing", i, rehearsal->count);
        if (!interrupt_check(error) || !rehearse_migration(line, &rehearsal->items[i], i, error))
            return false;
    }
    return true;
}

/* What this server cannot show of another one. */
static void
note_caveats(const struct line *line, const struct cluster_limits *limits,
             struct rehearsal *rehearsal)
{
    g_autoptr(GPtrArray) caveats = g_ptr_array_new();
    unsigned major = cluster_major(line->stage.cluster);
    if (limits->major != 0 && limits->major != major)
        g_ptr_array_add(caveats,
                        arena_printf(line->stage.arena,
                                     "Rehearsed on PostgreSQL %u and not on %u, for which the "
                                     "migrations are: locks, rewrites and what is refused may be "
                                     "other ones there.",
                                     major, limits->major));
    cluster_tell_caveats(line->stage.cluster, caveats);
    rehearsal->caveats = names_keep(line->stage.arena, caveats);
}

static bool
rehearse_on(struct line *line, const struct part *part, GError **error)
{
    struct rehearsal *rehearsal = part->rehearsal;
    if (!line_open(line, rehearsal, part->first, part->limits, error))
        return false;
    if (line->doubtful)
        return true;
    if (!read_surroundings(line, rehearsal, error))
        return false;
    note_caveats(line, part->limits, rehearsal);
    return rehearse_all(line, part, error);
}

/* In *doubtful, whether the line contradicted on its way what is known. */
static bool
rehearse_part(const struct part *part, bool *doubtful, GError **error)
{
    const struct migrations *migrations = part->rehearsal->migrations;
    struct line line = {
        .stage = {NULL, part->arena, LOOKS, migrations},
        .migrations = migrations,
        .cache = part->cache,
    };
    bool done = rehearse_on(&line, part, error);
    *doubtful = line.doubtful;
    line_close(&line, done && !line.doubtful ? LINE_DONE : LINE_BROKEN_OFF);
    return done;
}

/* What comes after the migrations whose evidence is there: in parts at once, or else in one. When
 * evidence turns out not to be believed, all begins anew. */
static bool
rehearse_rest(const struct part *rest, GError **error)
{
    struct rehearsal *rehearsal = rest->rehearsal;
    bool doubtful = false;
    bool done = parts_are_worth_it(rest) ? parts_rehearse(rest, rehearse_part, &doubtful, error)
                                         : rehearse_part(rest, &doubtful, error);
    if (!done || !doubtful)
        return done;
    *rehearsal = rehearsal_not_run(rest->arena, rehearsal->migrations);
    struct part all = *rest;
    all.first = 0;
    return rehearse_part(&all, &doubtful, error);
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
        rehearsal.items[i] = (struct migration_evidence){/* the rest is zero: not tried */
                                                         .migration = &migrations->items[i],
                                                         .transactions = migrations->transactions};
    return rehearsal;
}

bool
rehearse(struct arena *arena, const struct migrations *migrations,
         const struct cluster_limits *limits, struct rehearsal *rehearsal, GError **error)
{
    struct cache cache = cache_open(migrations, limits);
    *rehearsal = rehearsal_not_run(arena, migrations);
    size_t known = cache_load(&cache, arena, rehearsal);
    const struct part rest = {arena, &cache, limits, rehearsal, known, migrations->count};
    bool done = known == migrations->count;
    if (!done && rehearse_rest(&rest, error)) {
        cache_store(&cache, rehearsal);
        done = true;
    }
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
