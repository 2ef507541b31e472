/* history.h - the table in which a migration tool writes down what it applied. Who runs migrations
 * writes it as the tool does, so that a migration that touches it meets it. Known for the tools
 * that have a file in sql/. */
#ifndef DBDOC_MIGRATIONS_HISTORY_H
#define DBDOC_MIGRATIONS_HISTORY_H

#include "migrations/migration.h"

enum direction { DIRECTION_UP, DIRECTION_DOWN };

/* The statements, in one text, that make the table unless it is there; NULL when the tool's (the
 * key of struct migrations) is not known. Free with g_free. */
char *history_table(const char *tool);

/* The statement behind a migration; NULL when it is not known, or when the tool writes none. Free
 * with g_free. */
char *history_row(const char *tool, const struct migration *migration, enum direction direction);

#endif
