/* layout.c - the only user of Graphviz: dot says in which column a node stands and in which order.
 */
#include "diagram/layout.h"

#include "base/offload.h"

#include <graphviz/gvc.h>
#include <string.h>

enum { SECONDS_MOST = 10 }; /* the largest flows take a tenth of one */

extern gvplugin_library_t gvplugin_dot_layout_LTX_library;

/* A request to the child, which answers with the struct flow_node of all its flows. */
struct request {
    size_t count;
    struct flow *const *flows;
};

static bool
is_small(const struct flow *flow)
{
    return flow->node_count <= LAYOUT_NODES_MOST;
}

/* Graphviz takes no const; it changes none of these. */
static char *
word(const char *text)
{
    return (char *)(guintptr)text;
}

/* Nodes have numbers for names: no name of a database reaches Graphviz. */
static Agraph_t *
graph_of(const struct flow *flow, Agnode_t **nodes)
{
    Agraph_t *graph = agopen(word("flow"), Agstrictdirected, NULL);
    agattr(graph, AGRAPH, word("splines"), word("none"));
    agattr(graph, AGNODE, word("shape"), word("point"));
    agattr(graph, AGNODE, word("label"), word(""));
    for (size_t i = 0; i < flow->node_count; i++) {
        g_autofree char *name = g_strdup_printf("%zu", i);
        nodes[i] = agnode(graph, name, 1);
    }
    for (size_t i = 0; i < flow->link_count; i++)
        agedge(graph, nodes[flow->links[i].from], nodes[flow->links[i].to], NULL, 1);
    return graph;
}

static void
lay_out(GVC_t *context, const struct flow *flow, GByteArray *answer)
{
    g_autofree Agnode_t **nodes = g_new(Agnode_t *, flow->node_count);
    Agraph_t *graph = graph_of(flow, nodes);
    if (gvLayout(context, graph, "dot") != 0)
        _exit(1);
    for (size_t i = 0; i < flow->node_count; i++) {
        struct flow_node node = {(unsigned)ND_rank(nodes[i]), (unsigned)ND_order(nodes[i])};
        g_byte_array_append(answer, (const guint8 *)&node, sizeof node);
    }
    gvFreeLayout(context, graph);
    agclose(graph);
}

static void
compute(const void *data, GByteArray *answer)
{
    const struct request *request = data;
    lt_symlist_t plugins[] = {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
                              {NULL, NULL}};
    GVC_t *context = gvContextPlugins(plugins, 0);
    for (size_t i = 0; i < request->count; i++)
        if (is_small(request->flows[i]))
            lay_out(context, request->flows[i], answer);
    gvFreeContext(context);
}

static void
take_answer(const struct request *request, const GByteArray *answer)
{
    const guint8 *from = answer->data;
    for (size_t i = 0; i < request->count; i++) {
        struct flow *flow = request->flows[i];
        if (!is_small(flow))
            continue;
        memcpy(flow->nodes, from, flow->node_count * sizeof *flow->nodes);
        from += flow->node_count * sizeof *flow->nodes;
    }
}

static size_t
size_of_answer(const struct request *request)
{
    size_t nodes = 0;
    for (size_t i = 0; i < request->count; i++)
        nodes += is_small(request->flows[i]) ? request->flows[i]->node_count : 0;
    return nodes * sizeof(struct flow_node);
}

bool
layout_order(struct flow *const *flows, size_t count)
{
    const struct request request = {count, flows};
    size_t size = size_of_answer(&request);
    for (size_t i = 0; i < count; i++)
        flow_order_simply(flows[i]);
    if (size == 0)
        return true;
    g_autoptr(GByteArray) answer = g_byte_array_new();
    if (!offload_run(compute, &request, SECONDS_MOST, answer) || answer->len != size)
        return false;
    take_answer(&request, answer);
    return true;
}
