/* source.h - a SOURCE argument becomes a finished struct database, whatever it is: a live server, a
 * snapshot file, a pg_dump SQL file, a folder of migrations or of SQL files, or one of these files
 * as a commit has them. SQL is loaded into the throw-away cluster. */
#ifndef DBDOC_SOURCE_H
#define DBDOC_SOURCE_H

#include "catalog/renames.h"
#include "config/config.h"
#include "introspect/introspect.h"
#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

enum on_sql_error { STOP_AT_ERROR, KEEP_GOING };

struct cluster;

/* Looks at a database of the throw-away cluster while it is there: after it was loaded and read,
 * and before it goes. It may add to the database. False with *error ends the reading. */
struct source_visit {
    bool (*look)(void *data, struct cluster *cluster, const char *database, GError **error);
    /* The same of a live server, over the session that read it; only where it is observed. */
    bool (*ask)(void *data, struct connection *connection, GError **error);
    void *data;
};

struct source_request {
    const char *source;       /* as given; NULL: config, then the repository, then libpq's own */
    const char *observations; /* observations.json to go with a snapshot or a dump, or a folder of
                                 them, as given; NULL: what the configuration names, if anything is
                                 to be observed */
    const struct config *config;
    const struct target *environment; /* target_from_environment */
    struct introspect_options reading;
    enum on_sql_error on_error;
    const struct source_visit *visit; /* NULL: nobody looks; none of a snapshot */
};

struct source_result {
    struct database *database;    /* the caller's: database_free */
    char *taken;                  /* what was read, for people: "priv/repo/structure.sql"; g_free */
    bool by_migrations;           /* it is what migrations make here */
    size_t rename_count;          /* of tables and columns, that these migrations state, in order */
    const struct rename *renames; /* in the database's arena */
    GPtrArray *warnings;          /* char *: statements left out, roles made up, newer keys … */
};

/* FAILURE_DATABASE, FAILURE_USAGE or FAILURE_INTERRUPTED; there are warnings all the same, as what
 * was left out often explains what failed. Clear the result in any case. */
bool source_read(const struct source_request *request, struct source_result *result,
                 GError **error);

/* Two of them, at the same time when both are snapshots. The error is that of the first that fails.
 */
bool source_read_two(const struct source_request *first, const struct source_request *second,
                     struct source_result results[2], GError **error);

/* The database that migrations (all lines of them) make in the throw-away cluster. What had to be
 * left out is told in `warnings` (char *); `visit` may be NULL. NULL with FAILURE_DATABASE or
 * FAILURE_INTERRUPTED. */
struct database *source_of_migrations(const struct config *config,
                                      const struct migrations *migrations,
                                      const struct source_visit *visit, GPtrArray *warnings,
                                      GError **error);

/* Adds the observations that a request names, or its configuration, to a database that was made
 * here.
 */
bool source_observe(const struct source_request *request, struct database *database,
                    GPtrArray *warnings, GError **error);
void source_result_clear(struct source_result *result);

#endif
