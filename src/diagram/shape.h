/* shape.h - how large a box is, and how much of its names fits. Pure. */
#ifndef DBDOC_SHAPE_H
#define DBDOC_SHAPE_H

#include "diagram/picture.h"

/* How long names may be, in cells; a schema of 0 is not shown. */
struct fit {
    int schema;
    int name;
    int column;
    int type;
};

/* The next multiple of GRID. */
int on_grid(int length);

/* Cuts the names and measures the box. */
void shape_box(struct arena *arena, struct box *box, const struct fit *fit);

#endif
