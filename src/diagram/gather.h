/* gather.h - divides many things into few groups that hang together. Pure and deterministic. */
#ifndef DBDOC_GATHER_H
#define DBDOC_GATHER_H

#include "diagram/communities.h"

#include <stddef.h>

/* How many things a group holds. */
struct group_size {
    unsigned most;
    unsigned least; /* where links or room allow */
};

/* The group of each thing, from 0 in the order of their first things; `groups` becomes their
 * number. Small groups join those to which they have links; what has none is put together in its
 * order. Free with g_free. */
unsigned *gather(unsigned count, const struct link *links, size_t link_count,
                 struct group_size size, unsigned *groups);

#endif
