/* home.h - where PostgreSQL's programs are and who they run as. */
#ifndef DBDOC_CLUSTER_HOME_H
#define DBDOC_CLUSTER_HOME_H

#include "base/process.h"

#include <glib.h>
#include <stdbool.h>

/* A PostgreSQL installation, the newest on this machine unless DBDOC_PG_BIN names its folder. */
struct home {
    char *bin;     /* folder with initdb and postgres */
    char *version; /* what "postgres -V" prints */
    struct identity identity;
};

bool home_find(struct home *home, GError **error);
void home_clear(struct home *home);

#endif
