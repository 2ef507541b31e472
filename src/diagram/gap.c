/* gap.c - the lanes in the gap between two columns.
 * In every gap the parents stand on the left, for the picture is read from what is needed to what
 * needs it. Lines to the same row of a parent are one bundle: they may share a lane. */
#include "diagram/gap.h"

enum { WIDTH_LEAST = 80, LANES_MOST = 32 };

/* The lines to one row, and the stretch that they take up and down the gap. */
struct bundle {
    const struct box *parent;
    size_t row;
    int y; /* of the row */
    int top, bottom;
    int sum, count; /* of the heights of the child's ends */
    int lane;       /* from the left, among the lanes of its direction */
};

/* Loops run in the gap on the right. */
static enum standing
gap_of(const struct line *line)
{
    return line->parent.box->standing == STANDS_LEFT ? STANDS_LEFT : STANDS_RIGHT;
}

static bool
is_loop(const struct line *line)
{
    return line->child.box == line->parent.box;
}

static struct bundle *
bundle_of(const GArray *bundles, const struct line *line)
{
    for (guint i = 0; i < bundles->len; i++) {
        struct bundle *bundle = &g_array_index(bundles, struct bundle, i);
        if (bundle->parent == line->parent.box && bundle->row == line->parent.row)
            return bundle;
    }
    return NULL;
}

static void
bundle_add(GArray *bundles, const struct line *line)
{
    struct bundle *bundle = bundle_of(bundles, line);
    if (bundle == NULL) {
        int y = end_y(&line->parent);
        struct bundle fresh = {line->parent.box, line->parent.row, y, y, y, 0, 0, 0};
        g_array_append_val(bundles, fresh);
        bundle = &g_array_index(bundles, struct bundle, bundles->len - 1);
    }
    int y = end_y(&line->child);
    bundle->top = MIN(bundle->top, y);
    bundle->bottom = MAX(bundle->bottom, y);
    bundle->sum += y;
    bundle->count++;
}

/* Whether the lines lead down, seen from the parent. */
static bool
leads_down(const struct bundle *bundle)
{
    return bundle->sum > bundle->y * bundle->count;
}

/* In the order in which they turn, from the left: of two that lead down, the one from the higher
 * row must turn further right, else its way down crosses the other's way to the right; of two that
 * lead up, the one from the lower row. */
static gint
compare_bundles(gconstpointer first, gconstpointer second)
{
    const struct bundle *a = first;
    const struct bundle *b = second;
    if (leads_down(a) != leads_down(b))
        return (int)leads_down(a) - (int)leads_down(b);
    return leads_down(a) ? b->y - a->y : a->y - b->y;
}

static bool
is_straight(const struct bundle *bundle)
{
    return bundle->top == bundle->bottom;
}

static bool
overlap(const struct bundle *a, const struct bundle *b)
{
    return !is_straight(a) && !is_straight(b) && a->top <= b->bottom && b->top <= a->bottom;
}

/* Each bundle right of those that turn before it, if they come to the same height. */
static void
order_lanes(GArray *bundles)
{
    for (guint i = 0; i < bundles->len; i++) {
        struct bundle *bundle = &g_array_index(bundles, struct bundle, i);
        for (guint j = 0; j < i; j++) {
            const struct bundle *before = &g_array_index(bundles, struct bundle, j);
            if (leads_down(before) == leads_down(bundle) && overlap(before, bundle))
                bundle->lane = MAX(bundle->lane, before->lane + 1);
        }
    }
}

static GArray *
bundles_new(const struct picture *picture, enum standing outer)
{
    GArray *bundles = g_array_new(FALSE, FALSE, sizeof(struct bundle));
    for (size_t i = 0; i < picture->line_count; i++)
        if (gap_of(&picture->lines[i]) == outer)
            bundle_add(bundles, &picture->lines[i]);
    g_array_sort(bundles, compare_bundles);
    order_lanes(bundles);
    return bundles;
}

/* Lanes that the bundles of one direction need. */
static int
count_lanes(const GArray *bundles, bool down)
{
    int lanes = 0;
    for (guint i = 0; i < bundles->len; i++) {
        const struct bundle *bundle = &g_array_index(bundles, struct bundle, i);
        if (leads_down(bundle) == down && !is_straight(bundle))
            lanes = MAX(lanes, bundle->lane + 1);
    }
    return lanes;
}

/* The most bundles at one height, whatever their direction. */
static int
count_abreast(const GArray *bundles)
{
    int most = 0;
    for (guint i = 0; i < bundles->len; i++) {
        const struct bundle *bundle = &g_array_index(bundles, struct bundle, i);
        int abreast = 0;
        for (guint j = 0; j < bundles->len; j++) {
            const struct bundle *other = &g_array_index(bundles, struct bundle, j);
            abreast += overlap(bundle, other) && other->top <= bundle->top;
        }
        most = MAX(most, abreast);
    }
    return most;
}

static bool
column_is_empty(const struct picture *picture, enum standing standing)
{
    for (size_t i = 0; i < picture->box_count; i++)
        if (picture->boxes[i]->standing == standing)
            return false;
    return true;
}

/* One lane more than the lines need lets them change places. */
int
gap_width(const struct picture *picture, enum standing outer)
{
    g_autoptr(GArray) bundles = bundles_new(picture, outer);
    int lanes = MAX(count_lanes(bundles, true), count_lanes(bundles, false));
    lanes = MIN(MAX(lanes, count_abreast(bundles)), LANES_MOST);
    if (column_is_empty(picture, outer))
        return lanes > 0 ? STUB + GRID * lanes : 0;
    return MAX(WIDTH_LEAST, 2 * (STUB + GRID) + GRID * lanes);
}

static void
assign_lane(struct picture *picture, enum standing outer, const struct bundle *bundle, int x)
{
    for (size_t i = 0; i < picture->line_count; i++) {
        struct line *line = &picture->lines[i];
        if (gap_of(line) == outer && !is_loop(line) && line->parent.box == bundle->parent &&
            line->parent.row == bundle->row)
            line->lane = x;
    }
}

/* Both directions use the middle of the gap: as a rule they do not meet. */
void
gap_assign_lanes(struct picture *picture, enum standing outer, int left, int right)
{
    g_autoptr(GArray) bundles = bundles_new(picture, outer);
    int first = left + STUB + GRID;
    int room = (right - STUB - GRID - first) / GRID + 1;
    for (guint i = 0; i < bundles->len; i++) {
        const struct bundle *bundle = &g_array_index(bundles, struct bundle, i);
        int before = (room - count_lanes(bundles, leads_down(bundle))) / 2 + bundle->lane;
        assign_lane(picture, outer, bundle, first + MAX(before, 0) % MAX(room, 1) * GRID);
    }
}
