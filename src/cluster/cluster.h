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
    unsigned seconds; /* wall clock for loading, from cluster_start */
    guint64 bytes;    /* on disk, on top of an empty cluster */
};

struct cluster;

/* FAILURE_DATABASE when PostgreSQL is not installed or does not start, with what to do about it. */
struct cluster *cluster_start(const struct cluster_limits *limits, GError **error);
void cluster_stop(struct cluster *cluster);

/* Makes the next empty database, owned by the foreign login. The name is the cluster's memory. */
const char *cluster_create_database(struct cluster *cluster, GError **error);

/* Roles that foreign SQL mentions: made NOLOGIN, "known by name only". Existing ones stay. */
bool cluster_create_roles(struct cluster *cluster, const GPtrArray *names, GError **error);

/* A session of the foreign login, its token checked. */
struct connection *cluster_connect(const struct cluster *cluster, const char *database,
                                   GError **error);

/* False when time or disk are used up; cheap enough to ask ten times a second. Fits struct
 * supervisor with the cluster as data. */
bool cluster_check(void *cluster, GError **error);

/* The folder in use, for tests and messages. */
const char *cluster_folder(const struct cluster *cluster);

#endif
