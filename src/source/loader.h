/* loader.h - feeds SQL files into a throw-away database, one statement at a time, as psql would,
 * with nothing of psql that reaches the outside. */
#ifndef DBDOC_SOURCE_LOADER_H
#define DBDOC_SOURCE_LOADER_H

#include "cluster/cluster.h"
#include "postgres/script.h"
#include "source/remarks.h"
#include "source/source.h"
#include "source/treatment.h"

#include <glib.h>
#include <stdbool.h>

struct loader {
    struct cluster *cluster;
    const char *database;
    enum on_sql_error on_error;
    const char *root;   /* folder that \i does not leave */
    const char *prefix; /* what messages put before names below the root; may be "" */
    struct remarks *remarks;

    /* The loader's own, from here on. */
    struct connection *session;
    struct server_error refused; /* what the server said of the last statement */
    GHashTable *variables;       /* psql's */
    GHashTable *stand_ins;       /* "role app" → itself: made already */
    char *dump_name;             /* the database's name in the dump; NULL: it tells none */
    unsigned depth;              /* of \i */
    gint64 next_progress;
};

/* Connects. `cluster` … `remarks` are filled in by the caller, the rest is zero. */
bool loader_begin(struct loader *loader, GError **error);
void loader_end(struct loader *loader);

/* Loads one file; `name` is its path below the root, as messages show it; `descriptor` is closed.
 * FAILURE_DATABASE with file, line, statement and the server's words. */
bool loader_load(struct loader *loader, const char *name, int descriptor, GError **error);

/* Runs one statement of foreign SQL as if it stood in a file at this place. FAILURE_DATABASE. */
bool loader_apply(struct loader *loader, const struct place *place, const char *sql,
                  GError **error);

/* After the last file: a transaction that is still open is an error, as psql would throw it away.
 */
bool loader_finish(struct loader *loader, const char *name, GError **error);

/* A new session with the same database, as \connect gives. */
bool loader_reconnect(struct loader *loader, GError **error);

enum run { RUN_DONE, RUN_REFUSED, RUN_STOPPED };

/* Runs SQL under the cluster's watch; within a transaction, a refusal undoes that statement alone.
 * REFUSED: loader->refused says why. STOPPED: *error is set. `copy` may be NULL. */
enum run loader_run(struct loader *loader, enum treatment treatment, const char *sql,
                    const struct copy_source *copy, GError **error);

/* Lets the session see what another one has made while a transaction is open: it remembers that
 * something is missing until it takes a lock that it does not hold yet. */
bool loader_look_again(struct loader *loader, GError **error);

/* A statement that cannot be loaded: false with *error, or, with KEEP_GOING, a remark. */
bool loader_fail(struct loader *loader, const struct place *place, const char *statement,
                 const char *words, GError **error);

#endif
