/* cache.h - results of rehearsals, kept by everything that they depend on: the migrations as they
 * would be sent, this build of dbdoc, the server's version, the limits. */
#ifndef DBDOC_REHEARSAL_CACHE_H
#define DBDOC_REHEARSAL_CACHE_H

#include "cluster/cluster.h"
#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>

/* Where a rehearsal is kept, and what it is known by there. */
struct cache {
    char *path; /* one for each line of migrations, so that the cache does not grow; NULL: there is
                   no such place, or no PostgreSQL */
    char *key;
};

struct cache cache_open(const struct migrations *migrations, const struct cluster_limits *limits);
void cache_close(struct cache *cache);

/* False when nothing usable is there. */
bool cache_load(const struct cache *cache, struct arena *arena, const struct migrations *migrations,
                struct rehearsal *rehearsal);

/* Keeps the result, unless it depends on how fast the machine is. A cache that cannot be written is
 * none: the next rehearsal takes its time. */
void cache_store(const struct cache *cache, const struct rehearsal *rehearsal);

#endif
