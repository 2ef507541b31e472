/* trials.h - indexes that are not there, made in a transaction that is rolled back, to see what
 * queries would cost with them. For planner/ alone. */
#ifndef DBDOC_PLANNER_TRIALS_H
#define DBDOC_PLANNER_TRIALS_H

#include "planner/planner.h"

/* Sets `missing` of each plan by statistics that one index makes much cheaper. EXPLAINs are added
 * to `plans`; indexes beyond a limit are not tried, and counted there. */
bool trials_make(const struct plan_request *request, struct query_plan *items,
                 struct query_plans *plans, GError **error);

#endif
