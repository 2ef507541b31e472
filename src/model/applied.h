/* applied.h - which migrations a database has, as the histories say that their tools keep in it. */
#ifndef DBDOC_MODEL_APPLIED_H
#define DBDOC_MODEL_APPLIED_H

#include "catalog/catalog.h"
#include "migrations/migration.h"

#include <stdbool.h>

struct applied;

/* Of all lines; `migrations` may be NULL: none are known. Free with applied_free. */
struct applied *applied_new(const struct catalog *catalog, const struct migrations *migrations);
void applied_free(struct applied *applied);

/* The history in which a line is kept: of its tool, and with one of its migrations in it. NULL when
 * there is none that can be read: then nothing is known of the line. */
const struct history *applied_history(const struct applied *applied, const struct migrations *line);

bool applied_has(const struct applied *applied, const struct migration *migration);

/* Whether a version of a history is a migration of any line. */
bool applied_has_file(const struct applied *applied, const char *version);

/* What the history says of a migration: when it was applied last (UTC, where the tool says it) and
 * its checksum then. Both NULL when the tool does not keep it, or has no row. */
struct applied_row {
    const char *at;
    const char *checksum;
};
struct applied_row applied_row(const struct applied *applied, const struct migration *migration);

#endif
