/* home.h - where PostgreSQL's programs are and who they run as. */
#ifndef DBDOC_CLUSTER_HOME_H
#define DBDOC_CLUSTER_HOME_H

#include "base/process.h"

#include <glib.h>
#include <stdbool.h>

/* A PostgreSQL installation. */
struct home {
    char *bin;      /* folder with initdb and postgres */
    char *version;  /* what "postgres -V" prints */
    unsigned major; /* 15 */
    struct identity identity;
};

/* The one in the folder that DBDOC_PG_BIN names; else the newest of this major version; else, or
 * for 0, the newest that is installed. */
bool home_find(unsigned major, struct home *home, GError **error);
void home_clear(struct home *home);

#endif
