/* flow.h - things in columns: on the left what is needed, on the right what needs it. Pure. */
#ifndef DBDOC_FLOW_H
#define DBDOC_FLOW_H

#include "base/arena.h"

#include <stddef.h>

struct flow_node {
    unsigned column;
    unsigned place; /* among all nodes of the column, from the top */
};

/* From what is needed to what needs it; never from a node to itself. */
struct flow_link {
    unsigned from, to;
};

/* A connected graph, and where its nodes stand. */
struct flow {
    size_t node_count;
    struct flow_node *nodes;
    size_t link_count;
    struct flow_link *links;
};

/* Gives the nodes columns and places, well enough and in little time: columns by the longest way
 * from a node that needs nothing, places by the mean of the neighbours'. */
void flow_order_simply(struct flow *flow);

#endif
