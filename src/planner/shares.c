/* shares.c - where the cost of a plan is. EXPLAIN tells costs that include those below, for one run
 * of each node and for all rows that it could yield. */
#include "base/text.h"
#include "planner/planner.h"

/* How often the second of two nodes that are joined runs. */
static double
runs_of(const struct plan_node *node, size_t child)
{
    bool again = child == 1 && g_str_equal(node->type, "Nested Loop");
    return again ? MAX(node->children[0].rows, 1) : 1;
}

/* `cost` is what the node with all below it has of the plan's. */
static void
divide(struct plan_node *node, double cost)
{
    double below = 0;
    for (size_t i = 0; i < node->count; i++)
        below += node->children[i].total_cost * runs_of(node, i);
    double whole = MAX(node->total_cost, below);
    double scale = whole > 0 ? cost / whole : 0;
    node->share = cost;
    for (size_t i = 0; i < node->count; i++) {
        double part = node->children[i].total_cost * runs_of(node, i) * scale;
        divide(&node->children[i], part);
        node->share -= part;
    }
    node->share = MAX(node->share, 0);
}

void
plan_share(struct plan_node *root)
{
    divide(root, root->total_cost > 0 ? 1 : 0);
}
