/* cache.h - evidence of rehearsals, kept for each migration by everything that it depends on: the
 * migration and all before it as they would be sent, this build of dbdoc, the server's version, the
 * limits. */
#ifndef DBDOC_REHEARSAL_CACHE_H
#define DBDOC_REHEARSAL_CACHE_H

#include "cluster/cluster.h"
#include "rehearsal/evidence.h"
#include "rehearsal/states.h"

#include <glib.h>
#include <stdbool.h>

/* Where a rehearsal is kept, and what it is known by there. */
struct cache {
    char *path;  /* of the evidence, one for each line of migrations, so that the cache does not
                    grow; NULL: there is no such place, or no PostgreSQL */
    char *place; /* of the line's states (cluster.h); NULL: there is none */
    struct keys keys; /* each stands for all that the evidence up to there depends on */
};

struct cache cache_open(const struct migrations *migrations, const struct cluster_limits *limits);
void cache_close(struct cache *cache);

/* Fills in the evidence of the first migrations that is known, of how many it says. */
size_t cache_load(const struct cache *cache, struct arena *arena, struct rehearsal *rehearsal);

/* Whether the evidence does not depend on how fast the machine is. */
bool evidence_is_repeatable(const struct migration_evidence *evidence);

/* Keeps the evidence up to the first that is not repeatable. A cache that cannot be written is
 * none: the next rehearsal takes its time. */
void cache_store(const struct cache *cache, const struct rehearsal *rehearsal);

#endif
