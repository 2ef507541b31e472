/* plain_world.h - the migrations in the folder m of a fresh folder (support_enter). */
#ifndef DBDOC_TEST_PLAIN_WORLD_H
#define DBDOC_TEST_PLAIN_WORLD_H

#include "migrations/migration.h"

#include <glib.h>

struct world {
    struct arena *arena;
    struct migrations migrations;
};

/* Of this tool; NULL: of the one that the files show. */
void world_read_as(struct world *world, const char *tool, GError **error);

/* Of the tool that the files show, which is this one. */
void world_read(struct world *world, const char *format);

/* Leaves the folder of the files too. */
void world_end(struct world *world);

/* "version:name" of all, in order. */
void world_check_order(const struct world *world, const char *expected);

/* "tx" or "no tx", then |LINE SQL; |LINE ? reason; |! reason. */
void world_check_plan(const struct migration_plan *plan, const char *expected);

/* Both plans of a migration. NULL: whatever. */
void world_check_ways(const struct world *world, size_t i, const char *up, const char *down);

/* A remark on this line holds these words. */
void world_check_remark(const struct world *world, size_t i, unsigned line, const char *words);

#endif
