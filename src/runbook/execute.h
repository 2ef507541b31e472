/* execute.h - the steps of a runbook, done in a database of the throw-away cluster as a person
 * would do them in psql. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_EXECUTE_H
#define DBDOC_RUNBOOK_EXECUTE_H

#include "cluster/cluster.h"
#include "runbook/proof.h"

#include <stdbool.h>

struct execution {
    struct cluster *cluster;
    const char *database;
    struct arena *arena;
    const struct runbook *runbook;
    const struct proof *proof;
    bool limited;                /* time or disk were used up */
    struct step_result *results; /* room for all steps */
    GHashTable *copies;          /* path of a saving → GString: what COPY gave */
};

/* How many steps the runbook has. */
size_t execution_steps(const struct runbook *runbook);

/* Does the steps of these phases in one session, up to the first one of the way down that fails;
 * *ended says whether there was none. What goes wrong is in the results; false when it cannot go
 * on: the server is gone, or the user stopped it. */
bool execute_phases(struct execution *execution, enum runbook_phase first, enum runbook_phase last,
                    bool *ended, GError **error);

#endif
