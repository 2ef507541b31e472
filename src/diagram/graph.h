/* graph.h - which tables and columns a picture shows, and which lines. Pure: nothing has a place
 * yet. */
#ifndef DBDOC_GRAPH_H
#define DBDOC_GRAPH_H

#include "diagram/picture.h"

/* The table, its keys and its neighbours; no box when no foreign key touches it. Lives in the
 * arena. */
struct picture *graph_neighbourhood(const struct model *model, const struct table *table,
                                    struct arena *arena);

#endif
