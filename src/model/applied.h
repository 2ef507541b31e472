/* applied.h - which migrations a database has, as the history says that their tool keeps in it. */
#ifndef DBDOC_MODEL_APPLIED_H
#define DBDOC_MODEL_APPLIED_H

#include "catalog/catalog.h"
#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

/* struct migration, each that the database has applied, as a set. Without a readable history it is
 * empty: nothing is known to be applied. Free with g_hash_table_unref. */
GHashTable *applied_new(const struct catalog *catalog, const struct migrations *migrations);

/* The history in which a line is kept: of its tool, and with one of its versions in it. NULL when
 * there is none that can be read: then nothing is known of the line. */
const struct history *applied_history(const struct catalog *catalog, const struct migrations *line);

/* Whether an applied version of a history is this migration. */
bool applied_is(const char *version, const struct migration *migration);

/* What the history says of a migration, from its newest row: when it was applied (UTC, where the
 * tool says it) and its checksum. Both NULL when the tool does not keep it, or has no row. */
struct applied_row {
    const char *at;
    const char *checksum;
};
struct applied_row applied_row(const struct history *history, const struct migration *migration);

#endif
