/* sketch.h - which boxes of a map hang together, and in which order they stand: the same for all
 * details of the map, so that little jumps when a reader changes them. */
#ifndef DBDOC_SKETCH_H
#define DBDOC_SKETCH_H

#include "diagram/picture.h"

/* Where a box stands among those of its group, or an area among all. */
struct spot {
    size_t group;    /* of a box */
    unsigned column; /* from the left */
    unsigned place;  /* in the column, from the top; there may be gaps */
};

/* Boxes of one region that lines join, without those that lead out of it; or all boxes of one
 * region that have no such lines: their columns mean nothing. */
struct group {
    size_t region; /* region_count where a map has no regions */
    size_t box_count;
    bool loose;
};

struct sketch {
    struct spot *spots; /* by the number of the box */
    size_t group_count;
    struct group *groups; /* by region, those without lines last */
    struct spot *regions; /* by region */
    unsigned middle;      /* column of regions; left of it, boxes are mirrored */
    bool simple;          /* Graphviz came to no end */
};

/* From a picture with lines; lives in its arena. map_decide finishes it. */
struct sketch *sketch_new(const struct picture *picture);

#endif
