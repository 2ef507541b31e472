/* place.c - where boxes stand and how large they are. */
#include "diagram/place.h"

#include "diagram/gap.h"
#include "diagram/shape.h"

enum {
    STANDINGS = STANDS_RIGHT + 1,
    BOX_GAP = 16,     /* at least, between boxes of a column */
    WIDTH_MOST = 960, /* what a page can show without making the letters too small */
};

/* The first under which the picture is not too wide counts. */
static const struct fit fits[] = {
    {20, 40, 40, 24},
    {16, 30, 30, 16},
    {12, 22, 22, 12},
};

/* Shapes all boxes, those of a column equally wide; the widths of the columns. */
static void
shape_columns(struct picture *picture, const struct fit *fit, int widths[STANDINGS])
{
    for (size_t i = 0; i < STANDINGS; i++)
        widths[i] = 0;
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        shape_box(picture->arena, box, fit);
        widths[box->standing] = MAX(widths[box->standing], box->width);
    }
    for (size_t i = 0; i < picture->box_count; i++)
        picture->boxes[i]->width = widths[picture->boxes[i]->standing];
}

/* Which end of the line is at a neighbour; NULL for a loop. */
static const struct end *
outer_end(const struct line *line)
{
    if (line->child.box->standing != STANDS_MIDDLE)
        return &line->child;
    return line->parent.box->standing != STANDS_MIDDLE ? &line->parent : NULL;
}

static const struct end *
inner_end(const struct line *line)
{
    return line->child.box->standing == STANDS_MIDDLE ? &line->child : &line->parent;
}

/* Mean row of the middle table to which the box has lines, as a fraction. */
struct centre {
    size_t sum, count;
};

static struct centre
centre_of(const struct picture *picture, const struct box *box)
{
    struct centre centre = {0, 0};
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct end *outer = outer_end(&picture->lines[i]);
        if (outer == NULL || outer->box != box)
            continue;
        centre.sum += inner_end(&picture->lines[i])->row;
        centre.count++;
    }
    return centre;
}

/* Columns from the left; in each by centre, then as the graph lists them; the rest comes last. */
static gint
compare_boxes(gconstpointer first, gconstpointer second, gpointer data)
{
    const struct box *a = *(struct box *const *)first;
    const struct box *b = *(struct box *const *)second;
    if (a->standing != b->standing)
        return (int)a->standing - (int)b->standing;
    if (a->object == NULL || b->object == NULL)
        return (a->object == NULL) - (b->object == NULL);
    struct centre left = centre_of(data, a);
    struct centre right = centre_of(data, b);
    if (left.sum * right.count != right.sum * left.count)
        return left.sum * right.count < right.sum * left.count ? -1 : 1;
    return (int)a->number - (int)b->number;
}

/* Boxes of a column below each other, from 0. */
static void
stack(struct picture *picture)
{
    int bottoms[STANDINGS] = {0};
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        box->y = bottoms[box->standing];
        bottoms[box->standing] = on_grid(box->y + box->height + BOX_GAP);
    }
}

static gint
compare_numbers(gconstpointer a, gconstpointer b)
{
    return *(const int *)a - *(const int *)b;
}

/* How far the column must move so that its middle line is straight. */
static int
shift_of(const struct picture *picture, enum standing standing)
{
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(int));
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct end *outer = outer_end(&picture->lines[i]);
        if (outer == NULL || outer->box->standing != standing)
            continue;
        int shift = end_y(inner_end(&picture->lines[i])) - end_y(outer);
        g_array_append_val(shifts, shift);
    }
    g_array_sort(shifts, compare_numbers);
    return shifts->len == 0 ? 0 : g_array_index(shifts, int, (shifts->len - 1) / 2);
}

static void
slide(struct picture *picture)
{
    int shifts[STANDINGS];
    for (size_t i = 0; i < STANDINGS; i++)
        shifts[i] = shift_of(picture, (enum standing)i);
    int top = 0;
    for (size_t i = 0; i < picture->box_count; i++) {
        picture->boxes[i]->y += shifts[picture->boxes[i]->standing];
        top = MIN(top, picture->boxes[i]->y);
    }
    for (size_t i = 0; i < picture->box_count; i++)
        picture->boxes[i]->y += MARGIN - top;
}

/* The columns and the gaps between them, from the left. */
struct widths {
    int columns[STANDINGS];
    int gaps[STANDINGS]; /* beside the outer columns */
};

static int
total_width(const struct widths *widths)
{
    int total = 2 * MARGIN + widths->gaps[STANDS_LEFT] + widths->gaps[STANDS_RIGHT];
    for (size_t i = 0; i < STANDINGS; i++)
        total += widths->columns[i];
    return total;
}

static void
place_columns(struct picture *picture, const struct widths *widths)
{
    int left = MARGIN + widths->columns[STANDS_LEFT];
    int middle = left + widths->gaps[STANDS_LEFT];
    int right = middle + widths->columns[STANDS_MIDDLE];
    const int x[STANDINGS] = {MARGIN, middle, right + widths->gaps[STANDS_RIGHT]};
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        box->x = x[box->standing];
        picture->height = MAX(picture->height, box->y + box->height + MARGIN);
    }
    gap_assign_lanes(picture, STANDS_LEFT, left, middle);
    gap_assign_lanes(picture, STANDS_RIGHT, right, x[STANDS_RIGHT]);
}

void
place_neighbourhood(struct picture *picture)
{
    g_qsort_with_data(picture->boxes, (gint)picture->box_count, sizeof *picture->boxes,
                      compare_boxes, picture);
    struct widths widths = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(fits); i++) {
        shape_columns(picture, &fits[i], widths.columns);
        if (i == 0) {
            stack(picture);
            slide(picture);
            widths.gaps[STANDS_LEFT] = gap_width(picture, STANDS_LEFT);
            widths.gaps[STANDS_RIGHT] = gap_width(picture, STANDS_RIGHT);
        }
        picture->width = total_width(&widths);
        if (picture->width <= WIDTH_MOST)
            break;
    }
    place_columns(picture, &widths);
}
