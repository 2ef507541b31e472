/* sketch.c - groups of boxes, each as a flow for the layout. */
#include "diagram/sketch.h"

#include "diagram/layout.h"

#include <string.h>

struct draft {
    const struct picture *picture;
    struct sketch *sketch;
    size_t *leaders;    /* box → the box that stands for its group, by union-find */
    size_t *numbers;    /* box → its number in the flow of its group */
    struct flow *flows; /* by group */
};

static size_t
leader(const struct draft *draft, size_t box)
{
    while (draft->leaders[box] != box)
        box = draft->leaders[box] = draft->leaders[draft->leaders[box]];
    return box;
}

/* Whether the line joins two boxes of a group. */
static bool
is_inside(const struct line *line)
{
    return line->child.box != line->parent.box &&
           line->child.box->region == line->parent.box->region;
}

static void
join_boxes(const struct draft *draft)
{
    const struct picture *picture = draft->picture;
    for (size_t i = 0; i < picture->box_count; i++)
        draft->leaders[i] = i;
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (!is_inside(line))
            continue;
        size_t a = leader(draft, line->child.box->number);
        size_t b = leader(draft, line->parent.box->number);
        draft->leaders[MAX(a, b)] = MIN(a, b);
    }
}

/* A box that no line joins to another is its own leader, and nobody else's. */
static bool *
find_loose(const struct draft *draft)
{
    size_t count = draft->picture->box_count;
    bool *loose = arena_array(draft->picture->arena, count, sizeof *loose);
    for (size_t i = 0; i < count; i++)
        loose[i] = leader(draft, i) == i;
    for (size_t i = 0; i < count; i++)
        if (leader(draft, i) != i)
            loose[leader(draft, i)] = false;
    return loose;
}

static size_t
group_add(struct sketch *sketch, size_t region, bool loose)
{
    sketch->groups[sketch->group_count] = (struct group){.region = region, .loose = loose};
    return sketch->group_count++;
}

static void
put(const struct draft *draft, size_t box, size_t group)
{
    draft->sketch->spots[box].group = group;
    draft->numbers[box] = draft->sketch->groups[group].box_count++;
}

/* The groups of one region. */
static void
group_region(const struct draft *draft, size_t region, const bool *loose)
{
    const struct picture *picture = draft->picture;
    struct sketch *sketch = draft->sketch;
    bool any_loose = false;
    for (size_t i = 0; i < picture->box_count; i++) {
        if (picture->boxes[i]->region != region)
            continue;
        any_loose = any_loose || loose[i];
        if (loose[i])
            continue;
        bool first = leader(draft, i) == i;
        put(draft, i,
            first ? group_add(sketch, region, false) : sketch->spots[leader(draft, i)].group);
    }
    if (!any_loose)
        return;
    size_t group = group_add(sketch, region, true);
    for (size_t i = 0; i < picture->box_count; i++)
        if (picture->boxes[i]->region == region && loose[i])
            put(draft, i, group);
}

static void
add_nodes(const struct draft *draft)
{
    const struct sketch *sketch = draft->sketch;
    const struct picture *picture = draft->picture;
    for (size_t i = 0; i < sketch->group_count; i++) {
        struct flow *flow = &draft->flows[i];
        flow->node_count = sketch->groups[i].box_count;
        flow->nodes = arena_array(picture->arena, flow->node_count, sizeof *flow->nodes);
    }
}

/* From the parent to the child: what is needed stands on the left. */
static void
add_links(const struct draft *draft)
{
    const struct picture *picture = draft->picture;
    for (size_t i = 0; i < picture->line_count; i++)
        if (is_inside(&picture->lines[i]))
            draft->flows[draft->sketch->spots[picture->lines[i].child.box->number].group]
                .link_count++;
    for (size_t i = 0; i < draft->sketch->group_count; i++) {
        struct flow *flow = &draft->flows[i];
        flow->links = arena_array(picture->arena, flow->link_count, sizeof *flow->links);
        flow->link_count = 0;
    }
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (!is_inside(line))
            continue;
        struct flow *flow = &draft->flows[draft->sketch->spots[line->child.box->number].group];
        flow->links[flow->link_count++] = (struct flow_link){
            (unsigned)draft->numbers[line->parent.box->number],
            (unsigned)draft->numbers[line->child.box->number]};
    }
}

static void
order(const struct draft *draft)
{
    struct sketch *sketch = draft->sketch;
    g_autofree struct flow **flows = g_new(struct flow *, sketch->group_count);
    size_t count = 0;
    for (size_t i = 0; i < sketch->group_count; i++)
        if (!sketch->groups[i].loose)
            flows[count++] = &draft->flows[i];
    sketch->simple = !layout_order(flows, count);
    for (size_t i = 0; i < draft->picture->box_count; i++) {
        struct spot *spot = &sketch->spots[i];
        struct flow_node node = draft->flows[spot->group].nodes[draft->numbers[i]];
        bool loose = sketch->groups[spot->group].loose;
        spot->column = loose ? 0 : node.column;
        spot->place = loose ? (unsigned)draft->numbers[i] : node.place;
    }
}

struct sketch *
sketch_new(const struct picture *picture)
{
    struct arena *arena = picture->arena;
    struct sketch *sketch = arena_alloc(arena, sizeof *sketch);
    sketch->spots = arena_array(arena, picture->box_count, sizeof *sketch->spots);
    sketch->groups = arena_array(arena, picture->box_count, sizeof *sketch->groups);
    sketch->regions = arena_array(arena, picture->region_count, sizeof *sketch->regions);
    struct draft draft = {
        .picture = picture,
        .sketch = sketch,
        .leaders = arena_array(arena, picture->box_count, sizeof *draft.leaders),
        .numbers = arena_array(arena, picture->box_count, sizeof *draft.numbers),
    };
    join_boxes(&draft);
    const bool *loose = find_loose(&draft);
    for (size_t region = 0; region <= picture->region_count; region++)
        group_region(&draft, region, loose);
    draft.flows = arena_array(arena, sketch->group_count, sizeof *draft.flows);
    add_nodes(&draft);
    add_links(&draft);
    order(&draft);
    return sketch;
}
