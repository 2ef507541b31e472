/* map_graph.h - what the map of an area shows: its tables, or its parts when there are too many
 * tables. Pure: nothing has a place yet. */
#ifndef DBDOC_MAP_GRAPH_H
#define DBDOC_MAP_GRAPH_H

#include "diagram/areas.h"
#include "diagram/diagram.h"
#include "diagram/picture.h"

/* What a map is of. */
struct subject {
    const struct model *model;
    const struct area *area;
    size_t most; /* tables; with more, the parts are shown */
};

bool subject_shows_parts(const struct subject *subject);

/* Lives in the arena. */
struct picture *map_graph(const struct subject *subject, enum detail detail, struct arena *arena);

#endif
