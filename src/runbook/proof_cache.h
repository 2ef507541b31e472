/* proof_cache.h - proofs of runbooks, kept by everything that they depend on: the evidence, and
 * what that is kept by. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_PROOF_CACHE_H
#define DBDOC_RUNBOOK_PROOF_CACHE_H

#include "cluster/cluster.h"
#include "runbook/procedure.h"

#include <stdbool.h>

/* Where the proofs of these spans are kept, and what they are known by there; path NULL: there is
 * no such place. */
struct proof_cache {
    char *path;
    char *key;
};

struct proof_cache proof_cache_open(const struct rehearsal *rehearsal, const struct spans *spans,
                                    const struct cluster_limits *limits);
void proof_cache_close(struct proof_cache *cache);

/* False when nothing usable is there. */
bool proof_cache_load(const struct proof_cache *cache, struct arena *arena,
                      const struct rehearsal *rehearsal, size_t count, const struct proof **proofs);

/* A cache that cannot be written is none: the next proof takes its time. */
void proof_cache_store(const struct proof_cache *cache, const struct rehearsal *rehearsal,
                       size_t count, const struct proof *const *proofs);

#endif
