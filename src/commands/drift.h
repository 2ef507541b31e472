/* drift.h - runs the migrations that a database says it has, and compares what they make with what
 * is there. */
#ifndef DBDOC_COMMANDS_DRIFT_H
#define DBDOC_COMMANDS_DRIFT_H

#include "commands/reading.h"
#include "migrations/migration.h"
#include "model/drift.h"

struct drift_reading {
    bool known; /* whether `drift` says anything */
    struct drift drift;
    struct database *made; /* by the migrations */
    GPtrArray *changes;
};

/* Fills the reading: the database against what its applied migrations make. It stays unknown where
 * no history in the database says what is applied, or with a warning where the migrations do not
 * run. False when the user asked to stop. */
bool drift_read(const struct reading *reading, const struct database *database,
                const struct migrations *migrations, struct drift_reading *drift, GError **error);

/* Compares again what the migrations made, after both sides were narrowed. */
void drift_compare(struct drift_reading *drift, const struct catalog *made,
                   const struct catalog *there);
void drift_clear(struct drift_reading *drift);

#endif
