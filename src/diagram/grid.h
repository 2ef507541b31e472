/* grid.h - a cheap way through a grid of cells, where earlier ways are in the way of later
 * ones. Knows nothing of boxes or pixels. */
#ifndef DBDOC_GRID_H
#define DBDOC_GRID_H

#include <glib.h>
#include <stdbool.h>

enum direction { DIRECTION_RIGHT, DIRECTION_DOWN, DIRECTION_LEFT, DIRECTION_UP };

struct cell {
    int x, y;
};

/* A way to look for. `leaves` and `arrives` are the directions of the first and the last step; the
 * cells `from` and `to` may be walls. Ways that begin or end at the same port (any numbers from 0)
 * may run together. */
struct trip {
    struct cell from, to;
    enum direction leaves, arrives;
    int start_port, end_port;
    int lane; /* column in which it should run up or down if that costs nothing; 0: any */
};

struct grid;

/* NULL when it would have too many cells. */
struct grid *grid_new(int columns, int rows);
void grid_free(struct grid *grid);

/* No way leads through the cells between these two, both included. */
void grid_add_wall(struct grid *grid, struct cell first, struct cell last);

/* A cheap way, as struct cell, one for each step; NULL when there is none, or when all
 * searches in this grid together took too long. `cost` is set when there is one. Free with
 * g_array_unref. */
GArray *grid_find(struct grid *grid, const struct trip *trip, int *cost);

/* Whether the searches took so long that only those should follow that must. */
bool grid_is_tired(const struct grid *grid);

/* Later ways keep away from this one; grid_forget forgets all of them, but no wall. */
void grid_occupy(struct grid *grid, const struct trip *trip, const GArray *way);
void grid_forget(struct grid *grid);

enum flaw {
    FLAW_NONE,
    FLAW_CROSSES, /* it crosses another way, or has more bends than a way must */
    FLAW_COVERS,  /* it runs on top of another one with which it has nothing to do */
};
enum flaw grid_flaw(const struct grid *grid, const struct trip *trip, const GArray *way);

#endif
