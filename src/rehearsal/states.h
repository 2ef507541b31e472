/* states.h - databases of the throw-away cluster that hold the line as it was after one of its last
 * migrations. A rehearsal leaves them to the next one, which finds them by the keys of cache.h. */
#ifndef DBDOC_REHEARSAL_STATES_H
#define DBDOC_REHEARSAL_STATES_H

#include "cluster/cluster.h"
#include "rehearsal/surroundings.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* So many migrations from the end may change, and the rehearsal still begins with a kept state. */
#define STATES_MOST 4

/* The keys of a line: keys[i] is that of the state after i migrations. */
struct keys {
    size_t count; /* migrations; there is one key more */
    char **items;
};

/* The place of the last state, of those after at most `most` migrations, that the label of kept
 * data names; 0 for none. */
size_t states_find(const char *label, const struct keys *keys, size_t most);

/* In an empty cluster. */
bool states_begin(const struct cluster *cluster, GError **error);

/* Keeps a copy of the line's database. */
bool states_take(struct cluster *cluster, const char *database, const char *key,
                 const struct surroundings *surroundings, GError **error);

/* In a cluster that begins as kept: drops the states that are not on the line up to that place, and
 * gives a copy of the one there, with its surroundings. FAILURE_DATABASE when it is not there. Free
 * the name with g_free. */
char *states_return(struct cluster *cluster, const struct keys *keys, size_t place,
                    struct surroundings *surroundings, GError **error);

/* Drops the states that are not among the line's last. Gives the label of the rest; NULL when there
 * is none, or on failure. Free with g_free. */
char *states_close(struct cluster *cluster, const struct keys *keys, GError **error);

#endif
