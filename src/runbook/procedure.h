/* procedure.h - from evidence to a runbook; pure. */
#ifndef DBDOC_RUNBOOK_PROCEDURE_H
#define DBDOC_RUNBOOK_PROCEDURE_H

#include "model/model.h"
#include "runbook/proof.h"
#include "runbook/said.h"

struct procedure_sources {
    struct arena *arena;
    const struct rehearsal *rehearsal; /* that ran */
    const struct model *model;         /* sizes and neighbours; NULL: not known */
    const struct sayings *sayings;     /* NULL: none */
};

/* Migrations of the rehearsal, both ends included. */
struct span {
    size_t first;
    size_t last;
};

/* By their last migration. */
struct spans {
    size_t count;
    const struct span *items;
};

/* `proof` may be NULL: then nothing was executed, and what a server would have to be asked for is
 * left out. */
const struct runbook *procedure_new(const struct procedure_sources *sources,
                                    const struct span *span, const struct proof *proof);

/* Why nothing of it can be executed; NULL: its way down is written, known, and ran. */
const char *procedure_obstacle(const struct procedure_sources *sources, const struct span *span);

#endif
