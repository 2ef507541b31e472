/* history.h - the table in which a migration tool keeps what it applied. Migrations change it, and
 * databases that the tool made have it; so has the throw-away one, for tools whose table is known
 * exactly (src/migrations/sql). */
#ifndef DBDOC_SOURCE_HISTORY_H
#define DBDOC_SOURCE_HISTORY_H

#include "migrations/migration.h"
#include "source/loader.h"

#include <glib.h>
#include <stdbool.h>

/* Makes the table, unless it is there. FAILURE_DATABASE. */
bool history_create(struct loader *loader, const struct migrations *migrations, GError **error);

/* Fills it in a new session. Where that is refused (a team may forbid to write there), the rest
 * stays out with a remark. */
bool history_fill(struct loader *loader, const struct migrations *migrations, GError **error);

#endif
