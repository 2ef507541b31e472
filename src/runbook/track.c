/* track.c - ways up whose end is known. */
#include "runbook/track.h"

#include "base/failure.h"

bool
track_open(struct track *track, const struct rehearsal *rehearsal,
           const struct cluster_limits *limits, GError **error)
{
    *track = (struct track){
        .stage = {cluster_start(limits, error), arena_new(), LOOKS_AWAY, rehearsal->migrations},
        .rehearsal = rehearsal,
    };
    if (track->stage.cluster != NULL)
        track->database = run_begin(&track->stage, rehearsal->migrations, error);
    return track->database != NULL;
}

void
track_close(struct track *track)
{
    cluster_stop(track->stage.cluster);
    arena_free(track->stage.arena);
    g_free(track->database);
}

bool
track_advance(struct track *track, GError **error)
{
    const struct migration_evidence *evidence = &track->rehearsal->items[track->place++];
    struct run_evidence up = {0};
    if (evidence->up.end != RUN_COMPLETE)
        return true;
    if (!run_direction(&track->stage, track->database, evidence->migration, DIRECTION_UP, &up,
                       error))
        return false;
    return up.end == RUN_COMPLETE ||
           failure_set(error, FAILURE_DATABASE,
                       "migration %s went up in the rehearsal and does not now: %s. Run dbdoc "
                       "again.",
                       evidence->migration->version, up.words);
}

char *
track_fork(struct track *track, const char *database, GError **error)
{
    struct cluster *cluster = track->stage.cluster;
    if (!cluster_give_database(cluster, database, OWNED_BY_SUPERUSER, error))
        return NULL;
    return cluster_fork_database(cluster, database, OWNED_BY_LOGIN, error);
}

bool
track_return(struct track *track, GError **error)
{
    return cluster_give_database(track->stage.cluster, track->database, OWNED_BY_LOGIN, error);
}
