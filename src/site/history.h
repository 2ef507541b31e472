/* history.h - which migrations touched which table, view, type or function, as their rehearsal saw
 * it. */
#ifndef DBDOC_SITE_HISTORY_H
#define DBDOC_SITE_HISTORY_H

#include "catalog/catalog.h"
#include "rehearsal/evidence.h"

#include <glib.h>

/* struct object → GPtrArray of const struct migration_evidence *, in their order. Columns, indexes
 * and the like count for what they belong to. `rehearsal` may be NULL. Free with
 * g_hash_table_unref. */
GHashTable *history_new(const struct database *database, const struct rehearsal *rehearsal);

/* struct object → the place, from 1, of the last migration that added it by itself, as
 * GSIZE_TO_POINTER; NULL when `rehearsal` is. */
GHashTable *history_made(const struct database *database, const struct rehearsal *rehearsal);

#endif
