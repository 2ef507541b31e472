/* alter.h - a changed fact of an object as the SQL that changes it back. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_ALTER_H
#define DBDOC_RUNBOOK_ALTER_H

#include "catalog/compare.h"

#include <glib.h>

/* The statement for a change from what is wanted to what is there, ended by a semicolon; NULL:
 * dbdoc knows none, or the object is made anew. Free with g_free. */
char *alter_statement(const struct change *change);

#endif
