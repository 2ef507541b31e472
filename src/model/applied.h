/* applied.h - which migrations a database has, as the history says that their tool keeps in it. */
#ifndef DBDOC_MODEL_APPLIED_H
#define DBDOC_MODEL_APPLIED_H

#include "catalog/catalog.h"
#include "migrations/migration.h"

#include <glib.h>

/* struct migration, each that the database has applied, as a set. Without a readable history it is
 * empty: nothing is known to be applied. Free with g_hash_table_unref. */
GHashTable *applied_new(const struct catalog *catalog, const struct migrations *migrations);

#endif
