/* acceptance.h - findings that somebody looked at and found to be fine, by config->acceptances, or
 * by a comment in a migration. */
#ifndef DBDOC_CHECKS_ACCEPTANCE_H
#define DBDOC_CHECKS_ACCEPTANCE_H

#include "checks/run.h"

#define ACCEPTANCE_UNUSED "acceptance-unused"

/* Marks what is accepted on that day, and reports acceptances that accept nothing. An acceptance
 * holds for its object and all that lies within it; the first one that fits counts. */
void acceptances_apply(struct check_run *run, const char *today);

/* What an object lies within: a column's table, the root of a partition, the column that owns a
 * sequence … and at last its schema; NULL behind it. */
const struct object *object_outer(const struct database *database, const struct object *object);

#endif
