/* state.h - a database at one moment, as far as two moments are compared: its catalog, what the
 * catalog leaves out, and the identities of what holds data. */
#ifndef DBDOC_REHEARSAL_STATE_H
#define DBDOC_REHEARSAL_STATE_H

#include "cluster/cluster.h"
#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>

struct state;

enum state_depth {
    STATE_WHOLE,
    STATE_IDENTITIES, /* enough for state_removals alone */
};

/* Reads over a session of dbdoc's: what foreign SQL left in its session does not reach it. */
struct state *state_read(struct cluster *cluster, const char *database, enum state_depth depth,
                         GError **error);
void state_free(struct state *state);

/* Of a WHOLE state; lives as long as it. */
const struct catalog *state_catalog(const struct state *state);

/* What differs, in the catalog's order; texts in the arena. */
struct differences state_compare(struct arena *arena, const struct state *before,
                                 const struct state *after);

/* What held data in `before` and is gone in `after`; `original` tells what was there before the
 * migration. A table's columns are not listed again. */
struct removals state_removals(struct arena *arena, const struct state *original,
                               const struct state *before, const struct state *after);

#endif
