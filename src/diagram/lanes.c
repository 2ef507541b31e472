/* lanes.c - where the lines run. Vertical lanes are at multiples of GRID, horizontal ones GRID / 2
 * below, at the height of rows. Lines are laid one after the other, the shortest first; then those
 * that cross others are taken up and laid again. */
#include "diagram/lanes.h"

#include "diagram/grid.h"
#include "diagram/label.h"

#include <stdlib.h>
#include <string.h>

enum {
    CLEARANCE = 6, /* around boxes */
    PASSES = 3,    /* of laying again */
    ATTEMPTS = 3,  /* with another order */
};

struct way {
    struct line *line;
    int stub;
    int length;  /* at least */
    bool urgent; /* comes before shorter ones */
    struct trip trip;
    GArray *cells; /* NULL: none found */
};

/* A pair of sides with which a line may run. */
struct sides {
    enum side child, parent;
};

static struct cell
cell_at(int x, int y)
{
    return (struct cell){x / GRID, (y - GRID / 2) / GRID};
}

/* The sides that face each other; boxes above each other have the choice, and so has a loop. */
static size_t
possible_sides(const struct line *line, struct sides sides[2])
{
    const struct box *child = line->child.box;
    const struct box *parent = line->parent.box;
    sides[0] = (struct sides){SIDE_RIGHT, SIDE_RIGHT};
    sides[1] = (struct sides){SIDE_LEFT, SIDE_LEFT};
    if (child->x > parent->x + parent->width)
        sides[0] = (struct sides){SIDE_LEFT, SIDE_RIGHT};
    else if (parent->x > child->x + child->width)
        sides[0] = (struct sides){SIDE_RIGHT, SIDE_LEFT};
    else
        return 2;
    return 1;
}

static struct cell
stub_cell(const struct end *end, int distance)
{
    return cell_at(end_x(end) + (int)end->side * distance, end_y(end));
}

static void
wall_stub(struct grid *grid, struct end end, enum side side, int stub)
{
    end.side = side;
    struct cell near = stub_cell(&end, 0);
    struct cell far = stub_cell(&end, stub);
    grid_add_wall(grid, side == SIDE_LEFT ? far : near, side == SIDE_LEFT ? near : far);
}

/* No line runs through the name of an area. */
static void
wall_name(struct grid *grid, const struct region *region)
{
    int width = REGION_INDENT + label_cells(region->label) * REGION_CELL;
    grid_add_wall(grid, cell_at(region->x + GRID, region->y + GRID),
                  cell_at(region->x + width, region->y + REGION_HEAD - GRID));
}

/* Around boxes, before the ends of lines, behind the names of areas, and along the edges, where
 * half of a line would be cut off. */
static void
add_walls(struct grid *grid, const struct picture *picture)
{
    const int last = picture->width / GRID;
    const int bottom = picture->height / GRID;
    const int stub = picture_stub(picture);
    grid_add_wall(grid, (struct cell){0, 0}, (struct cell){0, bottom});
    grid_add_wall(grid, (struct cell){last, 0}, (struct cell){last, bottom});
    for (size_t i = 0; i < picture->box_count; i++) {
        const struct box *box = picture->boxes[i];
        grid_add_wall(grid, cell_at(box->x, box->y - CLEARANCE + GRID - 1),
                      cell_at(box->x + box->width, box->y + box->height + CLEARANCE - 1));
    }
    for (size_t i = 0; i < picture->region_count; i++)
        wall_name(grid, &picture->regions[i]);
    for (size_t i = 0; i < picture->line_count; i++) {
        struct sides sides[2];
        for (size_t j = possible_sides(&picture->lines[i], sides); j > 0; j--) {
            wall_stub(grid, picture->lines[i].child, sides[j - 1].child, stub);
            wall_stub(grid, picture->lines[i].parent, sides[j - 1].parent, stub);
        }
    }
}

static struct trip
trip_of(const struct line *line, int stub)
{
    return (struct trip){
        .from = stub_cell(&line->child, stub),
        .to = stub_cell(&line->parent, stub),
        .leaves = line->child.side == SIDE_RIGHT ? DIRECTION_RIGHT : DIRECTION_LEFT,
        .arrives = line->parent.side == SIDE_RIGHT ? DIRECTION_LEFT : DIRECTION_RIGHT,
        .start_port = end_port(&line->child),
        .end_port = end_port(&line->parent),
        .lane = line->lane / GRID,
    };
}

/* Lays the line with the better pair of sides; on a draw, the first. */
static void
lay(struct grid *grid, struct way *way)
{
    struct sides sides[2];
    size_t count = possible_sides(way->line, sides);
    struct line *line = way->line;
    int best = G_MAXINT;
    for (size_t i = 0; i < count; i++) {
        struct line tried = *line;
        tried.child.side = sides[i].child;
        tried.parent.side = sides[i].parent;
        struct trip trip = trip_of(&tried, way->stub);
        int cost = G_MAXINT;
        GArray *cells = grid_find(grid, &trip, &cost);
        if (cost >= best) {
            if (cells != NULL)
                g_array_unref(cells);
            continue;
        }
        best = cost;
        g_clear_pointer(&way->cells, g_array_unref);
        way->cells = cells;
        way->trip = trip;
        line->child.side = sides[i].child;
        line->parent.side = sides[i].parent;
    }
}

static gint
compare_ways(gconstpointer first, gconstpointer second)
{
    const struct way *a = first;
    const struct way *b = second;
    if (a->urgent != b->urgent)
        return a->urgent ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line; /* of one array */
}

static GArray *
ways_new(struct picture *picture)
{
    GArray *ways = g_array_new(FALSE, TRUE, sizeof(struct way));
    for (size_t i = 0; i < picture->line_count; i++) {
        struct line *line = &picture->lines[i];
        int length = abs(line->child.box->x - line->parent.box->x) +
                     abs(end_y(&line->child) - end_y(&line->parent));
        struct sides sides[2];
        possible_sides(line, sides);
        line->child.side = sides[0].child; /* unless a better way is found */
        line->parent.side = sides[0].parent;
        struct way way = {.line = line, .stub = picture_stub(picture), .length = length};
        g_array_append_val(ways, way);
    }
    g_array_sort(ways, compare_ways);
    return ways;
}

static void
occupy_others(struct grid *grid, const GArray *ways, const struct way *except)
{
    grid_forget(grid);
    for (guint i = 0; i < ways->len; i++) {
        const struct way *way = &g_array_index(ways, struct way, i);
        if (way != except && way->cells != NULL)
            grid_occupy(grid, &way->trip, way->cells);
    }
}

static bool
ways_equal(const GArray *a, const GArray *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len * sizeof(struct cell)) == 0;
}

/* Whether a line runs elsewhere now. All ways are occupied before and after. */
static bool
lay_poor_ones_again(struct grid *grid, GArray *ways)
{
    bool changed = false;
    for (guint i = 0; i < ways->len && !grid_is_tired(grid); i++) {
        struct way *way = &g_array_index(ways, struct way, i);
        if (way->cells == NULL || grid_flaw(grid, &way->trip, way->cells) == FLAW_NONE)
            continue;
        g_autoptr(GArray) before = g_array_ref(way->cells);
        occupy_others(grid, ways, way);
        lay(grid, way);
        grid_occupy(grid, &way->trip, way->cells);
        changed = changed || !ways_equal(before, way->cells);
    }
    return changed;
}

/* Lays all lines in their order, then those with flaws again. */
static void
lay_in_order(struct grid *grid, GArray *ways)
{
    grid_forget(grid);
    for (guint i = 0; i < ways->len; i++) {
        struct way *way = &g_array_index(ways, struct way, i);
        lay(grid, way);
        if (way->cells != NULL)
            grid_occupy(grid, &way->trip, way->cells);
    }
    for (int pass = 0; pass < PASSES; pass++)
        if (!lay_poor_ones_again(grid, ways))
            break;
}

/* Puts the lines that cover others before all others; false when there is none. */
static bool
bring_forward(const struct grid *grid, GArray *ways)
{
    bool found = false;
    for (guint i = 0; i < ways->len; i++) {
        struct way *way = &g_array_index(ways, struct way, i);
        way->urgent = way->cells != NULL && grid_flaw(grid, &way->trip, way->cells) == FLAW_COVERS;
        found = found || way->urgent;
    }
    g_array_sort(ways, compare_ways);
    return found;
}

static void
lay_all(const struct picture *picture, GArray *ways)
{
    struct grid *grid = grid_new(picture->width / GRID + 1, picture->height / GRID);
    if (grid == NULL)
        return;
    add_walls(grid, picture);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        lay_in_order(grid, ways);
        if (!bring_forward(grid, ways) || grid_is_tired(grid))
            break;
    }
    grid_free(grid);
}

static void
corner_add(struct line *line, int x, int y)
{
    size_t count = line->point_count;
    struct point *points = line->points;
    if (count > 0 && points[count - 1].x == x && points[count - 1].y == y)
        return;
    bool straight = count > 1 && ((points[count - 1].x == x && points[count - 2].x == x) ||
                                  (points[count - 1].y == y && points[count - 2].y == y));
    points[straight ? count - 1 : line->point_count++] = (struct point){x, y};
}

/* Out of the row, up or down in the middle between the boxes, and into the other row. */
static void
draw_plain(struct arena *arena, struct line *line, int stub)
{
    int from = end_x(&line->child);
    int to = end_x(&line->parent);
    int middle = (from + to) / 2 / GRID * GRID;
    if (line->child.side == line->parent.side)
        middle = (line->child.side == SIDE_RIGHT ? MAX(from, to) : MIN(from, to)) +
                 (int)line->child.side * (stub + GRID);
    line->points = arena_array(arena, 4, sizeof *line->points);
    corner_add(line, from, end_y(&line->child));
    corner_add(line, middle, end_y(&line->child));
    corner_add(line, middle, end_y(&line->parent));
    corner_add(line, to, end_y(&line->parent));
}

static void
draw(struct arena *arena, const struct way *way)
{
    struct line *line = way->line;
    line->points = arena_array(arena, way->cells->len + 2, sizeof *line->points);
    corner_add(line, end_x(&line->child), end_y(&line->child));
    for (guint i = 0; i < way->cells->len; i++) {
        struct cell cell = g_array_index(way->cells, struct cell, i);
        corner_add(line, cell.x * GRID, cell.y * GRID + GRID / 2);
    }
    corner_add(line, end_x(&line->parent), end_y(&line->parent));
}

void
lanes_route(struct picture *picture)
{
    g_autoptr(GArray) ways = ways_new(picture);
    lay_all(picture, ways);
    for (guint i = 0; i < ways->len; i++) {
        struct way *way = &g_array_index(ways, struct way, i);
        if (way->cells == NULL) {
            draw_plain(picture->arena, way->line, way->stub);
            continue;
        }
        draw(picture->arena, way);
        g_array_unref(way->cells);
    }
}
