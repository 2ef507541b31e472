/* deeds.h - what the way up of a migration does, act by act, and what was seen of it. Pure. */
#ifndef DBDOC_CHECKS_DEEDS_H
#define DBDOC_CHECKS_DEEDS_H

#include "checks/run.h"
#include "postgres/acts.h"
#include "rehearsal/evidence.h"

#include <stdbool.h>
#include <stddef.h>

struct deed {
    const struct act *act;
    const char *sql; /* the whole statement */
    const char *file;
    unsigned line;
    bool single;          /* the statement does nothing else */
    size_t statement;     /* its number in the migration, from 0 */
    const char *relation; /* what it locks, as the evidence names it; what the statement names when
                             nothing was seen; NULL: none */
    bool was_there;       /* before the migration began */
    bool seen;            /* locks, rewrites and scans are known */
    bool alone;           /* it runs outside a transaction */
    enum lock_mode lock;  /* the strongest on the relation until the end of the transaction, by this
                             statement or before it */
    enum lock_mode held;  /* the strongest on the relation before it */
    const char *rewrite;  /* why the relation is written anew; NULL: it is not, or not seen */
    bool scanned;         /* the whole relation is read */
};

struct deeds {
    size_t count;
    const struct deed *items;
};

/* Those of one migration; they live as long as the run. */
const struct deeds *check_deeds(struct check_run *run, const struct migration_evidence *evidence);

#endif
