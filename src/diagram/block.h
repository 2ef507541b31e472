/* block.h - rectangles of a map: groups of boxes in columns, and how such rectangles share a
 * region. Pure. */
#ifndef DBDOC_BLOCK_H
#define DBDOC_BLOCK_H

#include "diagram/picture.h"
#include "diagram/sketch.h"

struct gaps {
    int x, y;
};

struct block {
    int x, y, width, height;
};

/* Changes the columns of a group so that its boxes, as they are in this picture, fill a good
 * rectangle: neighbouring low columns become one, high ones several. */
void block_decide(const struct picture *picture, struct sketch *sketch, size_t group);

/* Gives the boxes of a group places from 0 on; the rectangle that they fill. */
struct block block_group(const struct picture *picture, const struct sketch *sketch, size_t group);

/* Gives the blocks places from 0 on, so far apart, so that they fill a rectangle that is a bit
 * wider than high; that rectangle. The largest comes first. */
struct block block_pack(struct block *const *blocks, size_t count, const struct gaps *gaps);

#endif
