/* track.h - a database of the throw-away cluster that goes up migration by migration, as the
 * rehearsal's line did: whoever proves a runbook begins where it was. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_TRACK_H
#define DBDOC_RUNBOOK_TRACK_H

#include "rehearsal/run.h"

#include <stdbool.h>

struct track {
    struct stage stage; /* its arena is for what nobody keeps */
    const struct rehearsal *rehearsal;
    char *database;
    size_t place; /* how many migrations are behind it */
};

bool track_open(struct track *track, const struct rehearsal *rehearsal,
                const struct cluster_limits *limits, GError **error);
void track_close(struct track *track);

/* Goes up by the next migration, unless its way up does not run. */
bool track_advance(struct track *track, GError **error);

/* A copy that foreign SQL may change; the track itself is out of its reach until it returns,
 * when the copies are dropped. Free the name with g_free. */
char *track_fork(struct track *track, const char *database, GError **error);
bool track_return(struct track *track, GError **error);

#endif
