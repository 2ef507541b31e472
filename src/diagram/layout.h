/* layout.h - columns and places for nodes by Graphviz, which draws nothing here and measures no
 * text. Runs in a forked process: Graphviz keeps state from one layout to the next, and may abort.
 */
#ifndef DBDOC_LAYOUT_H
#define DBDOC_LAYOUT_H

#include "diagram/flow.h"

#include <stdbool.h>

enum { LAYOUT_NODES_MOST = 200 }; /* of one flow; Graphviz's time grows with the cube */

/* Gives the nodes of all flows columns and places. False when Graphviz came to no end: then they
 * are ordered simply, as flows with too many nodes always are. */
bool layout_order(struct flow *const *flows, size_t count);

#endif
