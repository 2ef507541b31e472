/* keeper.h - the process that owns a cluster and outlives dbdoc just long enough to remove it. */
#ifndef DBDOC_CLUSTER_KEEPER_H
#define DBDOC_CLUSTER_KEEPER_H

#include "cluster/cluster.h"
#include "cluster/home.h"

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct keeper {
    pid_t process;
    int leash;   /* closing it makes the keeper stop the server and remove the folder */
    int reports; /* one line: "ready", or why not; then its end, when the server has ended */
};

/* What the keeper is to do. */
struct keeper_task {
    const struct home *home;
    const char *cache;  /* of initdb; may be NULL */
    const char *kept;   /* where a server may leave its data, or begin (kept.h); may be NULL */
    bool resumes;       /* it begins with what is kept there */
    const char *folder; /* the claimed folder */
    const char *token;  /* becomes cluster_name */
    guint64 bytes;
};

/* Starts the keeper, which makes the data directory and starts the server. Returns when the server
 * is being started, or with the reason why it is not. */
bool keeper_start(struct keeper *keeper, const struct keeper_task *task, GError **error);

/* Lets go: waits until server and folder are gone, or the keeper is (then they may be left). With a
 * label (else NULL) the server ends in an orderly way, and its data is kept. */
void keeper_stop(struct keeper *keeper, const char *label);

/* Whether the server has not ended by itself. */
bool keeper_server_lives(const struct keeper *keeper);

/* How the names of the claimed folders begin. */
#define CLUSTER_PREFIX "dbdoc-cluster-"

#endif
