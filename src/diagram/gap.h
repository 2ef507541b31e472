/* gap.h - the lanes in the gap between two columns of a neighbourhood. Pure. */
#ifndef DBDOC_GAP_H
#define DBDOC_GAP_H

#include "diagram/picture.h"

/* How wide the gap beside that outer column must be so that every line there finds a lane. Without
 * a box in the column: the room that loops of the middle table need. Heights must be known. */
int gap_width(const struct picture *picture, enum standing outer);

/* Tells the lines in the gap from x = `left` to `right` which lane suits all of them best: so that
 * those that need not cross do not. */
void gap_assign_lanes(struct picture *picture, enum standing outer, int left, int right);

#endif
