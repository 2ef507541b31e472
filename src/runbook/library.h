/* library.h - the runbooks of all migrations that were rehearsed. */
#ifndef DBDOC_RUNBOOK_LIBRARY_H
#define DBDOC_RUNBOOK_LIBRARY_H

#include "runbook/procedure.h"

struct runbooks {
    size_t count;
    const struct runbook **items; /* beside those of the rehearsal; NULL: its up does not run, or
                                     it is not a version that can go */
};

/* `proofs` are beside those of the rehearsal; NULL: none were made. Arena memory. */
struct runbooks runbooks_new(const struct procedure_sources *sources,
                             const struct proof *const *proofs);

/* That of one migration of the rehearsal; NULL: it has none. */
const struct runbook *runbooks_of(const struct runbooks *runbooks,
                                  const struct rehearsal *rehearsal,
                                  const struct migration_evidence *evidence);

/* How many there are; none of NULL. */
size_t runbooks_count(const struct runbooks *runbooks);

/* Whether a migration can have a runbook. */
bool runbook_fits(const struct migration_evidence *evidence);

#endif
