/* library.h - the runbooks of all migrations that were rehearsed. */
#ifndef DBDOC_RUNBOOK_LIBRARY_H
#define DBDOC_RUNBOOK_LIBRARY_H

#include "cluster/cluster.h"
#include "runbook/procedure.h"

#include <stdbool.h>

struct runbooks {
    size_t count;
    const struct runbook **items; /* beside those of the rehearsal; NULL: its up does not run, or
                                     it is not a version that can go */
};

/* Of all lines, of those migrations alone that are keys of `wanted` (NULL: all), executed within
 * the limits. Arena memory; what goes wrong in a runbook is told by it, FAILURE_DATABASE when there
 * is no server. */
bool runbooks_write(const struct procedure_sources *sources, GHashTable *wanted,
                    const struct cluster_limits *limits, struct runbooks *runbooks, GError **error);

/* That of one migration of the rehearsal; NULL: it has none. */
const struct runbook *runbooks_of(const struct runbooks *runbooks,
                                  const struct rehearsal *rehearsal,
                                  const struct migration_evidence *evidence);

/* How many there are; none of NULL. */
size_t runbooks_count(const struct runbooks *runbooks);

#endif
