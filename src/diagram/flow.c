/* flow.c - columns by longest ways, places by means of neighbours, swept to and fro. */
#include "diagram/flow.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum { SWEEPS = 6 };

/* How many links lead to each node from nodes that have no column yet. */
static unsigned *
count_waiting(const struct flow *flow)
{
    unsigned *waiting = g_new0(unsigned, flow->node_count);
    for (size_t i = 0; i < flow->link_count; i++)
        waiting[flow->links[i].to]++;
    return waiting;
}

/* Links by the node that they leave: of node i those from starts[i] to starts[i + 1]. */
static unsigned *
sort_links(const struct flow *flow, size_t *starts)
{
    unsigned *targets = g_new(unsigned, flow->link_count);
    for (size_t i = 0; i < flow->link_count; i++)
        starts[flow->links[i].from + 1]++;
    for (size_t i = 0; i < flow->node_count; i++)
        starts[i + 1] += starts[i];
    g_autofree size_t *ends = g_memdup2(starts, (flow->node_count + 1) * sizeof *starts);
    for (size_t i = 0; i < flow->link_count; i++)
        targets[ends[flow->links[i].from]++] = flow->links[i].to;
    return targets;
}

enum { UNPLACED = G_MAXUINT };

/* The next node that waits for none; where all wait for each other, the first. */
static size_t
next_node(const struct flow *flow, const unsigned *waiting, GQueue *ready, size_t *first)
{
    while (!g_queue_is_empty(ready)) {
        size_t node = GPOINTER_TO_SIZE(g_queue_pop_head(ready));
        if (flow->nodes[node].place == UNPLACED && waiting[node] == 0)
            return node;
    }
    while (flow->nodes[*first].place != UNPLACED)
        (*first)++;
    return *first;
}

/* Each node right of those that it needs, but where they go in circles. Also gives every node a
 * place of its own, in the order in which columns were found. */
static void
find_columns(struct flow *flow)
{
    g_autofree unsigned *waiting = count_waiting(flow);
    g_autofree size_t *starts = g_new0(size_t, flow->node_count + 1);
    g_autofree unsigned *targets = sort_links(flow, starts);
    g_autoptr(GQueue) ready = g_queue_new();
    size_t first = 0;
    for (size_t i = 0; i < flow->node_count; i++) {
        flow->nodes[i] = (struct flow_node){0, UNPLACED};
        if (waiting[i] == 0)
            g_queue_push_tail(ready, GSIZE_TO_POINTER(i));
    }
    for (size_t i = 0; i < flow->node_count; i++) {
        size_t node = next_node(flow, waiting, ready, &first);
        flow->nodes[node].place = (unsigned)i;
        for (size_t j = starts[node]; j < starts[node + 1]; j++) {
            struct flow_node *target = &flow->nodes[targets[j]];
            if (target->place != UNPLACED)
                continue;
            target->column = MAX(target->column, flow->nodes[node].column + 1);
            if (--waiting[targets[j]] == 0)
                g_queue_push_tail(ready, GSIZE_TO_POINTER((size_t)targets[j]));
        }
    }
}

/* A node among those of its column, and the mean place of its neighbours in 1/1000. */
struct standing_node {
    struct flow_node *node;
    uint64_t mean;
};

static gint
compare_nodes(gconstpointer first, gconstpointer second)
{
    const struct standing_node *a = first;
    const struct standing_node *b = second;
    if (a->node->column != b->node->column)
        return a->node->column < b->node->column ? -1 : 1;
    if (a->mean != b->mean)
        return a->mean < b->mean ? -1 : 1;
    return a->node->place < b->node->place ? -1 : a->node->place > b->node->place;
}

/* Sorts the columns by the mean places of neighbours. A node without any stays where it is. */
static void
sweep(struct flow *flow)
{
    enum { UNIT = 1000 };
    g_autofree uint64_t *sums = g_new0(uint64_t, flow->node_count);
    g_autofree uint64_t *counts = g_new0(uint64_t, flow->node_count);
    for (size_t i = 0; i < flow->link_count; i++) {
        const struct flow_link *link = &flow->links[i];
        sums[link->to] += flow->nodes[link->from].place;
        sums[link->from] += flow->nodes[link->to].place;
        counts[link->to]++;
        counts[link->from]++;
    }
    g_autofree struct standing_node *order = g_new(struct standing_node, flow->node_count);
    for (size_t i = 0; i < flow->node_count; i++) {
        uint64_t mean = counts[i] == 0 ? flow->nodes[i].place * UNIT : sums[i] * UNIT / counts[i];
        order[i] = (struct standing_node){&flow->nodes[i], mean};
    }
    qsort(order, flow->node_count, sizeof *order, compare_nodes);
    for (size_t i = 0; i < flow->node_count; i++) {
        bool same_column = i > 0 && order[i].node->column == order[i - 1].node->column;
        order[i].node->place = same_column ? order[i - 1].node->place + 1 : 0;
    }
}

void
flow_order_simply(struct flow *flow)
{
    find_columns(flow);
    for (int i = 0; i < SWEEPS; i++)
        sweep(flow);
}
