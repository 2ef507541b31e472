/* text.c - a plan in lines, as a terminal shows it. */
#include "planner/planner.h"

#include <string.h>

#define INDENT 2

static void
add_part(GString *text, const char *before, const char *part)
{
    if (part != NULL)
        g_string_append_printf(text, "%s%s", before, part);
}

/* Costs have the figures that EXPLAIN prints. */
static void
add_costs(GString *text, const struct plan_node *node)
{
    char cost[G_ASCII_DTOSTR_BUF_SIZE];
    char rows[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(text, " (cost %s, rows %s)",
                           g_ascii_formatd(cost, sizeof cost, "%.2f", node->total_cost),
                           g_ascii_formatd(rows, sizeof rows, "%.0f", node->rows));
}

static void
add_node(GString *text, const struct plan_node *node, enum plan_basis basis, unsigned depth)
{
    g_string_append_printf(text, "%s%*s%s", text->len > 0 ? "\n" : "", (int)(depth * INDENT), "",
                           node->type);
    if (node->relation != NULL && strcmp(node->type, "Bitmap Index Scan") != 0) {
        add_part(text, " on ", node->schema);
        add_part(text, node->schema != NULL ? "." : " on ", node->relation);
    }
    add_part(text, " by ", node->index);
    add_part(text, ": ", node->condition);
    add_part(text, ", filter ", node->filter);
    add_part(text, ", by ", node->ordered_by);
    if (basis == PLANS_BY_STATISTICS)
        add_costs(text, node);
    for (size_t i = 0; i < node->count; i++)
        add_node(text, &node->children[i], basis, depth + 1);
}

char *
plan_text(const struct plan_node *root, enum plan_basis basis)
{
    GString *text = g_string_new(NULL);
    add_node(text, root, basis, 0);
    return g_string_free(text, FALSE);
}
