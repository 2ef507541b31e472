/* map_place.h - where the boxes and areas of a map stand. Pure; the lines run later. */
#ifndef DBDOC_MAP_PLACE_H
#define DBDOC_MAP_PLACE_H

#include "diagram/sketch.h"

/* Finishes the sketch so that this picture of the map fills a good rectangle. */
void map_decide(const struct picture *picture, struct sketch *sketch);

/* Areas in columns, the one with the most lines to others in the middle, on both sides what it is
 * joined with; in each area its groups of boxes. */
void place_map(struct picture *picture, const struct sketch *sketch);

#endif
