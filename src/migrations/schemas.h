/* schemas.h - schemas that migrations take for granted. */
#ifndef DBDOC_MIGRATIONS_SCHEMAS_H
#define DBDOC_MIGRATIONS_SCHEMAS_H

#include "migrations/migration.h"

/* Fills migrations->schemas, and says so in a warning (const char * in the arena) for each. */
void schemas_find(struct arena *arena, struct migrations *migrations, GPtrArray *warnings);

#endif
