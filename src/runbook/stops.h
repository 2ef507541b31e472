/* stops.h - ways down without a transaction, broken off behind each of their statements: what the
 * database is then, and whether the rest of the page leads to its end. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_STOPS_H
#define DBDOC_RUNBOOK_STOPS_H

#include "runbook/procedure.h"
#include "runbook/track.h"

#include <stdbool.h>

/* `base` is a database at the state before the runbook; it stays as it is. */
bool stops_find(const struct procedure_sources *sources, const struct runbook *runbook,
                struct track *track, const char *base, struct proof *proof, GError **error);

#endif
