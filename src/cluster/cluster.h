/* cluster.h - the throw-away PostgreSQL: a private server that dbdoc starts, feeds with SQL that it
 * did not write, reads, and removes.
 *
 * What holds: no network, a socket in a folder of mode 0700; the postmaster has an empty
 * environment and resource limits; foreign SQL runs over a login that is an ordinary role owning
 * its database; every session checks a random token first, so that no statement can reach another
 * server; time and disk are watched from outside; a keeper process removes everything when dbdoc
 * ends in any way, and what even it missed is swept at the next start. */
#ifndef DBDOC_CLUSTER_H
#define DBDOC_CLUSTER_H

#include "postgres/connection.h"

#include <glib.h>
#include <stdbool.h>

struct cluster_limits {
    unsigned seconds;   /* wall clock for the work, from cluster_start or cluster_restart_clock */
    guint64 bytes;      /* on disk, on top of an empty cluster */
    const char *work;   /* what messages call it: "loading" */
    unsigned major;     /* of PostgreSQL, if it is installed; 0: whatever there is */
    const char *server; /* a connection string: a server that is there already and that a superuser
                           lends (lent.h); NULL: a throw-away one */
    bool shared;        /* it may hold other databases */
};

struct cluster;

/* FAILURE_DATABASE when PostgreSQL is not installed or does not start: the error says what to do.
 */
struct cluster *cluster_start(const struct cluster_limits *limits, GError **error);
void cluster_stop(struct cluster *cluster);

/* Where the data of a cluster may be kept for another one to begin with: one place for each name
 * and version of PostgreSQL (`major` as in struct cluster_limits). NULL when there is no such
 * place. Free with g_free. */
char *cluster_kept_place(const char *name, unsigned major);

/* Starts a cluster for which that place (may be NULL) is used by cluster_keep; with BEGINS_AS_KEPT
 * it begins with the data that were kept there: its databases, roles and stand-ins. Then it is a
 * FAILURE_DATABASE, too, when nothing usable is kept there. */
enum beginning { BEGINS_EMPTY, BEGINS_AS_KEPT };
struct cluster *cluster_start_at(const struct cluster_limits *limits, const char *place,
                                 enum beginning beginning, GError **error);

/* As cluster_stop, but keeps the data. The label says what is in it: lines of text. */
void cluster_keep(struct cluster *cluster, const char *label);

/* Makes the next empty database, owned by the foreign login. The name is the cluster's memory. */
const char *cluster_create_database(struct cluster *cluster, GError **error);

/* Who owns a database: what the login does not own, foreign SQL cannot drop or alter. */
enum owner { OWNED_BY_LOGIN, OWNED_BY_SUPERUSER };
bool cluster_give_database(struct cluster *cluster, const char *database, enum owner owner,
                           GError **error);

/* A copy of a database of this cluster, settings included. No session may be connected to it. Free
 * the name with g_free. */
char *cluster_fork_database(struct cluster *cluster, const char *database, enum owner owner,
                            GError **error);

/* Drops a database with the sessions that are connected to it. */
bool cluster_drop_database(struct cluster *cluster, const char *database, GError **error);

/* Adds what an embedded file of SQL makes to the database, and to its copies: as superuser, out of
 * reach of foreign SQL. */
bool cluster_equip_database(struct cluster *cluster, const char *database, const char *file,
                            GError **error);

/* A question of dbdoc's own about the cluster as a whole, asked as superuser; never foreign text.
 * The setting dbdoc.login tells the name of the foreign login. */
bool cluster_ask(const struct cluster *cluster, const char *sql, const char *parameter,
                 struct rows **rows, GError **error);

/* Time counts from now on. */
void cluster_restart_clock(struct cluster *cluster);

/* Its major version. */
unsigned cluster_major(const struct cluster *cluster);

/* Appends what this server cannot guarantee, in sentences (const char *). */
void cluster_tell_caveats(const struct cluster *cluster, GPtrArray *caveats);

/* Whether the server still runs. */
bool cluster_lives(const struct cluster *cluster);

/* What foreign SQL names, but only a superuser can make. A stand-in has the name and no power: a
 * role that cannot log in, a tablespace in the data directory, a foreign-data wrapper without a
 * handler, the "C" collation under another name. */
enum stand_in { STAND_IN_ROLE, STAND_IN_TABLESPACE, STAND_IN_WRAPPER, STAND_IN_COLLATION };

/* Makes one, in that database where it belongs to one; it must not exist. */
bool cluster_make_stand_in(const struct cluster *cluster, const char *database, enum stand_in what,
                           const char *name, GError **error);

/* A session of the foreign login, its token checked. */
struct connection *cluster_connect(const struct cluster *cluster, const char *database,
                                   GError **error);

/* A session of the foreign login for reading catalogs, with an empty search_path; nothing that may
 * call functions of foreign SQL runs in it. It may stay open while foreign SQL runs, but not in a
 * transaction. The cluster's own: good until its database is copied or dropped. */
struct connection *cluster_read(struct cluster *cluster, const char *database, GError **error);

/* False when time or disk are used up; cheap enough to ask ten times a second. Fits struct
 * supervisor with the cluster as data. */
bool cluster_check(void *cluster, GError **error);

/* The folder in use, for tests and messages; NULL for a server that was lent. */
const char *cluster_folder(const struct cluster *cluster);

#endif
