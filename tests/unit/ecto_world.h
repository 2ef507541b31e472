/* ecto_world.h - Ecto's migrations in a fresh folder (support_enter). */
#ifndef DBDOC_TEST_ECTO_WORLD_H
#define DBDOC_TEST_ECTO_WORLD_H

#include "migrations/migration.h"

#include <glib.h>

#define FOLDER "priv/repo/migrations"

bool ecto_try(struct arena *arena, const char *folder, struct migrations *migrations,
              GError **error);

/* Those of FOLDER or of another one, which can be read. */
void ecto_read_all(struct arena *arena, struct migrations *migrations);
void ecto_read_line(struct arena *arena, const char *folder, struct migrations *migrations);

/* The plan of the body is this, one step a line: SQL; "> SQL" sent at once; "? reason"; "! reason"
 * where it is refused. */
void ecto_check_plan(const struct migration_plan *plan, const char *body, const char *expected);

#endif
