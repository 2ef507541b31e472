/* prove.h - runbooks executed: in a copy of the throw-away cluster's database at the state that the
 * page is written for, with rows in every table. */
#ifndef DBDOC_RUNBOOK_PROVE_H
#define DBDOC_RUNBOOK_PROVE_H

#include "cluster/cluster.h"
#include "runbook/procedure.h"

#include <stdbool.h>

/* Beside the spans; arena memory. What goes wrong in a runbook is in its proof; FAILURE_DATABASE
 * when there is no server. */
bool prove_runbooks(const struct procedure_sources *sources, const struct spans *spans,
                    const struct cluster_limits *limits, const struct proof **proofs,
                    GError **error);

#endif
