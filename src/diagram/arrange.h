/* arrange.h - rectangles that are joined more or less strongly, in columns around the one that
 * others need most. Pure. */
#ifndef DBDOC_ARRANGE_H
#define DBDOC_ARRANGE_H

#include "diagram/block.h"
#include "diagram/communities.h"

/* Fills in the column and the place of a spot for each block; links lead from what needs, `a`, to
 * what is needed. The number of the column in the middle. */
unsigned arrange(const struct block *blocks, size_t count, const struct link *links,
                 size_t link_count, int gap, struct spot *spots);

#endif
