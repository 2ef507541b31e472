/* rights.h - repairs of what the catalog of dbdoc's pages leaves out. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_RIGHTS_H
#define DBDOC_RUNBOOK_RIGHTS_H

#include "rehearsal/evidence.h"

/* Statements, each ended by a semicolon, for those of the differences (from what is wanted to what
 * is there) that are about grants, statistics targets, storage, rules and extended statistics. */
struct names rights_statements(struct arena *arena, const struct differences *differences);

#endif
