/* blind.h - rules that find something missing, where the role that reads may not see whether it is
 * there. */
#ifndef DBDOC_CHECKS_BLIND_H
#define DBDOC_CHECKS_BLIND_H

#include "checks/checks.h"

/* Whether the rule would take what is not visible for what is not there. */
bool rule_is_blind(const struct rule *rule, const struct catalog *catalog);

#endif
