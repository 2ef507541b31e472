/* lanes.h - where the lines run: along lanes of the grid, around boxes, with few bends and
 * crossings. Pure and deterministic; the time is bounded. */
#ifndef DBDOC_LANES_H
#define DBDOC_LANES_H

#include "diagram/picture.h"

/* Chooses the sides of all ends and the corners of all lines; boxes must have their places. Lines
 * to the same row of the same table run together. A picture too large for the search gets plain
 * lines, which may cross boxes. */
void lanes_route(struct picture *picture);

#endif
