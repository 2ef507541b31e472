/* risks.h - what is risky in one act of a migration. The catalogue is the table in risks.c; a rule
 * of the same slug runs it. */
#ifndef DBDOC_CHECKS_RISKS_H
#define DBDOC_CHECKS_RISKS_H

#include "checks/deeds.h"
#include "checks/run.h"

/* Adds how to do it without the risk, where that can be said of this statement. */
typedef void risk_fix(struct check_run *run, struct finding *finding, const struct deed *deed);

/* risk_fixes.c */
risk_fix fix_concurrently;      /* the word CONCURRENTLY where it belongs */
risk_fix fix_detach;            /* likewise, behind the partition */
risk_fix fix_validate_later;    /* NOT VALID, and VALIDATE CONSTRAINT behind it */
risk_fix fix_not_null_by_check; /* a CHECK that is validated first spares the scan */

/* Evidence of a deed: statement, place, lock, what it reads and writes, rows that were observed. */
void risk_evidence(struct check_run *run, struct finding *finding, const struct deed *deed);

#endif
