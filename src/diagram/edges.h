/* edges.h - foreign keys as pictures understand them; see diagram_edges. */
#ifndef DBDOC_EDGES_H
#define DBDOC_EDGES_H

#include "diagram/diagram.h"

/* The foreign keys of the table and its partitions: what it needs, in the order of its columns,
 * then its references to itself. Items are struct diagram_edge; free with g_array_unref. */
GArray *edges_needed(const struct model *model, const struct table *root);

#endif
