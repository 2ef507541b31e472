/* renames.h - what migrations say they rename: a table or a column stays what it is, whatever else
 * they do to it. */
#ifndef DBDOC_MIGRATIONS_RENAMES_H
#define DBDOC_MIGRATIONS_RENAMES_H

#include "catalog/renames.h"
#include "migrations/migration.h"

#include <glib.h>

/* struct rename, of the ways up of all migrations in their order; paths are as the statements have
 * them. Texts live in the arena. Free with g_array_unref. */
GArray *migrations_renames(struct arena *arena, const struct migrations *migrations);

#endif
