/* map_place.c - boxes in groups, groups in areas, areas in columns. */
#include "diagram/map_place.h"

#include "diagram/arrange.h"
#include "diagram/label.h"
#include "diagram/shape.h"

#include <stdlib.h>

enum {
    GROUP_GAP = 32,     /* between groups of a region */
    STACK_GAP = 24,     /* between regions of a column */
    LANES_MOST = 24,    /* between two columns of regions */
    REGION_MARGIN = 16, /* around all regions: a lane on every side */
};

static const struct fit fit_alone = {0, 34, 30, 16}; /* the area says the schema */
static const struct fit fit_with_schema = {14, 30, 30, 16};

/* ---- how large the boxes are ---- */

static const struct area *
area_around(const struct picture *picture, const struct box *box)
{
    return box->region < picture->region_count ? picture->regions[box->region].area : picture->area;
}

static void
shape_boxes(const struct picture *picture)
{
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        bool alone = area_around(picture, box)->schema != NULL;
        shape_box(picture->arena, box, alone ? &fit_alone : &fit_with_schema);
    }
}

/* ---- groups and regions ---- */

static void
move_group(const struct picture *picture, const struct sketch *sketch, size_t group,
           const struct block *to)
{
    for (size_t i = 0; i < picture->box_count; i++) {
        if (sketch->spots[i].group != group)
            continue;
        picture->boxes[i]->x += to->x;
        picture->boxes[i]->y += to->y;
    }
}

static gint
compare_blocks(gconstpointer first, gconstpointer second)
{
    const struct block *a = *(struct block *const *)first;
    const struct block *b = *(struct block *const *)second;
    if (a->height != b->height)
        return b->height - a->height;
    return a < b ? -1 : a > b; /* of one array */
}

/* Places the boxes of one region from 0 on; how much room they take. */
static struct block
fill_region(const struct picture *picture, const struct sketch *sketch, size_t region)
{
    g_autofree struct block *blocks = g_new0(struct block, sketch->group_count);
    g_autofree struct block **order = g_new(struct block *, sketch->group_count);
    size_t count = 0;
    for (size_t i = 0; i < sketch->group_count; i++) {
        if (sketch->groups[i].region != region)
            continue;
        blocks[i] = block_group(picture, sketch, i);
        order[count++] = &blocks[i];
    }
    qsort(order, count, sizeof *order, compare_blocks);
    const struct gaps gaps = {2 * (picture_stub(picture) + GRID) + GRID, GROUP_GAP};
    struct block all = block_pack(order, count, &gaps);
    for (size_t i = 0; i < sketch->group_count; i++)
        if (sketch->groups[i].region == region)
            move_group(picture, sketch, i, &blocks[i]);
    return all;
}

static void
shift_boxes(const struct picture *picture, size_t region, int x, int y)
{
    for (size_t i = 0; i < picture->box_count; i++) {
        if (picture->boxes[i]->region != region)
            continue;
        picture->boxes[i]->x += x;
        picture->boxes[i]->y += y;
    }
}

/* Left of the middle what needs others stands on the left. */
static void
mirror_boxes(const struct picture *picture, size_t region, int width)
{
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        if (box->region == region)
            box->x = width - box->x - box->width;
    }
}

/* Places the boxes of all regions from 0 on; how large the regions must be. */
static struct block *
fill_regions(const struct picture *picture, const struct sketch *sketch)
{
    struct block *blocks = g_new0(struct block, picture->region_count);
    for (size_t i = 0; i < picture->region_count; i++) {
        struct region *region = &picture->regions[i];
        blocks[i] = fill_region(picture, sketch, i);
        region->label = label_fit(picture->arena, region->area->name, fit_alone.name);
        int name = label_cells(region->label) * REGION_CELL;
        blocks[i].width = on_grid(MAX(blocks[i].width, name)) + 2 * REGION_INDENT;
        blocks[i].height = on_grid(blocks[i].height) + REGION_HEAD + REGION_INDENT;
    }
    return blocks;
}

/* ---- columns of regions ---- */

/* Lines between regions, from the child's to the parent's; those of the same two as one link. */
static GArray *
links_between_regions(const struct picture *picture)
{
    size_t count = picture->region_count;
    g_autofree unsigned *weights = g_new0(unsigned, count *count);
    for (size_t i = 0; i < picture->line_count; i++) {
        size_t a = picture->lines[i].child.box->region;
        size_t b = picture->lines[i].parent.box->region;
        weights[a * count + b]++;
    }
    GArray *links = g_array_new(FALSE, FALSE, sizeof(struct link));
    for (unsigned a = 0; a < count; a++)
        for (unsigned b = 0; b < count; b++) {
            struct link link = {a, b, weights[a * count + b]};
            if (a != b && link.weight > 0)
                g_array_append_val(links, link);
        }
    return links;
}

/* How many lines pass between this column of regions and the next, those to one row as one. */
static int
count_passing(const struct picture *picture, const struct sketch *sketch, unsigned column)
{
    g_autoptr(GHashTable) ports = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        unsigned child = sketch->regions[line->child.box->region].column;
        unsigned parent = sketch->regions[line->parent.box->region].column;
        if (MIN(child, parent) <= column && MAX(child, parent) > column)
            g_hash_table_add(ports, GINT_TO_POINTER(end_port(&line->parent) + 1));
    }
    return (int)g_hash_table_size(ports);
}

static int
gap_behind(const struct picture *picture, const struct sketch *sketch, unsigned column)
{
    int lanes = CLAMP(count_passing(picture, sketch, column), 2, LANES_MOST);
    return picture_stub(picture) + 2 * GRID + GRID * lanes;
}

/* The region of the column that comes next below that place; NULL: none. */
static struct region *
next_region(const struct picture *picture, const struct sketch *sketch, unsigned column,
            const struct region *above)
{
    struct region *next = NULL;
    for (size_t i = 0; i < picture->region_count; i++) {
        struct region *region = &picture->regions[i];
        unsigned place = sketch->regions[i].place;
        if (sketch->regions[i].column == column &&
            (above == NULL || place > sketch->regions[above - picture->regions].place) &&
            (next == NULL || place < sketch->regions[next - picture->regions].place))
            next = region;
    }
    return next;
}

/* Regions of the column one below the other, all equally wide; the width. */
static int
place_column(const struct picture *picture, const struct sketch *sketch, const struct block *blocks,
             unsigned column, int x)
{
    int width = 0;
    int y = REGION_MARGIN;
    for (size_t i = 0; i < picture->region_count; i++)
        if (sketch->regions[i].column == column)
            width = MAX(width, blocks[i].width);
    for (struct region *region = next_region(picture, sketch, column, NULL); region != NULL;
         region = next_region(picture, sketch, column, region)) {
        region->x = x;
        region->y = y;
        region->width = width;
        region->height = blocks[region - picture->regions].height;
        y += region->height + STACK_GAP;
    }
    return width;
}

static bool
has_lines(const struct picture *picture, size_t region)
{
    for (size_t i = 0; i < picture->line_count; i++)
        if (picture->lines[i].child.box->region == region ||
            picture->lines[i].parent.box->region == region)
            return true;
    return false;
}

static void
place_regions(const struct picture *picture, const struct sketch *sketch)
{
    g_autofree struct block *blocks = fill_regions(picture, sketch);
    unsigned columns = 0;
    for (size_t i = 0; i < picture->region_count; i++)
        columns = MAX(columns, sketch->regions[i].column + 1);
    int x = REGION_MARGIN;
    for (unsigned column = 0; column < columns; column++)
        x += place_column(picture, sketch, blocks, column, x) + gap_behind(picture, sketch, column);
    for (size_t i = 0; i < picture->region_count; i++) {
        const struct region *region = &picture->regions[i];
        if (sketch->regions[i].column < sketch->middle && has_lines(picture, i))
            mirror_boxes(picture, i, region->width - 2 * REGION_INDENT);
        shift_boxes(picture, i, region->x + REGION_INDENT, region->y + REGION_HEAD);
    }
}

/* ---- the whole ---- */

void
map_decide(const struct picture *picture, struct sketch *sketch)
{
    shape_boxes(picture);
    for (size_t i = 0; i < sketch->group_count; i++)
        block_decide(picture, sketch, i);
    if (picture->region_count == 0)
        return;
    g_autofree struct block *blocks = fill_regions(picture, sketch);
    g_autoptr(GArray) links = links_between_regions(picture);
    sketch->middle = arrange(blocks, picture->region_count,
                             (const struct link *)(gpointer)links->data, links->len, STACK_GAP,
                             sketch->regions);
}

static void
measure(struct picture *picture)
{
    for (size_t i = 0; i < picture->region_count; i++) {
        const struct region *region = &picture->regions[i];
        picture->width = MAX(picture->width, region->x + region->width + REGION_MARGIN);
        picture->height = MAX(picture->height, region->y + region->height + REGION_MARGIN);
    }
    for (size_t i = 0; i < picture->box_count && picture->region_count == 0; i++) {
        const struct box *box = picture->boxes[i];
        picture->width = MAX(picture->width, box->x + box->width + picture_stub(picture) + MARGIN);
        picture->height = MAX(picture->height, on_grid(box->y + box->height + MARGIN));
    }
}

void
place_map(struct picture *picture, const struct sketch *sketch)
{
    shape_boxes(picture);
    if (picture->region_count > 0) {
        place_regions(picture, sketch);
    } else {
        fill_region(picture, sketch, 0);
        shift_boxes(picture, 0, on_grid(picture_stub(picture) + MARGIN), MARGIN);
    }
    measure(picture);
}
