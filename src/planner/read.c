/* read.c - the JSON of EXPLAIN becomes a tree. Constants of conditions are left out on the way:
 * they may be values. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "planner/planner.h"

#include <jansson.h>
#include <string.h>

#define DEPTH_MOST 200 /* nodes above one another */

struct reader {
    struct arena *arena;
};

/* The node above that gives a bitmap its relation. */
static bool read_node(struct reader *reader, const json_t *json, const struct plan_node *above,
                      unsigned depth, struct plan_node *node);

static const char *
text_of(const struct reader *reader, const json_t *json, const char *key)
{
    return arena_intern(reader->arena, json_string_value(json_object_get(json, key)));
}

static double
number_of(const json_t *json, const char *key)
{
    return json_number_value(json_object_get(json, key));
}

/* "(author_id = 5)" as "(author_id = ?)". */
static const char *
without_constants(const struct reader *reader, const char *text)
{
    if (text == NULL)
        return NULL;
    g_autoptr(GString) safe = g_string_new(NULL);
    struct sql_token token;
    while (sql_next(&text, &token)) {
        if (token.kind == SQL_STRING || token.kind == SQL_NUMBER)
            g_string_append_c(safe, '?');
        else
            g_string_append_len(safe, token.text, (gssize)token.length);
    }
    return arena_intern(reader->arena, safe->str);
}

static const char *
condition_of(const struct reader *reader, const json_t *json, const char *key)
{
    return without_constants(reader, json_string_value(json_object_get(json, key)));
}

static const char *
first_of(const struct reader *reader, const json_t *json, const char *key)
{
    const json_t *list = json_object_get(json, key);
    return without_constants(reader, json_string_value(json_array_get(list, 0)));
}

static const char *
ordered_by(const struct reader *reader, const json_t *json)
{
    const char *strategy = json_string_value(json_object_get(json, "Strategy"));
    const char *type = json_string_value(json_object_get(json, "Node Type"));
    if (text_equal(type, "Sort") || text_equal(type, "Incremental Sort"))
        return first_of(reader, json, "Sort Key");
    return text_equal(strategy, "Hashed") ? first_of(reader, json, "Group Key") : NULL;
}

static const char *
first_condition(const struct reader *reader, const json_t *json)
{
    static const char *const keys[] = {"Index Cond", "Order By", "Hash Cond", "Merge Cond",
                                       "Join Filter"};
    const char *condition = NULL;
    for (size_t i = 0; condition == NULL && i < G_N_ELEMENTS(keys); i++)
        condition = condition_of(reader, json, keys[i]);
    return condition;
}

static struct names
names_of(const struct reader *reader, const json_t *json, const char *key)
{
    const json_t *list = json_object_get(json, key);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (name != NULL)
            g_ptr_array_add(names, (gpointer)(guintptr)arena_intern(reader->arena, name));
    }
    return names_keep(reader->arena, names);
}

/* ---- how EXPLAIN prints it ---- */

/* "Hash Left Join", "Nested Loop Left Join"; nothing for inner joins. */
static void
add_join(GString *title, const char *join)
{
    g_autofree char *base = g_strdup(title->str);
    bool is_loop = !g_str_has_suffix(base, " Join");
    if (join == NULL || g_str_equal(join, "Inner"))
        return;
    g_string_truncate(title, strlen(base) - (is_loop ? 0 : strlen(" Join")));
    g_string_append_printf(title, " %s Join", join);
}

/* "GroupAggregate", "HashAggregate". */
static void
add_strategy(GString *title, const char *strategy)
{
    static const char *const words[][2] = {
        {"Sorted", "Group"}, {"Hashed", "Hash"}, {"Mixed", "Mixed"}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (text_equal(strategy, words[i][0]))
            g_string_prepend(title, words[i][1]);
}

static const char *
title_of(const struct reader *reader, const json_t *json, const char *type)
{
    const char *operation = json_string_value(json_object_get(json, "Operation"));
    const char *command = json_string_value(json_object_get(json, "Command"));
    const char *mode = json_string_value(json_object_get(json, "Partial Mode"));
    const char *direction = json_string_value(json_object_get(json, "Scan Direction"));
    g_autoptr(GString) title = g_string_new(text_equal(type, "ModifyTable") ? operation : type);
    add_join(title, json_string_value(json_object_get(json, "Join Type")));
    if (text_equal(type, "Aggregate") || text_equal(type, "SetOp"))
        add_strategy(title, json_string_value(json_object_get(json, "Strategy")));
    if (command != NULL)
        g_string_append_printf(title, " %s", command);
    if (text_equal(direction, "Backward"))
        g_string_append(title, " Backward");
    if (mode != NULL && !g_str_equal(mode, "Simple"))
        g_string_prepend(g_string_prepend_c(title, ' '), mode);
    if (json_is_true(json_object_get(json, "Parallel Aware")))
        g_string_prepend(title, "Parallel ");
    return arena_intern(reader->arena, title->str);
}

/* A key of the answer, and its text; of a list, all of it. */
static void
add_detail(const struct reader *reader, const json_t *json, const char *key, GArray *details)
{
    const json_t *value = json_object_get(json, key);
    g_autoptr(GString) text = g_string_new(json_string_value(value));
    for (size_t i = 0; i < json_array_size(value); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "",
                               json_string_value(json_array_get(value, i)));
    if (text->len == 0)
        return;
    const struct plan_detail detail = {key, without_constants(reader, text->str)};
    g_array_append_val(details, detail);
}

static void
read_details(const struct reader *reader, const json_t *json, struct plan_node *node)
{
    static const char *const keys[] = {
        "Index Cond", "Order By",        "TID Cond", "Hash Cond",     "Merge Cond", "Join Filter",
        "Filter",     "One-Time Filter", "Sort Key", "Presorted Key", "Group Key",  "Cache Key"};
    g_autoptr(GArray) details = g_array_new(FALSE, FALSE, sizeof(struct plan_detail));
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        add_detail(reader, json, keys[i], details);
    node->detail_count = details->len;
    node->details = arena_keep(reader->arena, details);
}

/* ---- the tree ---- */

static bool
read_children(struct reader *reader, const json_t *json, unsigned depth, struct plan_node *node)
{
    const json_t *list = json_object_get(json, "Plans");
    node->count = json_array_size(list);
    node->children = arena_array(reader->arena, node->count, sizeof *node->children);
    for (size_t i = 0; i < node->count; i++)
        if (!read_node(reader, json_array_get(list, i), node, depth + 1, &node->children[i]))
            return false;
    return true;
}

static bool
read_node(struct reader *reader, const json_t *json, const struct plan_node *above, unsigned depth,
          struct plan_node *node)
{
    *node = (struct plan_node){
        .type = text_of(reader, json, "Node Type"),
        .part = text_of(reader, json, "Subplan Name"),
        .schema = text_of(reader, json, "Schema"),
        .relation = text_of(reader, json, "Relation Name"),
        .alias = text_of(reader, json, "Alias"),
        .index = text_of(reader, json, "Index Name"),
        .condition = first_condition(reader, json),
        .filter = condition_of(reader, json, "Filter"),
        .ordered_by = ordered_by(reader, json),
        .startup_cost = number_of(json, "Startup Cost"),
        .total_cost = number_of(json, "Total Cost"),
        .rows = number_of(json, "Plan Rows"),
        .inner_unique = json_is_true(json_object_get(json, "Inner Unique")),
        .removed = (unsigned)number_of(json, "Subplans Removed"),
        .arbiters = names_of(reader, json, "Conflict Arbiter Indexes"),
    };
    if (node->type == NULL)
        return false;
    node->title = title_of(reader, json, node->type);
    node->source = text_of(reader, json, "CTE Name");
    if (node->source == NULL)
        node->source = text_of(reader, json, "Function Name");
    read_details(reader, json, node);
    if (node->relation == NULL && above != NULL && g_str_has_prefix(above->type, "Bitmap")) {
        node->schema = above->schema;
        node->relation = above->relation;
        node->alias = above->alias;
    }
    return depth < DEPTH_MOST && read_children(reader, json, depth, node);
}

const struct plan_node *
plan_read(struct arena *arena, const char *text)
{
    struct reader reader = {.arena = arena};
    json_t *json = json_loads(text, 0, NULL);
    const json_t *root = json_object_get(json_array_get(json, 0), "Plan");
    struct plan_node *node = arena_alloc(arena, sizeof *node);
    bool whole = root != NULL && read_node(&reader, root, NULL, 0, node);
    json_decref(json);
    if (!whole)
        return NULL;
    plan_share(node);
    return node;
}
