/* history.h - the table in which a migration tool writes down what it applied. A rehearsal writes
 * it as the tool does: in the same transaction, so that a migration that touches it meets it. */
#ifndef DBDOC_REHEARSAL_HISTORY_H
#define DBDOC_REHEARSAL_HISTORY_H

#include "migrations/migration.h"

enum direction { DIRECTION_UP, DIRECTION_DOWN };

/* Whether dbdoc knows how the tool ("Ecto") does it. */
bool history_is_known(const char *tool);

/* The statement that makes the table; NULL when it is not known. */
const char *history_table(const char *tool);

/* The statement behind a migration; NULL when it is not known. Free with g_free. */
char *history_row(const char *tool, const struct migration *migration, enum direction direction);

#endif
