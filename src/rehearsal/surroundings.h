/* surroundings.h - what belongs to the throw-away cluster as a whole and outlives its databases:
 * stand-ins (roles, tablespaces) and what foreign SQL has set for its own login. The line and each
 * fork begin with those of the line's last state. */
#ifndef DBDOC_REHEARSAL_SURROUNDINGS_H
#define DBDOC_REHEARSAL_SURROUNDINGS_H

#include "cluster/cluster.h"

#include <glib.h>
#include <stdbool.h>

struct surroundings {
    char *newest;   /* OID of the stand-in that came last */
    char *settings; /* text[]; NULL: none */
};

bool surroundings_read(const struct cluster *cluster, struct surroundings *surroundings,
                       GError **error);
void surroundings_clear(struct surroundings *surroundings);

/* Drops the stand-ins that came later, which no database may name any more, and puts the settings
 * back. */
bool surroundings_return(const struct cluster *cluster, const struct surroundings *surroundings,
                         GError **error);

#endif
