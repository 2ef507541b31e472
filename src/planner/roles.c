/* roles.c - what an index does in a plan, seen beside the plan without it. Pure. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "planner/planner.h"

#include <string.h>

typedef bool (*node_test)(const struct plan_node *node, const void *data);

static unsigned
count_nodes(const struct plan_node *root, node_test test, const void *data)
{
    unsigned count = test(root, data);
    for (size_t i = 0; i < root->count; i++)
        count += count_nodes(&root->children[i], test, data);
    return count;
}

/* The first, in the order of the plan; NULL: none. */
static const struct plan_node *
find_node(const struct plan_node *root, node_test test, const void *data)
{
    if (test(root, data))
        return root;
    for (size_t i = 0; i < root->count; i++) {
        const struct plan_node *found = find_node(&root->children[i], test, data);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool
is_of_type(const struct plan_node *node, const void *type)
{
    return g_str_equal(node->type, type);
}

/* Of a bitmap's two nodes, the one that has a condition of the relation. */
static bool
is_scan(const struct plan_node *node, const void *data)
{
    (void)data;
    return node->relation != NULL && strstr(node->type, "Scan") != NULL &&
           !g_str_equal(node->type, "Bitmap Index Scan");
}

static bool
is_unique_join(const struct plan_node *node, const void *data)
{
    (void)data;
    return node->inner_unique;
}

/* Whether the node reads what is called so. Partitions of "events" are called events_1, events_2 …
 */
static bool
is_called(const struct plan_node *node, const void *alias)
{
    if (node->alias == NULL || !g_str_has_prefix(node->alias, alias))
        return false;
    const char *rest = node->alias + strlen(alias);
    return *rest == '\0' || (*rest == '_' && rest[strspn(rest + 1, "0123456789") + 1] == '\0');
}

/* The alias before the next column of a text, of those of the plan; NULL at the end. Free with
 * g_free. */
static char *
next_alias(const struct plan_node *root, const char **cursor)
{
    struct sql_token token;
    struct sql_token dot;
    while (sql_next(cursor, &token)) {
        const char *behind = *cursor;
        if ((token.kind != SQL_WORD && token.kind != SQL_QUOTED) || !sql_next(&behind, &dot) ||
            !sql_is_sign(&dot, '.'))
            continue;
        g_autofree char *alias = sql_identifier(&token);
        if (find_node(root, is_called, alias) != NULL)
            return g_steal_pointer(&alias);
    }
    return NULL;
}

/* Whether a condition speaks of another relation: "(p.author_id = u.id)" of p speaks of u. */
static bool
names_another(const struct plan_node *root, const struct plan_node *scan)
{
    const char *cursor = scan->condition;
    bool another = false;
    for (char *alias; !another && (alias = next_alias(root, &cursor)) != NULL; g_free(alias))
        another = !is_called(scan, alias);
    return another;
}

struct asked {
    const struct plan_node *root;
    const struct index_question *question;
};

static bool
is_asked(const struct plan_node *node, const void *data)
{
    const struct asked *asked = data;
    return node->index != NULL && asked->question->is_index(node, asked->question->data);
}

static bool
finds(const struct plan_node *node, const void *data)
{
    const struct asked *asked = data;
    return is_asked(node, data) && node->condition != NULL &&
           asked->question->narrows(node, asked->question->data);
}

static bool
finds_by_join(const struct plan_node *node, const void *data)
{
    const struct asked *asked = data;
    return finds(node, data) && names_another(asked->root, node);
}

static bool
finds_by_condition(const struct plan_node *node, const void *data)
{
    const struct asked *asked = data;
    return finds(node, data) && !names_another(asked->root, node);
}

bool
plan_uses(const struct plan_node *root, const struct index_question *question)
{
    return find_node(root, is_asked, &(struct asked){root, question}) != NULL;
}

const char *
plan_condition(const struct plan_node *root, const struct index_question *question)
{
    const struct plan_node *node = find_node(root, finds, &(struct asked){root, question});
    return node != NULL ? node->condition : NULL;
}

/* Of what is gained, whatever node gains it: a join that is left out names no index. */
static unsigned
gains(const struct plan_node *with, const struct plan_node *without)
{
    bool fewer = count_nodes(with, is_scan, NULL) < count_nodes(without, is_scan, NULL);
    bool single = count_nodes(with, is_unique_join, NULL) >
                  count_nodes(without, is_unique_join, NULL);
    return fewer || single ? USE_UNIQUENESS : 0;
}

static bool
puts_in_order(const struct plan_node *node, const void *data)
{
    (void)data;
    return node->ordered_by != NULL;
}

/* Whether the order of the plan begins with a column of the relation that the node reads: an index
 * of another one only makes a plan possible that keeps it. */
static bool
begins_order(const struct plan_node *without, const struct plan_node *scan)
{
    const struct plan_node *sort = find_node(without, puts_in_order, NULL);
    const char *cursor = sort != NULL ? sort->ordered_by : "";
    g_autofree char *alias = next_alias(without, &cursor);
    return alias != NULL && is_called(scan, alias);
}

static unsigned
order_gained(const struct plan_node *with, const struct plan_node *without)
{
    unsigned parts = count_nodes(with, is_of_type, "Incremental Sort");
    unsigned parts_without = count_nodes(without, is_of_type, "Incremental Sort");
    unsigned whole = count_nodes(with, puts_in_order, NULL) - parts;
    if (whole >= count_nodes(without, puts_in_order, NULL) - parts_without)
        return 0;
    unsigned order = parts > parts_without ? USE_BEGIN_ORDER : USE_ORDER;
    return order | (find_node(with, is_of_type, "Limit") != NULL ? USE_LIMIT : 0);
}

/* min() and max() become the first row of an index, behind a LIMIT that the query has not. */
static bool
finds_ends(const struct plan_node *with, const struct plan_node *without)
{
    return count_nodes(with, is_of_type, "Limit") > count_nodes(without, is_of_type, "Limit");
}

unsigned
plan_roles(const struct plan_node *with, const struct plan_node *without,
           const struct index_question *question)
{
    const struct asked asked = {with, question};
    unsigned roles = without != NULL ? gains(with, without) : 0;
    const struct plan_node *scan = find_node(with, is_asked, &asked);
    if (scan == NULL)
        return roles;
    if (find_node(with, finds_by_condition, &asked) != NULL)
        roles |= USE_FILTER;
    if (find_node(with, finds_by_join, &asked) != NULL)
        roles |= USE_JOIN;
    if (without != NULL && begins_order(without, scan))
        roles |= order_gained(with, without);
    if (without != NULL && finds_ends(with, without))
        roles |= USE_ORDER;
    return roles;
}
