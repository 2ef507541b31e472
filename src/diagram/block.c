/* block.c - columns of boxes, and shelves of blocks. */
#include "diagram/block.h"

#include "diagram/shape.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    BOX_GAP = 24,      /* between boxes of a column */
    BOX_GAP_WIDE = 32, /* likewise, where lines end at rows */
    NARROW_GAP = 24,   /* between columns without lines */
    LANES_MOST = 24,   /* between two columns */
    PIECES_MOST = 8,   /* of a column that is too high */
    WIDE = 5,
    HIGH = 4, /* a good rectangle */
};

/* A group on its way: its boxes in the order of columns and places. */
struct stack {
    const struct picture *picture;
    bool is_bare; /* without lines */
    size_t count;
    struct box **boxes;
    unsigned *ranks; /* of each box: its column among those of the sketch, from 0 without gaps */
    unsigned rank_count;
    unsigned *columns; /* of each box, as they are to be */
    unsigned column_count;
    unsigned *column_of; /* the same by the number of the box; OUTSIDE the group */
};
enum { OUTSIDE = G_MAXUINT };

static gint
compare_boxes(gconstpointer first, gconstpointer second, gpointer data)
{
    const struct sketch *sketch = data;
    const struct spot *a = &sketch->spots[(*(struct box *const *)first)->number];
    const struct spot *b = &sketch->spots[(*(struct box *const *)second)->number];
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void
find_ranks(struct stack *stack, const struct sketch *sketch)
{
    for (size_t i = 0; i < stack->count; i++) {
        const struct spot *spot = &sketch->spots[stack->boxes[i]->number];
        if (i == 0 || spot->column != sketch->spots[stack->boxes[i - 1]->number].column)
            stack->rank_count++;
        stack->ranks[i] = stack->rank_count - 1;
    }
}

static bool
is_in(const struct stack *stack, const struct end *end)
{
    return stack->column_of[end->box->number] != OUTSIDE;
}

static struct stack
stack_new(const struct picture *picture, const struct sketch *sketch, size_t group)
{
    struct stack stack = {
        .picture = picture,
        .is_bare = true,
        .boxes = g_new(struct box *, picture->box_count),
        .ranks = g_new0(unsigned, picture->box_count),
        .columns = g_new0(unsigned, picture->box_count),
        .column_of = g_new(unsigned, picture->box_count),
    };
    for (size_t i = 0; i < picture->box_count; i++) {
        stack.column_of[i] = OUTSIDE;
        if (sketch->spots[i].group != group)
            continue;
        stack.column_of[i] = 0;
        stack.boxes[stack.count++] = picture->boxes[i];
    }
    g_qsort_with_data(stack.boxes, (gint)stack.count, sizeof *stack.boxes, compare_boxes,
                      (gpointer)(guintptr)sketch);
    find_ranks(&stack, sketch);
    for (size_t i = 0; i < picture->line_count && stack.is_bare; i++)
        stack.is_bare = !is_in(&stack, &picture->lines[i].child) &&
                        !is_in(&stack, &picture->lines[i].parent);
    return stack;
}

static void
stack_clear(struct stack *stack)
{
    g_free(stack->boxes);
    g_free(stack->ranks);
    g_free(stack->columns);
    g_free(stack->column_of);
}

static int
box_gap(const struct picture *picture)
{
    return picture->notation == ARROWS ? BOX_GAP : BOX_GAP_WIDE;
}

/* How the columns of a sketch are changed to fill a better rectangle. */
struct change {
    unsigned merges; /* pairs of neighbours that become one, the lowest first */
    int limit;       /* higher ones become several */
};

enum { HEIGHT_MOST = G_MAXINT / 2 };
static const struct change UNCHANGED = {0, HEIGHT_MOST};

static int *
heights_of_ranks(const struct stack *stack)
{
    int *heights = g_new0(int, stack->rank_count);
    for (size_t i = 0; i < stack->count; i++)
        heights[stack->ranks[i]] += on_grid(stack->boxes[i]->height) + box_gap(stack->picture);
    return heights;
}

/* The pair of neighbours that together are lowest becomes one column. */
static void
merge_lowest(int *heights, unsigned *merged, unsigned count)
{
    unsigned best = 0;
    int least = G_MAXINT;
    for (unsigned i = 0; i + 1 < count; i++) {
        int height = heights[merged[i]] + heights[merged[i + 1]];
        if (merged[i] == merged[i + 1] || height >= least)
            continue;
        least = height;
        best = i;
    }
    unsigned from = merged[best + 1];
    heights[merged[best]] = least;
    for (unsigned i = best + 1; i < count && merged[i] == from; i++)
        merged[i] = merged[best];
}

/* The boxes from `first` to `end` stand in one column, or in several, each with every second, third
 * … of them: so each keeps to the heights of its neighbours. */
static void
cut_column(struct stack *stack, size_t first, size_t end, int height, int limit)
{
    size_t pieces = MIN((size_t)((height + limit - 1) / limit), end - first);
    for (size_t i = first; i < end; i++) {
        stack->columns[i] = stack->column_count + (unsigned)((i - first) % pieces);
        stack->column_of[stack->boxes[i]->number] = stack->columns[i];
    }
    stack->column_count += (unsigned)pieces;
}

static void
change_columns(struct stack *stack, const struct change *change)
{
    g_autofree int *heights = heights_of_ranks(stack);
    g_autofree unsigned *merged = g_new(unsigned, stack->rank_count);
    for (unsigned i = 0; i < stack->rank_count; i++)
        merged[i] = i;
    for (unsigned i = 0; i < change->merges; i++)
        merge_lowest(heights, merged, stack->rank_count);
    stack->column_count = 0;
    for (size_t first = 0, end = 0; first < stack->count; first = end) {
        unsigned rank = merged[stack->ranks[first]];
        while (end < stack->count && merged[stack->ranks[end]] == rank)
            end++;
        cut_column(stack, first, end, heights[rank], change->limit);
    }
}

/* Adds a line that turns behind the column, unless one to the same row did so. */
static void
count_turn(unsigned *lanes, GHashTable *seen, unsigned column, const struct line *line)
{
    gint64 key = ((gint64)end_port(&line->parent) << 32) | column;
    if (g_hash_table_add(seen, g_memdup2(&key, sizeof key)))
        lanes[column]++;
}

/* How many lines run up or down behind each column: they turn behind the column of the parent, and
 * before that of the child when it is not the next. */
static unsigned *
count_lanes(const struct stack *stack)
{
    const struct picture *picture = stack->picture;
    unsigned *lanes = g_new0(unsigned, stack->column_count);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        unsigned parent = stack->column_of[line->parent.box->number];
        unsigned child = stack->column_of[line->child.box->number];
        if (parent != OUTSIDE)
            count_turn(lanes, seen, parent, line);
        if (child != OUTSIDE && child > 0)
            count_turn(lanes, seen, child - 1, line);
    }
    return lanes;
}

static int
width_of_gap(const struct stack *stack, unsigned lanes)
{
    if (stack->is_bare)
        return NARROW_GAP;
    return 2 * (picture_stub(stack->picture) + GRID) + GRID * (int)CLAMP(lanes, 1, LANES_MOST);
}

/* Boxes of a column are equally wide, one below the other; what they fill. */
static struct block
place_column(const struct stack *stack, unsigned column, int x)
{
    struct block block = {.x = x};
    for (size_t i = 0; i < stack->count; i++)
        if (stack->columns[i] == column)
            block.width = MAX(block.width, stack->boxes[i]->width);
    for (size_t i = 0; i < stack->count; i++) {
        struct box *box = stack->boxes[i];
        if (stack->columns[i] != column)
            continue;
        box->x = x;
        box->y = block.height;
        box->width = block.width;
        block.height += on_grid(box->height) + box_gap(stack->picture);
    }
    block.height -= box_gap(stack->picture);
    return block;
}

static struct block
set_places(const struct stack *stack)
{
    struct block all = {0};
    g_autofree unsigned *lanes = count_lanes(stack);
    for (unsigned column = 0; column < stack->column_count; column++) {
        int x = column == 0 ? 0 : all.width + width_of_gap(stack, lanes[column - 1]);
        struct block block = place_column(stack, column, x);
        all.width = x + block.width;
        all.height = MAX(all.height, block.height);
    }
    return all;
}

/* How far from a good rectangle. */
static int
badness(const struct block *block)
{
    return MAX(block->width * HIGH, block->height * WIDE);
}

/* Tries a change; keeps it in `best` when it makes a better rectangle. */
static void
try_change(struct stack *stack, struct change change, struct change *best, int *least)
{
    change_columns(stack, &change);
    struct block block = set_places(stack);
    if (badness(&block) >= *least)
        return;
    *least = badness(&block);
    *best = change;
}

void
block_decide(const struct picture *picture, struct sketch *sketch, size_t group)
{
    struct stack stack = stack_new(picture, sketch, group);
    g_autofree int *heights = heights_of_ranks(&stack);
    struct change best = UNCHANGED;
    int least = G_MAXINT;
    int highest = 1;
    for (unsigned i = 0; i < stack.rank_count; i++)
        highest = MAX(highest, heights[i]);
    for (unsigned merges = 0; merges < stack.rank_count; merges++)
        try_change(&stack, (struct change){merges, HEIGHT_MOST}, &best, &least);
    for (int pieces = 2; pieces <= PIECES_MOST; pieces++)
        try_change(&stack, (struct change){0, (highest + pieces - 1) / pieces}, &best, &least);
    change_columns(&stack, &best);
    for (size_t i = 0; i < stack.count; i++) {
        struct spot *spot = &sketch->spots[stack.boxes[i]->number];
        spot->column = stack.columns[i];
        spot->place = (unsigned)i;
    }
    stack_clear(&stack);
}

struct block
block_group(const struct picture *picture, const struct sketch *sketch, size_t group)
{
    struct stack stack = stack_new(picture, sketch, group);
    change_columns(&stack, &UNCHANGED);
    struct block block = set_places(&stack);
    stack_clear(&stack);
    return block;
}

/* Lines up the blocks in shelves of at most that width; what they fill. In a shelf a block stands
 * below the one before where there is room. */
static struct block
fill_shelves(struct block *const *blocks, size_t count, int width, const struct gaps *gaps)
{
    struct block all = {0};
    struct block shelf = {0}; /* filled so far; y and height are the shelf's */
    struct block column = {0};
    for (size_t i = 0; i < count; i++) {
        struct block *block = blocks[i];
        bool below = i > 0 && block->width <= column.width &&
                     column.height + gaps->y + block->height <= shelf.height;
        if (!below && i > 0 && shelf.width + gaps->x + block->width > width) {
            shelf = (struct block){.y = all.height + gaps->y};
            column = shelf;
        }
        if (below) {
            block->x = column.x;
            block->y = shelf.y + column.height + gaps->y;
            column.height += gaps->y + block->height;
            continue;
        }
        block->x = shelf.width == 0 ? 0 : shelf.width + gaps->x;
        block->y = shelf.y;
        column = (struct block){block->x, shelf.y, block->width, block->height};
        shelf.width = block->x + block->width;
        shelf.height = MAX(shelf.height, block->height);
        all.width = MAX(all.width, shelf.width);
        all.height = MAX(all.height, shelf.y + shelf.height);
    }
    return all;
}

struct block
block_pack(struct block *const *blocks, size_t count, const struct gaps *gaps)
{
    struct block best = {0};
    int least = G_MAXINT;
    int best_width = 0;
    for (size_t i = 1; i <= count; i++) {
        int width = -gaps->x; /* of the first i blocks side by side */
        for (size_t j = 0; j < i; j++)
            width += blocks[j]->width + gaps->x;
        best = fill_shelves(blocks, count, width, gaps);
        if (badness(&best) < least) {
            least = badness(&best);
            best_width = width;
        }
    }
    return fill_shelves(blocks, count, best_width, gaps);
}
