/* diagram.c - from the model to the picture in four steps. */
#include "diagram/diagram.h"

#include "diagram/ends.h"
#include "diagram/graph.h"
#include "diagram/lanes.h"
#include "diagram/place.h"
#include "diagram/svg.h"

bool
diagram_neighbourhood(const struct model *model, const struct table *table,
                      const struct diagram_site *site, xmlNode *parent)
{
    struct arena *arena = arena_new();
    struct picture *picture = graph_neighbourhood(model, table, arena);
    bool has_neighbour = picture->box_count > 0;
    if (has_neighbour) {
        place_neighbourhood(picture);
        lanes_route(picture);
        ends_agree(picture);
        svg_append(picture, site, parent);
    }
    arena_free(arena);
    return has_neighbour;
}
