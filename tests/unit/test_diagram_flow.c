/* test_diagram_flow.c - columns and places, by the simple way and by Graphviz. */
#include "diagram/flow.h"
#include "diagram/layout.h"

#include <glib.h>
#include <stdbool.h>

enum { MOST = 400 };

/* A flow in memory of the test's own. */
struct sample {
    struct flow flow;
    struct flow_node nodes[MOST];
    struct flow_link links[2 * MOST];
};

static struct sample *
sample_new(size_t nodes)
{
    struct sample *sample = g_new0(struct sample, 1);
    sample->flow = (struct flow){nodes, sample->nodes, 0, sample->links};
    return sample;
}

static void
add(struct sample *sample, unsigned from, unsigned to)
{
    sample->links[sample->flow.link_count++] = (struct flow_link){from, to};
}

static void
assert_no_place_twice(const struct flow *flow)
{
    for (size_t i = 0; i < flow->node_count; i++)
        for (size_t j = 0; j < i; j++)
            g_assert_true(flow->nodes[i].column != flow->nodes[j].column ||
                          flow->nodes[i].place != flow->nodes[j].place);
}

static void
assert_leads_right(const struct flow *flow)
{
    for (size_t i = 0; i < flow->link_count; i++)
        g_assert_cmpuint(flow->nodes[flow->links[i].from].column, <,
                         flow->nodes[flow->links[i].to].column);
}

/* A tree, numbered so that the order of the numbers is not that of the columns. */
static struct sample *
tree_new(size_t nodes)
{
    struct sample *sample = sample_new(nodes);
    for (unsigned i = 0; i + 1 < nodes; i++)
        add(sample, (unsigned)(nodes - 1) - i / 3, (unsigned)(nodes - 2) - i);
    return sample;
}

/* Two pairs that cross when nobody sorts them. */
static struct sample *
crossed_new(void)
{
    struct sample *sample = sample_new(6);
    static const unsigned links[][2] = {{0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 5}, {3, 4}};
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++)
        add(sample, links[i][0], links[i][1]);
    return sample;
}

static struct sample *
circle_new(size_t nodes)
{
    struct sample *sample = sample_new(nodes);
    for (unsigned i = 0; i < nodes; i++)
        add(sample, i, (i + 1) % (unsigned)nodes);
    return sample;
}

static void
order_simply(struct flow *flow)
{
    flow_order_simply(flow);
}

static void
order_by_graphviz(struct flow *flow)
{
    g_assert_true(layout_order(&flow, 1));
}

static void
check(gconstpointer data)
{
    void (*order)(struct flow * flow) = *(void (*const *)(struct flow * flow)) data;
    struct sample *tree = tree_new(40);
    order(&tree->flow);
    assert_leads_right(&tree->flow);
    assert_no_place_twice(&tree->flow);
    g_free(tree);
    struct sample *crossed = crossed_new();
    order(&crossed->flow);
    const struct flow_node *nodes = crossed->nodes;
    g_assert_true((nodes[2].place < nodes[3].place) == (nodes[5].place < nodes[4].place));
    g_free(crossed);
    struct sample *circle = circle_new(7);
    order(&circle->flow);
    assert_no_place_twice(&circle->flow);
    g_free(circle);
}

/* Many flows at once, and too large ones among them, which are ordered simply. */
static void
test_sizes(void)
{
    struct sample *samples[] = {tree_new(5), tree_new(MOST), circle_new(3), sample_new(1)};
    struct flow *flows[G_N_ELEMENTS(samples)];
    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++)
        flows[i] = &samples[i]->flow;
    g_assert_true(layout_order(flows, G_N_ELEMENTS(samples)));
    assert_leads_right(flows[0]);
    assert_leads_right(flows[1]);
    g_assert_true(layout_order(flows, 0));
    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
        assert_no_place_twice(flows[i]);
        g_free(samples[i]);
    }
}

/* Whatever was laid out before. */
static void
test_same_again(void)
{
    struct sample *first = tree_new(60);
    struct sample *second = tree_new(60);
    struct sample *other = circle_new(50);
    struct flow *before[] = {&first->flow};
    struct flow *after[] = {&other->flow, &second->flow};
    layout_order(before, 1);
    layout_order(after, 2);
    g_assert_cmpmem(first->nodes, sizeof first->nodes, second->nodes, sizeof second->nodes);
    g_free(first);
    g_free(second);
    g_free(other);
}

int
main(int argc, char **argv)
{
    static void (*const simply)(struct flow * flow) = order_simply;
    static void (*const graphviz)(struct flow * flow) = order_by_graphviz;
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/diagram/flow/simply", &simply, check);
    g_test_add_data_func("/diagram/flow/graphviz", &graphviz, check);
    g_test_add_func("/diagram/flow/sizes", test_sizes);
    g_test_add_func("/diagram/flow/same-again", test_same_again);
    return g_test_run();
}
