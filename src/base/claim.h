/* claim.h - folders that belong to a running process and are swept when it is gone.
 * A claim is a folder <parent>/<prefix>XXXXXX holding a file "lock" under flock(2). The lock ends
 * with the last process that holds its descriptor, however that process ends. */
#ifndef DBDOC_CLAIM_H
#define DBDOC_CLAIM_H

#include <glib.h>
#include <stdbool.h>

struct claim {
    char *path;
    int lock; /* inherited by forked children, closed on exec */
};

/* Makes a folder (mode 0700) that no sweep touches while this process or a child lives. */
bool claim_make(const char *parent, const char *prefix, struct claim *claim, GError **error);

/* Gives up the claim without removing the folder: closes the lock, frees the path. */
void claim_drop(struct claim *claim);

/* Calls `bury` with the path of each abandoned folder of this user below `parent`; the folder is
 * locked meanwhile, so that two sweeps do not meet. */
void claim_sweep(const char *parent, const char *prefix, void (*bury)(const char *path));

#endif
