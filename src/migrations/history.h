/* history.h - the table in which a migration tool writes down what it applied. Who runs migrations
 * writes it as the tool does, so that a migration that touches it meets it. What only the tool's
 * installation knows (its version, the name of who runs it) is the session's user, or left out. */
#ifndef DBDOC_MIGRATIONS_HISTORY_H
#define DBDOC_MIGRATIONS_HISTORY_H

#include "migrations/migration.h"

enum direction { DIRECTION_UP, DIRECTION_DOWN };

/* The statements, in one text, that make the table of a line unless it is there; NULL when its
 * tool's is not known, or is in another database. Free with g_free. */
char *history_table(const struct migrations *line);

/* The statements behind a migration, in one text; NULL when the tool writes none, as those do that
 * know no way down. Free with g_free. */
char *history_row(const struct migrations *line, const struct migration *migration,
                  enum direction direction);

/* Whether a migration is the last one that the tool applied, and whether it is applied no more: a
 * query that returns no rows when it is so. NULL when the tool's table does not tell, as of those
 * that know no way down. Free with g_free. */
enum history_question { HISTORY_HEAD, HISTORY_GONE };
char *history_query(const struct migrations *line, const struct migration *migration,
                    enum history_question question);

#endif
