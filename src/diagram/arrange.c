/* arrange.c - one after the other, each beside the one with which it has most to do. */
#include "diagram/arrange.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    COLUMNS = 512, /* more than there are blocks on both sides of the middle */
    MIDDLE = COLUMNS / 2,
    NEEDED = 100,
    WIDE = 16,
    HIGH = 10, /* a good picture */
};

/* How columns are filled. */
struct manner {
    int limit;   /* height of a column */
    bool inward; /* a block may stand in the column of its neighbour */
};

struct draft {
    const struct block *blocks;
    size_t count;
    const struct link *links;
    size_t link_count;
    int gap;
    struct manner manner;
    int heights[COLUMNS]; /* filled so far */
    int widths[COLUMNS];
    unsigned filled[COLUMNS]; /* blocks */
    int *columns;             /* of each block; -1: none yet */
    unsigned *places;
    unsigned *needs; /* weights of all links of each block; those that lead to it count more */
};

static void
put(struct draft *draft, size_t block, int column)
{
    const struct block *size = &draft->blocks[block];
    draft->columns[block] = column;
    draft->places[block] = draft->filled[column]++;
    draft->heights[column] += size->height + (draft->heights[column] > 0 ? draft->gap : 0);
    draft->widths[column] = MAX(draft->widths[column], size->width);
}

static bool
has_room(const struct draft *draft, size_t block, int column)
{
    return draft->filled[column] == 0 ||
           draft->heights[column] + draft->gap + draft->blocks[block].height <= draft->manner.limit;
}

/* The first column with room, going from `column` in steps of `step`. */
static int
column_with_room(const struct draft *draft, size_t block, int column, int step)
{
    while (!has_room(draft, block, column))
        column += step;
    return column;
}

static int
height_of_side(const struct draft *draft, int step)
{
    int height = 0;
    for (int column = MIDDLE + step; column > 0 && column < COLUMNS; column += step)
        height += draft->heights[column];
    return height;
}

/* Further out on the side of its neighbour; beside the middle, on the side that is less full. */
static void
put_beside(struct draft *draft, size_t block, size_t neighbour)
{
    int column = draft->columns[neighbour];
    int step = column < MIDDLE ? -1 : 1;
    if (column == MIDDLE)
        step = height_of_side(draft, -1) < height_of_side(draft, 1) ? -1 : 1;
    if (column == MIDDLE || !draft->manner.inward)
        column += step;
    put(draft, block, column_with_room(draft, block, column, step));
}

/* The strongest link between a block that has a place and one that has none. */
static const struct link *
next_link(const struct draft *draft)
{
    const struct link *best = NULL;
    for (size_t i = 0; i < draft->link_count; i++) {
        const struct link *link = &draft->links[i];
        if ((draft->columns[link->a] < 0) != (draft->columns[link->b] < 0) &&
            (best == NULL || link->weight > best->weight))
            best = link;
    }
    return best;
}

/* The block that others need most of those without a place; `count` when none of them has a link.
 */
static size_t
next_middle(const struct draft *draft)
{
    size_t best = draft->count;
    for (size_t i = 0; i < draft->count; i++)
        if (draft->columns[i] < 0 && draft->needs[i] > 0 &&
            (best == draft->count || draft->needs[i] > draft->needs[best]))
            best = i;
    return best;
}

static int
first_empty_column(const struct draft *draft)
{
    int column = MIDDLE;
    while (draft->filled[column] > 0)
        column++;
    return column;
}

/* The lowest column that has room, the right one of equal ones. */
static int
lowest_column(const struct draft *draft, size_t block)
{
    int best = first_empty_column(draft);
    for (int column = COLUMNS - 1; column >= 0; column--)
        if (draft->filled[column] > 0 && has_room(draft, block, column) &&
            (draft->filled[best] == 0 || draft->heights[column] < draft->heights[best]))
            best = column;
    return best;
}

static void
put_all(struct draft *draft)
{
    for (size_t middle = next_middle(draft); middle < draft->count; middle = next_middle(draft)) {
        put(draft, middle, first_empty_column(draft));
        for (const struct link *link = next_link(draft); link != NULL; link = next_link(draft)) {
            bool from_a = draft->columns[link->a] >= 0;
            put_beside(draft, from_a ? link->b : link->a, from_a ? link->a : link->b);
        }
    }
    for (size_t i = 0; i < draft->count; i++)
        if (draft->columns[i] < 0)
            put(draft, i, lowest_column(draft, i));
}

/* How far from a good picture the manner leads. */
static int
try(struct draft *draft, struct manner manner)
{
    int width = 0;
    int height = 0;
    draft->manner = manner;
    for (int column = 0; column < COLUMNS; column++) {
        draft->heights[column] = draft->widths[column] = 0;
        draft->filled[column] = 0;
    }
    for (size_t i = 0; i < draft->count; i++)
        draft->columns[i] = -1;
    put_all(draft);
    for (int column = 0; column < COLUMNS; column++) {
        if (draft->filled[column] > 0)
            width += draft->widths[column] + draft->gap;
        height = MAX(height, draft->heights[column]);
    }
    return MAX(width * HIGH, height * WIDE);
}

/* The manner under which the picture is best: columns from the highest block up to all of them. */
static struct manner
best_manner(struct draft *draft)
{
    int highest = 0;
    int total = 0;
    for (size_t i = 0; i < draft->count; i++) {
        highest = MAX(highest, draft->blocks[i].height);
        total += draft->blocks[i].height + draft->gap;
    }
    struct manner best = {highest, false};
    int least = G_MAXINT;
    int step = MAX(highest / 4, draft->gap);
    for (struct manner manner = best; manner.limit < total + step;
         manner.limit += manner.inward ? step : 0) {
        manner.inward = !manner.inward;
        int badness = try(draft, manner);
        if (badness >= least)
            continue;
        least = badness;
        best = manner;
    }
    return best;
}

unsigned
arrange(const struct block *blocks, size_t count, const struct link *links, size_t link_count,
        int gap, struct spot *spots)
{
    struct draft draft = {
        .blocks = blocks,
        .count = count,
        .links = links,
        .link_count = link_count,
        .gap = gap,
        .columns = g_new(int, count),
        .places = g_new0(unsigned, count),
        .needs = g_new0(unsigned, count),
    };
    for (size_t i = 0; i < link_count; i++) {
        draft.needs[links[i].a] += links[i].weight;
        draft.needs[links[i].b] += NEEDED * links[i].weight;
    }
    try(&draft, best_manner(&draft));
    int first = 0;
    while (first < MIDDLE && draft.filled[first] == 0)
        first++;
    for (size_t i = 0; i < count; i++) {
        spots[i].column = (unsigned)(draft.columns[i] - first);
        spots[i].place = draft.places[i];
    }
    g_free(draft.columns);
    g_free(draft.places);
    g_free(draft.needs);
    return (unsigned)(MIDDLE - first);
}
