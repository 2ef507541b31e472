/* grid.c - a cheap way through a grid of cells: A* over cell and direction.
 * Without walls a way has a smallest possible length and number of bends; their sum is the estimate
 * that guides the search, so that it rarely looks at more than the cells along the way. Steps that
 * are cheaper than usual are not foreseen: the way found costs a tenth more than the cheapest at
 * worst, and takes two thirds of the time. */
#include "diagram/grid.h"

#include <stdlib.h>

enum {
    COST_STEP = 10,
    COST_MERGED =
        9, /* a step along a way that one may join: the same length, but one line less to see */
    COST_BEND = 140,
    COST_CROSSING = 50,
    COST_OTHER_LANE = 20, /* a bend outside the lane that was wished */
    COST_SHARED = 400,    /* a step on top of another way */
};

enum {
    CELLS_MOST = 1 << 19,
    VISITS_MOST = 1 << 22, /* of all searches in one grid; about a second */
    VISITS_MANY = 1 << 19, /* after these, any way will do */
    HASTE = 32,            /* how much more the rest counts then than what lies behind */
    BENDS_USUAL = 2,
};

enum { FROM_START = 4 }; /* beside the four directions */

/* Who runs along a cell in one axis: the ports of all ways there as far as they agree. */
struct use {
    int start_port, end_port;
};
enum { PORT_NONE = -1, PORT_SEVERAL = -2 };

struct entry {
    int estimate; /* of the whole way */
    int cost;     /* so far */
    unsigned state;
    unsigned serial; /* the later of two equal ones comes first: it is further ahead */
};

struct grid {
    int columns, rows;
    unsigned char *walls;
    struct use *uses;    /* two for each cell: along it, and down it */
    int *costs;          /* of states: four for each cell, the direction of the last step */
    unsigned char *from; /* the direction of the step before */
    unsigned *searches;  /* the search that wrote costs and from */
    unsigned search;
    GArray *heap; /* struct entry, the best first */
    unsigned serial;
    int visits;
};

static const struct cell steps[] = {
    [DIRECTION_RIGHT] = {1, 0},
    [DIRECTION_DOWN] = {0, 1},
    [DIRECTION_LEFT] = {-1, 0},
    [DIRECTION_UP] = {0, -1},
};

static size_t
cell_count(const struct grid *grid)
{
    return (size_t)grid->columns * (size_t)grid->rows;
}

struct grid *
grid_new(int columns, int rows)
{
    if (columns <= 0 || rows <= 0 || columns > CELLS_MOST / rows)
        return NULL;
    struct grid *grid = g_new0(struct grid, 1);
    grid->columns = columns;
    grid->rows = rows;
    size_t cells = cell_count(grid);
    grid->walls = g_new0(unsigned char, cells);
    grid->uses = g_new(struct use, 2 * cells);
    grid->costs = g_new(int, 4 * cells);
    grid->from = g_new(unsigned char, 4 * cells);
    grid->searches = g_new0(unsigned, 4 * cells);
    grid->heap = g_array_new(FALSE, FALSE, sizeof(struct entry));
    grid_forget(grid);
    return grid;
}

void
grid_free(struct grid *grid)
{
    if (grid == NULL)
        return;
    g_free(grid->walls);
    g_free(grid->uses);
    g_free(grid->costs);
    g_free(grid->from);
    g_free(grid->searches);
    g_array_unref(grid->heap);
    g_free(grid);
}

void
grid_add_wall(struct grid *grid, struct cell first, struct cell last)
{
    for (int y = MAX(first.y, 0); y <= MIN(last.y, grid->rows - 1); y++)
        for (int x = MAX(first.x, 0); x <= MIN(last.x, grid->columns - 1); x++)
            grid->walls[y * grid->columns + x] = 1;
}

static bool
is_inside(const struct grid *grid, struct cell cell)
{
    return cell.x >= 0 && cell.y >= 0 && cell.x < grid->columns && cell.y < grid->rows;
}

static unsigned
number_of(const struct grid *grid, struct cell cell)
{
    return (unsigned)(cell.y * grid->columns + cell.x);
}

static bool
cells_equal(struct cell a, struct cell b)
{
    return a.x == b.x && a.y == b.y;
}

static struct cell
neighbour(struct cell cell, enum direction direction)
{
    return (struct cell){cell.x + steps[direction].x, cell.y + steps[direction].y};
}

static enum direction
turned(enum direction direction, unsigned quarters)
{
    return (enum direction)((direction + quarters) % 4);
}

static struct use *
use_of(const struct grid *grid, struct cell cell, enum direction direction)
{
    return &grid->uses[2 * number_of(grid, cell) + direction % 2];
}

void
grid_forget(struct grid *grid)
{
    for (size_t i = 0; i < 2 * cell_count(grid); i++)
        grid->uses[i] = (struct use){PORT_NONE, PORT_NONE};
}

static int
joined_port(int port, int other)
{
    return port == PORT_NONE || port == other ? other : PORT_SEVERAL;
}

static void
occupy(struct use *use, const struct trip *trip)
{
    use->start_port = joined_port(use->start_port, trip->start_port);
    use->end_port = joined_port(use->end_port, trip->end_port);
}

static enum direction
direction_between(struct cell from, struct cell to)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++)
        if (cells_equal(neighbour(from, (enum direction)i), to))
            return (enum direction)i;
    g_assert_not_reached(); /* a way goes step by step */
}

void
grid_occupy(struct grid *grid, const struct trip *trip, const GArray *way)
{
    for (guint i = 1; i < way->len; i++) {
        struct cell from = g_array_index(way, struct cell, i - 1);
        struct cell to = g_array_index(way, struct cell, i);
        enum direction direction = direction_between(from, to);
        occupy(use_of(grid, from, direction), trip);
        occupy(use_of(grid, to, direction), trip);
    }
}

enum company { COMPANY_NONE, COMPANY_FRIEND, COMPANY_STRANGER };

static enum company
company(const struct use *use, const struct trip *trip)
{
    if (use->start_port == PORT_NONE)
        return COMPANY_NONE;
    if (use->start_port == trip->start_port || use->end_port == trip->end_port)
        return COMPANY_FRIEND;
    return COMPANY_STRANGER;
}

/* What it costs to come to the cell in that direction. */
static int
cost_of_step(const struct grid *grid, const struct trip *trip, struct cell to,
             enum direction direction)
{
    enum company along = company(use_of(grid, to, direction), trip);
    enum company across = company(use_of(grid, to, turned(direction, 1)), trip);
    int cost = along == COMPANY_FRIEND ? COST_MERGED : COST_STEP;
    if (along == COMPANY_STRANGER)
        cost += COST_SHARED;
    return across == COMPANY_STRANGER ? cost + COST_CROSSING : cost;
}

/* What it costs to turn to that direction before the step. */
static int
cost_of_bend(const struct grid *grid, const struct trip *trip, struct cell at,
             enum direction direction)
{
    int cost = COST_BEND;
    if (company(use_of(grid, at, direction), trip) == COMPANY_STRANGER)
        cost += COST_SHARED;
    bool is_vertical = direction == DIRECTION_UP || direction == DIRECTION_DOWN;
    if (is_vertical && trip->lane != 0 && trip->lane != at.x)
        cost += COST_OTHER_LANE;
    return cost;
}

enum flaw
grid_flaw(const struct grid *grid, const struct trip *trip, const GArray *way)
{
    enum flaw flaw = FLAW_NONE;
    unsigned bends = 0;
    enum direction last = trip->leaves;
    for (guint i = 1; i < way->len; i++) {
        struct cell from = g_array_index(way, struct cell, i - 1);
        struct cell to = g_array_index(way, struct cell, i);
        enum direction direction = direction_between(from, to);
        int cost = cost_of_step(grid, trip, to, direction);
        if (direction != last)
            cost = MAX(cost, cost_of_bend(grid, trip, from, direction) - COST_BEND);
        if (cost >= COST_SHARED)
            return FLAW_COVERS;
        if (cost >= COST_CROSSING)
            flaw = FLAW_CROSSES;
        bends += direction != last;
        last = direction;
    }
    return bends > BENDS_USUAL ? FLAW_CROSSES : flaw;
}

bool
grid_is_tired(const struct grid *grid)
{
    return grid->visits > VISITS_MANY;
}

/* How far `cell` lies from `origin` in that direction. */
static int
distance(struct cell origin, struct cell cell, enum direction direction)
{
    return (cell.x - origin.x) * steps[direction].x + (cell.y - origin.y) * steps[direction].y;
}

/* The fewest bends with which one can go from `at`, looking in `direction`, and arrive as told. */
static int
bends_at_least(const struct trip *trip, struct cell at, enum direction direction)
{
    int ahead = distance(at, trip->to, direction);
    if (trip->arrives == turned(direction, 2))
        return 2;
    if (trip->arrives != direction)
        return ahead >= 0 && distance(at, trip->to, trip->arrives) >= 0 ? 1 : 3;
    if (ahead < 0)
        return 4;
    return distance(at, trip->to, turned(direction, 1)) == 0 ? 0 : 2;
}

static int
cost_at_least(const struct trip *trip, struct cell at, enum direction direction)
{
    int length = abs(trip->to.x - at.x) + abs(trip->to.y - at.y);
    return length * COST_STEP + bends_at_least(trip, at, direction) * COST_BEND;
}

static bool
comes_first(const struct entry *a, const struct entry *b)
{
    if (a->estimate != b->estimate)
        return a->estimate < b->estimate;
    return a->serial > b->serial;
}

static void
heap_push(GArray *heap, struct entry entry)
{
    g_array_append_val(heap, entry);
    struct entry *entries = (struct entry *)(gpointer)heap->data;
    guint at = heap->len - 1;
    for (; at > 0 && comes_first(&entry, &entries[(at - 1) / 2]); at = (at - 1) / 2)
        entries[at] = entries[(at - 1) / 2];
    entries[at] = entry;
}

static struct entry
heap_pop(GArray *heap)
{
    struct entry *entries = (struct entry *)(gpointer)heap->data;
    struct entry first = entries[0];
    struct entry last = entries[heap->len - 1];
    g_array_set_size(heap, heap->len - 1);
    guint at = 0;
    for (guint child = 1; child < heap->len; child = 2 * at + 1) {
        if (child + 1 < heap->len && comes_first(&entries[child + 1], &entries[child]))
            child++;
        if (!comes_first(&entries[child], &last))
            break;
        entries[at] = entries[child];
        at = child;
    }
    if (heap->len > 0)
        entries[at] = last;
    return first;
}

static struct cell
cell_of(const struct grid *grid, unsigned state)
{
    int number = (int)(state / 4);
    return (struct cell){number % grid->columns, number / grid->columns};
}

static void
reach(struct grid *grid, const struct trip *trip, unsigned state, unsigned from, int cost)
{
    if (grid->searches[state] == grid->search && grid->costs[state] <= cost)
        return;
    grid->searches[state] = grid->search;
    grid->costs[state] = cost;
    grid->from[state] = (unsigned char)from;
    int rest = cost_at_least(trip, cell_of(grid, state), (enum direction)(state % 4));
    if (grid_is_tired(grid))
        rest *= HASTE;
    heap_push(grid->heap, (struct entry){cost + rest, cost, state, grid->serial++});
}

/* Straight on, or to a side; the first step only straight on. */
static void
visit(struct grid *grid, const struct trip *trip, const struct entry *entry)
{
    static const unsigned quarters[] = {3, 1, 0};
    struct cell at = cell_of(grid, entry->state);
    enum direction direction = (enum direction)(entry->state % 4);
    bool is_first = grid->from[entry->state] == FROM_START;
    for (size_t i = is_first ? 2 : 0; i < G_N_ELEMENTS(quarters); i++) {
        enum direction next = turned(direction, quarters[i]);
        struct cell to = neighbour(at, next);
        if (!is_inside(grid, to))
            continue;
        bool arrives = cells_equal(to, trip->to) && next == trip->arrives;
        if (grid->walls[number_of(grid, to)] && !arrives)
            continue;
        int cost = entry->cost + cost_of_step(grid, trip, to, next);
        if (next != direction)
            cost += cost_of_bend(grid, trip, at, next);
        reach(grid, trip, 4 * number_of(grid, to) + next, direction, cost);
    }
}

/* The way back from the last state, turned round. */
static GArray *
way_to(const struct grid *grid, unsigned state)
{
    GArray *way = g_array_new(FALSE, FALSE, sizeof(struct cell));
    struct cell at = cell_of(grid, state);
    g_array_append_val(way, at);
    while (grid->from[state] != FROM_START) {
        at = neighbour(at, turned((enum direction)(state % 4), 2));
        g_array_append_val(way, at);
        state = 4 * number_of(grid, at) + grid->from[state];
    }
    for (guint i = 0; i < way->len / 2; i++) {
        struct cell *a = &g_array_index(way, struct cell, i);
        struct cell *b = &g_array_index(way, struct cell, way->len - 1 - i);
        struct cell swap = *a;
        *a = *b;
        *b = swap;
    }
    return way;
}

GArray *
grid_find(struct grid *grid, const struct trip *trip, int *cost)
{
    if (!is_inside(grid, trip->from) || !is_inside(grid, trip->to))
        return NULL;
    unsigned goal = 4 * number_of(grid, trip->to) + trip->arrives;
    grid->search++;
    g_array_set_size(grid->heap, 0);
    reach(grid, trip, 4 * number_of(grid, trip->from) + trip->leaves, FROM_START, 0);
    while (grid->heap->len > 0 && grid->visits < VISITS_MOST) {
        struct entry entry = heap_pop(grid->heap);
        if (entry.cost > grid->costs[entry.state])
            continue; /* reached more cheaply since */
        if (entry.state == goal) {
            *cost = entry.cost;
            return way_to(grid, goal);
        }
        grid->visits++;
        visit(grid, trip, &entry);
    }
    return NULL;
}
