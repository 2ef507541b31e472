/* migrate.h - brings an empty database to where a folder of migrations leads: every way up, in the
 * tool's order and in its transactions. */
#ifndef DBDOC_SOURCE_MIGRATE_H
#define DBDOC_SOURCE_MIGRATE_H

#include "migrations/migration.h"
#include "source/loader.h"

#include <glib.h>
#include <stdbool.h>

/* FAILURE_DATABASE with file, line, statement and the server's words, as for SQL files. What cannot
 * be read is left out with a remark. */
bool migrate_up(struct loader *loader, const struct migrations *migrations, GError **error);

#endif
