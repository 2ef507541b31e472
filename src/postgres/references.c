/* references.c - goes through the tree of a statement. Each query in it has a scope: what its FROM
 * names. The tree is as deep as jansson reads it: 2,048 levels. */
#include "postgres/references.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

/* One item of FROM. */
struct item {
    const char *alias; /* by which columns say that they are of it; NULL: none */
    size_t relation;   /* NOWHERE: of a query, a function, a WITH … */
};

#define NOWHERE SIZE_MAX

struct scope {
    const struct scope *outer; /* NULL: none */
    GArray *items;             /* struct item */
    const json_t *outputs;     /* of SELECT: list of ResTarget */
};

struct reader {
    struct arena *arena;
    GHashTable *withs; /* names of WITH queries */
    GArray *relations; /* struct named_relation */
    GArray *columns;   /* struct named_column */
};

static const char *
text_at(const json_t *node, const char *key)
{
    return json_string_value(json_object_get(node, key));
}

/* ---- what FROM names ---- */

static void
add_item(const struct scope *scope, const char *alias, size_t relation)
{
    const struct item item = {alias, relation};
    g_array_append_val(scope->items, item);
}

static void
add_range(struct reader *reader, const struct scope *scope, const json_t *range, bool written)
{
    const char *schema = text_at(range, "schemaname");
    const char *name = text_at(range, "relname");
    const char *alias = text_at(json_object_get(range, "alias"), "aliasname");
    if (name == NULL)
        return;
    if (schema == NULL && g_hash_table_contains(reader->withs, name)) {
        add_item(scope, alias != NULL ? alias : name, NOWHERE);
        return;
    }
    const struct named_relation relation = {arena_intern(reader->arena, schema),
                                            arena_intern(reader->arena, name), written};
    add_item(scope, alias != NULL ? alias : name, reader->relations->len);
    g_array_append_val(reader->relations, relation);
}

static void
add_column(struct reader *reader, const char *name, const GArray *candidates, bool of_all)
{
    const struct named_column column = {
        .name = arena_intern(reader->arena, name),
        .of_all = of_all,
        .candidate_count = candidates->len,
        .candidates = arena_keep(reader->arena, (GArray *)(guintptr)candidates),
    };
    if (candidates->len > 0)
        g_array_append_val(reader->columns, column);
}

/* A column of every item from `first` on that has it; NULL: all their columns. */
static void
add_column_of_items(struct reader *reader, const GArray *items, guint first, const char *name)
{
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    for (guint i = first; i < items->len; i++) {
        const struct candidate candidate = {g_array_index(items, struct item, i).relation, 0};
        if (candidate.relation != NOWHERE)
            g_array_append_val(candidates, candidate);
    }
    add_column(reader, name, candidates, true);
}

static void read_from(struct reader *reader, const struct scope *scope, const json_t *node);

static void
read_join(struct reader *reader, const struct scope *scope, const json_t *join)
{
    const guint first = scope->items->len;
    read_from(reader, scope, json_object_get(join, "larg"));
    read_from(reader, scope, json_object_get(join, "rarg"));
    size_t i = 0;
    const json_t *name = NULL;
    json_array_foreach(json_object_get(join, "usingClause"), i, name)
    {
        add_column_of_items(reader, scope->items, first,
                            text_at(json_object_get(name, "String"), "sval"));
    }
}

static void
read_from(struct reader *reader, const struct scope *scope, const json_t *node)
{
    static const char *const others[] = {"RangeSubselect", "RangeFunction", "RangeTableFunc"};
    const json_t *join = json_object_get(node, "JoinExpr");
    const json_t *range = json_object_get(node, "RangeVar");
    const json_t *sample = json_object_get(node, "RangeTableSample");
    if (range != NULL)
        add_range(reader, scope, range, false);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        const json_t *other = json_object_get(node, others[i]);
        if (other != NULL)
            add_item(scope, text_at(json_object_get(other, "alias"), "aliasname"), NOWHERE);
    }
    if (sample != NULL)
        read_from(reader, scope, json_object_get(sample, "relation"));
    if (join != NULL)
        read_join(reader, scope, join);
}

static void
read_from_list(struct reader *reader, const struct scope *scope, const json_t *list)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        read_from(reader, scope, item);
    }
}

/* ---- columns ---- */

/* Relations of that alias, the nearest; none when it is that of something else. */
static void
find_alias(const struct scope *scope, const char *alias, GArray *candidates)
{
    for (; scope != NULL; scope = scope->outer)
        for (guint i = 0; i < scope->items->len; i++) {
            const struct item *item = &g_array_index(scope->items, struct item, i);
            if (g_strcmp0(item->alias, alias) != 0)
                continue;
            const struct candidate candidate = {item->relation, 0};
            if (item->relation != NOWHERE)
                g_array_append_val(candidates, candidate);
            return;
        }
}

/* From the inner scope out, up to one that names something without a known list of columns. */
static void
find_bare(const struct scope *scope, GArray *candidates)
{
    bool open = false;
    for (unsigned depth = 0; scope != NULL && !open; scope = scope->outer, depth++)
        for (guint i = 0; i < scope->items->len; i++) {
            const struct candidate candidate = {
                g_array_index(scope->items, struct item, i).relation, depth};
            open = open || candidate.relation == NOWHERE;
            if (candidate.relation != NOWHERE)
                g_array_append_val(candidates, candidate);
        }
}

static bool
is_output(const struct scope *scope, const char *name)
{
    size_t i = 0;
    const json_t *output = NULL;
    json_array_foreach(scope->outputs, i, output)
    {
        if (g_strcmp0(text_at(json_object_get(output, "ResTarget"), "name"), name) == 0)
            return true;
    }
    return false;
}

/* a, t.a, s.t.a, *, t.*; of what follows a column in such a list, only a composite type knows. */
static void
read_column(struct reader *reader, const struct scope *scope, const json_t *reference, bool sorts)
{
    const json_t *fields = json_object_get(reference, "fields");
    const size_t count = json_array_size(fields);
    if (scope == NULL || count == 0)
        return;
    const json_t *last = json_array_get(fields, count - 1);
    const char *name = text_at(json_object_get(last, "String"), "sval");
    if (count == 1 && name == NULL) {
        add_column_of_items(reader, scope->items, 0, NULL);
        return;
    }
    if (count == 1 && sorts && is_output(scope, name))
        return;
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    if (count == 1)
        find_bare(scope, candidates);
    else
        find_alias(scope,
                   text_at(json_object_get(json_array_get(fields, count - 2), "String"), "sval"),
                   candidates);
    add_column(reader, name, candidates, name == NULL);
}

/* ---- the tree ---- */

static void read_node(struct reader *reader, const struct scope *scope, const json_t *node,
                      bool sorts);

static void
read_children(struct reader *reader, const struct scope *scope, const json_t *node, bool sorts)
{
    const char *key = NULL;
    const json_t *child = NULL;
    json_object_foreach((json_t *)(guintptr)node, key, child)
    {
        bool in_sort = g_str_equal(key, "sortClause") || g_str_equal(key, "groupClause") ||
                       (sorts && g_str_equal(key, "node"));
        read_node(reader, scope, child, in_sort);
    }
}

/* Names of columns that the statement writes, or infers an index by. */
static void
read_targets(struct reader *reader, const GArray *target, const json_t *list, const char *type)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        const char *name = text_at(json_object_get(item, type), "name");
        if (name != NULL)
            add_column_of_items(reader, target, 0, name);
    }
}

/* Of what INSERT would have written: "excluded" has the columns of its table. */
static void
read_conflict(struct reader *reader, const struct scope *scope, const json_t *conflict)
{
    const json_t *infer = json_object_get(conflict, "infer");
    read_targets(reader, scope->items, json_object_get(conflict, "targetList"), "ResTarget");
    read_targets(reader, scope->items, json_object_get(infer, "indexElems"), "IndexElem");
    if (conflict != NULL && scope->items->len > 0)
        add_item(scope, "excluded", g_array_index(scope->items, struct item, 0).relation);
}

/* Its table is the first item of its scope; others come later. */
static void
read_written(struct reader *reader, const struct scope *scope, const json_t *query)
{
    add_range(reader, scope, json_object_get(query, "relation"), true);
    read_targets(reader, scope->items, json_object_get(query, "cols"), "ResTarget");
    if (json_object_get(query, "cols") == NULL)
        read_targets(reader, scope->items, json_object_get(query, "targetList"), "ResTarget");
    size_t i = 0;
    const json_t *when = NULL;
    json_array_foreach(json_object_get(query, "mergeWhenClauses"), i, when)
    {
        const json_t *clause = json_object_get(when, "MergeWhenClause");
        read_targets(reader, scope->items, json_object_get(clause, "targetList"), "ResTarget");
    }
    read_conflict(reader, scope, json_object_get(query, "onConflictClause"));
}

static bool
is_query(const char *key)
{
    static const char *const queries[] = {"SelectStmt", "InsertStmt", "UpdateStmt",
                                          "DeleteStmt", "MergeStmt",  NULL};
    return g_strv_contains(queries, key);
}

/* A query below `outer` (NULL: none). */
static void
read_query(struct reader *reader, const struct scope *outer, const json_t *query)
{
    const json_t *left = json_object_get(query, "larg");
    const struct scope scope = {outer, g_array_new(FALSE, FALSE, sizeof(struct item)),
                                json_object_get(query, "targetList")};
    if (json_is_object(json_object_get(query, "relation")))
        read_written(reader, &scope, query);
    read_from_list(reader, &scope, json_object_get(query, "fromClause"));
    read_from_list(reader, &scope, json_object_get(query, "usingClause"));
    read_from(reader, &scope, json_object_get(query, "sourceRelation"));
    if (left != NULL) { /* UNION and its kin: two queries, each with its own FROM */
        read_query(reader, outer, left);
        read_query(reader, outer, json_object_get(query, "rarg"));
        read_children(reader, &scope, json_object_get(query, "withClause"), false);
    } else {
        read_children(reader, &scope, query, false);
    }
    g_array_unref(scope.items);
}

static void
read_typed(struct reader *reader, const struct scope *scope, const char *type, const json_t *node,
           bool sorts)
{
    if (is_query(type)) {
        read_query(reader, scope, node);
        return;
    }
    if (g_str_equal(type, "ColumnRef")) {
        read_column(reader, scope, node, sorts);
        return;
    }
    read_node(reader, scope, node, sorts);
}

static void
read_node(struct reader *reader, const struct scope *scope, const json_t *node, bool sorts)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(node, i, item)
    {
        read_node(reader, scope, item, sorts);
    }
    if (!json_is_object(node))
        return;
    const char *type = json_object_iter_key(json_object_iter((json_t *)(guintptr)node));
    if (type != NULL && json_object_size(node) == 1 && g_ascii_isupper(*type))
        read_typed(reader, scope, type, json_object_get(node, type), sorts);
    else
        read_children(reader, scope, node, sorts);
}

/* A name of WITH hides a table of that name; here, in the whole statement. */
static void
collect_withs(GHashTable *withs, const json_t *node)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(node, i, item)
    {
        collect_withs(withs, item);
    }
    const char *key = NULL;
    json_object_foreach((json_t *)(guintptr)node, key, item)
    {
        if (g_str_equal(key, "ctename") && json_is_string(item))
            g_hash_table_add(withs, (gpointer)(guintptr)json_string_value(item));
        collect_withs(withs, item);
    }
}

void
references_read(struct arena *arena, const void *tree, struct query_references *references)
{
    const json_t *statement = json_array_get(json_object_get(tree, "stmts"), 0);
    g_autoptr(GHashTable) withs = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) relations = g_array_new(FALSE, FALSE, sizeof(struct named_relation));
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(struct named_column));
    struct reader reader = {arena, withs, relations, columns};
    collect_withs(withs, statement);
    read_node(&reader, NULL, json_object_get(statement, "stmt"), false);
    *references = (struct query_references){
        .relation_count = relations->len,
        .relations = arena_keep(arena, relations),
        .column_count = columns->len,
        .columns = arena_keep(arena, columns),
    };
}
