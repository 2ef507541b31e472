/* line.c - where the line begins, and what it leaves to the next rehearsal. */
#include "rehearsal/line.h"

#include "base/interrupt.h"
#include "base/progress.h"
#include "cluster/kept.h"
#include "rehearsal/states.h"

/* Copies for later rehearsals must not use up what this one may. */
#define ROOM_FOR_STATES ((guint64)256 * 1024 * 1024)

bool
run_is_complete(const struct run_evidence *run)
{
    return run->end == RUN_COMPLETE;
}

size_t
rehearsal_known(const struct rehearsal *rehearsal)
{
    size_t known = 0;
    while (known < rehearsal->count && rehearsal->items[known].up.end != RUN_NOT_TRIED)
        known++;
    return known;
}

struct stage
line_look_away(const struct line *line)
{
    struct stage stage = line->stage;
    stage.attention = LOOKS_AWAY;
    return stage;
}

bool
migration_needs_fork(const struct migration *migration)
{
    return migration->down.end == PLAN_COMPLETE || migration->verify.end == PLAN_COMPLETE;
}

bool
line_take_back(struct line *line, char *copy, GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    g_autofree char *spoiled = line->database;
    line->database = copy;
    return cluster_drop_database(cluster, spoiled, error) &&
           cluster_give_database(cluster, copy, OWNED_BY_LOGIN, error) &&
           surroundings_return(cluster, &line->surroundings, error);
}

static void
note_outcome(struct line *line, const struct migration_evidence *evidence)
{
    if (!run_is_complete(&evidence->up) || run_leaves_out(&evidence->up))
        g_ptr_array_add(line->broken, (gpointer)(guintptr)evidence->migration->version);
    line->repeatable = line->repeatable && evidence_is_repeatable(evidence);
}

bool
line_pass(struct line *line, const struct migration_evidence *evidence, size_t place,
          GError **error)
{
    const struct keys *keys = &line->cache->keys;
    note_outcome(line, evidence);
    if (line->cache->place == NULL || !line->repeatable || place + STATES_MOST < keys->count)
        return true;
    return states_take(line->stage.cluster, line->database, keys->items[place + 1],
                       &line->surroundings, error);
}

static bool
begin_empty(struct line *line, GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    line->database = run_begin(&line->stage, line->migrations, error);
    return line->database != NULL && (line->cache->place == NULL || states_begin(cluster, error)) &&
           surroundings_read(cluster, &line->surroundings, error);
}

/* Where a kept state is on the line, up to what is known; 0 for nowhere. */
static size_t
find_kept(const struct line *line, size_t known)
{
    g_autofree char *label = line->cache->place == NULL ? NULL : kept_label(line->cache->place);
    return states_find(label, &line->cache->keys, known);
}

/* False without an error: what is kept cannot be used. */
static bool
begin_as_kept(struct line *line, size_t place, const struct cluster_limits *limits, GError **error)
{
    g_autoptr(GError) problem = NULL;
    struct stage *stage = &line->stage;
    stage->cluster = cluster_start_at(limits, line->cache->place, BEGINS_AS_KEPT, &problem);
    if (stage->cluster != NULL)
        line->database = states_return(stage->cluster, &line->cache->keys, place,
                                       &line->surroundings, &problem);
    if (line->database != NULL)
        return true;
    cluster_stop(stage->cluster);
    stage->cluster = NULL;
    interrupt_check(error);
    return false;
}

/* The place of the line's first state. */
static bool
begin(struct line *line, size_t known, const struct cluster_limits *limits, size_t *place,
      GError **error)
{
    GError *stopped = NULL;
    *place = find_kept(line, known);
    if (*place > 0 && begin_as_kept(line, *place, limits, &stopped))
        return true;
    *place = 0;
    if (stopped != NULL) {
        g_propagate_error(error, stopped);
        return false;
    }
    line->stage.cluster = cluster_start_at(limits, line->cache->place, BEGINS_EMPTY, error);
    return line->stage.cluster != NULL && begin_empty(line, error);
}

/* A migration's way up, as it is known to go. Of one that may fail, a copy is made before. */
static bool
replay(struct line *line, struct migration_evidence *evidence, GError **error)
{
    struct cluster *cluster = line->stage.cluster;
    const struct stage stage = line_look_away(line);
    bool unknown = evidence->up.end == RUN_NOT_TRIED;
    g_autofree char *copy = NULL;
    struct run_evidence up = {0};
    if (!run_is_complete(&evidence->up)) {
        copy = cluster_fork_database(cluster, line->database, OWNED_BY_SUPERUSER, error);
        if (copy == NULL)
            return false;
    }
    if (!run_direction(&stage, line->database, evidence->migration, DIRECTION_UP, &up, error))
        return false;
    if (unknown)
        evidence->up = up;
    line->doubtful = line->doubtful || up.end != evidence->up.end;
    if (!run_is_complete(&evidence->up))
        return line_take_back(line, g_steal_pointer(&copy), error);
    return (copy == NULL || cluster_drop_database(cluster, copy, error)) &&
           surroundings_read(cluster, &line->surroundings, error);
}

static bool
replay_all(struct line *line, struct rehearsal *rehearsal, size_t place, size_t count,
           GError **error)
{
    for (size_t i = 0; i < count && !line->doubtful; i++) {
        struct migration_evidence *evidence = &rehearsal->items[i];
        if (i >= place) {
            progress_count("Going up", i, count);
            if (!interrupt_check(error) || !replay(line, evidence, error))
                return false;
        }
        if (i < place)
            note_outcome(line, evidence);
        else if (!line_pass(line, evidence, i, error))
            return false;
    }
    return true;
}

bool
line_open(struct line *line, struct rehearsal *rehearsal, size_t count,
          const struct cluster_limits *limits, GError **error)
{
    size_t place = 0;
    size_t known = MIN(rehearsal_known(rehearsal), count);
    line->broken = g_ptr_array_new();
    line->repeatable = limits->bytes >= ROOM_FOR_STATES;
    if (!begin(line, known, limits, &place, error) ||
        !replay_all(line, rehearsal, place, count, error))
        return false;
    line->state = state_read(line->stage.cluster, line->database, STATE_WHOLE, error);
    return line->state != NULL;
}

/* What the next rehearsal may begin with, if there is anything. */
static char *
leave_states(const struct line *line)
{
    struct cluster *cluster = line->stage.cluster;
    return line->cache->place != NULL && cluster_drop_database(cluster, line->database, NULL)
               ? states_close(cluster, &line->cache->keys, NULL)
               : NULL;
}

void
line_close(struct line *line, enum line_end end)
{
    g_autofree char *label = end == LINE_DONE ? leave_states(line) : NULL;
    cluster_keep(line->stage.cluster, label);
    state_free(line->state);
    surroundings_clear(&line->surroundings);
    g_clear_pointer(&line->broken, g_ptr_array_unref);
    g_clear_pointer(&line->database, g_free);
    progress_clear();
}
