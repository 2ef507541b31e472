/* branch.h - psql's \if, \elif, \else and \endif as a stack. */
#ifndef DBDOC_SOURCE_BRANCH_H
#define DBDOC_SOURCE_BRANCH_H

#include <glib.h>
#include <stdbool.h>

GArray *branches_new(void);

/* `value` is the condition as psql reads it: "true", "on", "1" …; NULL and anything else is false.
 */
void branch_open(GArray *branches, const char *value);

/* \elif, and \else with a true value; false when no branch is open. */
bool branch_next(GArray *branches, const char *value);
bool branch_close(GArray *branches);

bool branch_is_active(const GArray *branches);

#endif
