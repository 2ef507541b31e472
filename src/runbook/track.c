/* track.c - ways up whose end is known. */
#include "runbook/track.h"

#include "base/failure.h"

static bool
make_schemas(const struct track *track, GError **error)
{
    const struct names *statements = &track->rehearsal->migrations->schemas;
    if (statements->count == 0)
        return true;
    struct connection *session = cluster_connect(track->stage.cluster, track->database, error);
    bool done = session != NULL;
    for (size_t i = 0; done && i < statements->count; i++)
        done = connection_run(session, statements->items[i], NULL, NULL, error);
    connection_close(session);
    return done;
}

bool
track_open(struct track *track, const struct rehearsal *rehearsal,
           const struct cluster_limits *limits, GError **error)
{
    *track = (struct track){
        .stage = {cluster_start(limits, error), arena_new(), LOOKS_AWAY,
                  rehearsal->migrations->key},
        .rehearsal = rehearsal,
    };
    struct cluster *cluster = track->stage.cluster;
    const char *database = cluster == NULL ? NULL : cluster_create_database(cluster, error);
    if (database == NULL || !cluster_equip_database(cluster, database, error))
        return false;
    track->database = g_strdup(database);
    bool dumped = rehearsal->migrations->items[0].kind == MIGRATION_DUMP;
    return dumped || (run_prepare(&track->stage, database, error) && make_schemas(track, error));
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
