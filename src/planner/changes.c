/* changes.c - which steps of a plan are in no other one. Pure. */
#include "planner/planner.h"

/* What makes two steps the same one: costs and rows differ with what is below them. */
static char *
signature_of(const struct plan_node *node)
{
    return g_strdup_printf("%s\n%s\n%s", node->type, node->alias != NULL ? node->alias : "",
                           node->index != NULL ? node->index : "");
}

static int
count_of(GHashTable *counts, const char *signature)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(counts, signature));
}

static void
count_all(const struct plan_node *node, GHashTable *counts)
{
    char *signature = signature_of(node);
    int count = count_of(counts, signature);
    g_hash_table_replace(counts, signature, GINT_TO_POINTER(count + 1));
    for (size_t i = 0; i < node->count; i++)
        count_all(&node->children[i], counts);
}

static void
take_away(const struct plan_node *node, GHashTable *counts, GPtrArray *missing)
{
    char *signature = signature_of(node);
    int count = count_of(counts, signature);
    if (count == 0)
        g_ptr_array_add(missing, (gpointer)(guintptr)node);
    g_hash_table_replace(counts, signature, GINT_TO_POINTER(MAX(count - 1, 0)));
    for (size_t i = 0; i < node->count; i++)
        take_away(&node->children[i], counts, missing);
}

GPtrArray *
plan_missing(const struct plan_node *first, const struct plan_node *second)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *missing = g_ptr_array_new();
    count_all(second, counts);
    take_away(first, counts, missing);
    return missing;
}

bool
plan_differs(const struct plan_node *first, const struct plan_node *second)
{
    g_autoptr(GPtrArray) gone = plan_missing(first, second);
    g_autoptr(GPtrArray) come = plan_missing(second, first);
    return gone->len + come->len > 0;
}
