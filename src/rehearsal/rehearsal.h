/* rehearsal.h - runs migrations up, down and up again in the throw-away PostgreSQL.
 *
 * The line S0, S1, … advances by `up` alone and holds no rows but those that migrations write. Each
 * migration goes down on a fork of its own, so that no verdict can spoil the next. An up that fails
 * leaves the line where it was. What was rehearsed once, by this build and on this version of
 * PostgreSQL, comes from the user's cache. */
#ifndef DBDOC_REHEARSAL_H
#define DBDOC_REHEARSAL_H

#include "cluster/cluster.h"
#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>

/* The migrations stay the caller's and must live as long as the arena. FAILURE_DATABASE when there
 * is no server to rehearse on; what is wrong with migrations is in the evidence. */
bool rehearse(struct arena *arena, const struct migrations *migrations,
              const struct cluster_limits *limits, struct rehearsal *rehearsal, GError **error);

/* The migrations as they are read, each not tried, for what shows them all the same. Arena memory.
 */
struct rehearsal rehearsal_not_run(struct arena *arena, const struct migrations *migrations);

/* What was seen of one line among several, the place of whose first migration is *first. */
struct rehearsal rehearsal_of_line(const struct rehearsal *all, size_t place, size_t *first);

/* Whether any migration got a verdict. */
bool rehearsal_has_verdict(const struct rehearsal *rehearsal);

#endif
