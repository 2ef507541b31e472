/* lent.h - a server that is there already and that dbdoc may use: the service container of a CI
 * job. Nothing on it is touched but what dbdoc made there: databases and a login whose names nobody
 * can guess, and stand-ins for roles that did not exist. A keeper process drops them when dbdoc
 * ends in any way; what even it missed is dropped at the next start. */
#ifndef DBDOC_CLUSTER_LENT_H
#define DBDOC_CLUSTER_LENT_H

#include "cluster/cluster.h"

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct lent {
    struct target *target;        /* as it was lent: of a superuser */
    char *login;                  /* the names of databases begin with it, too */
    char *password;               /* of the login */
    char *lender;                 /* the superuser's name, quoted as SQL needs it */
    struct connection *superuser; /* may be taken over */
    pid_t keeper;
    int leash; /* closing it makes the keeper drop everything */
};

/* Makes the login; name and password are random, and one does not tell the other. FAILURE_USAGE
 * when the server must not be used: no superuser lent it, it holds other databases and is not said
 * to be shared, it only reads, or it is older than PostgreSQL 13. */
bool lent_open(struct lent *lent, const struct cluster_limits *limits, const char *name,
               const char *password, GError **error);

/* A session of the login (LENT_LOGIN) or of the superuser with a database. */
enum lent_user { LENT_LOGIN, LENT_SUPERUSER };
struct connection *lent_connect(const struct lent *lent, enum lent_user user, const char *database,
                                GError **error);

/* Bytes of the databases; 0 when the server does not say. */
guint64 lent_size(const struct lent *lent, struct connection *superuser);

/* Lets go, and waits until everything is dropped. */
void lent_close(struct lent *lent);

#endif
