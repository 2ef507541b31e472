/* repair.h - SQL that makes of the catalog that down leaves the one that was there before up. Pure;
 * what it cannot repair it says. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_REPAIR_H
#define DBDOC_RUNBOOK_REPAIR_H

#include "base/arena.h"
#include "catalog/catalog.h"

/* Statements in an order in which they can run, each ended by a semicolon. */
struct names repair_statements(struct arena *arena, const struct catalog *wanted,
                               const struct catalog *found);

#endif
