/* traits.c - looks at the outermost query, and for NOT IN and for functions at all of it. */
#include "postgres/traits.h"

#include <glib.h>
#include <jansson.h>

#define DEPTH_MOST 256

struct reader {
    struct arena *arena;
    struct query_traits *traits;
    size_t calls;        /* of functions … */
    size_t system_calls; /* … that are written with pg_catalog */
};

static const char *
text_at(const json_t *node, const char *key)
{
    return json_string_value(json_object_get(node, key));
}

static bool
is(const json_t *node, const char *key, const char *value)
{
    return g_strcmp0(text_at(node, key), value) == 0;
}

/* The last of a list of names; NULL for "*" and for none. */
static const char *
last_name(const json_t *list)
{
    const json_t *name = json_array_get(list, json_array_size(list) - 1);
    return text_at(json_object_get(name, "String"), "sval");
}

static const char *
column_of(const json_t *node)
{
    return last_name(json_object_get(json_object_get(node, "ColumnRef"), "fields"));
}

/* ---- WHERE ---- */

/* A parameter or a constant, with a cast or a function of such alone. */
static bool
is_value(const json_t *node)
{
    const json_t *cast = json_object_get(node, "TypeCast");
    const json_t *inner = cast != NULL ? json_object_get(cast, "arg") : node;
    const json_t *arguments = json_object_get(json_object_get(inner, "FuncCall"), "args");
    for (size_t i = 0; i < json_array_size(arguments); i++) {
        const json_t *argument = json_array_get(arguments, i);
        if (json_object_get(argument, "ParamRef") == NULL &&
            json_object_get(argument, "A_Const") == NULL)
            return false;
    }
    return json_array_size(arguments) > 0 || json_object_get(inner, "ParamRef") != NULL ||
           json_object_get(inner, "A_Const") != NULL;
}

/* lower(column), or column::date. */
static bool
read_wrapped(const json_t *node, struct wrapped_column *wrapped)
{
    const json_t *call = json_object_get(node, "FuncCall");
    const json_t *cast = json_object_get(node, "TypeCast");
    if (call != NULL) {
        const json_t *arguments = json_object_get(call, "args");
        *wrapped = (struct wrapped_column){last_name(json_object_get(call, "funcname")), NULL,
                                           false};
        for (size_t i = 0; i < json_array_size(arguments) && wrapped->column == NULL; i++)
            wrapped->column = column_of(json_array_get(arguments, i));
    } else if (cast != NULL) {
        const json_t *type = json_object_get(cast, "typeName");
        *wrapped = (struct wrapped_column){last_name(json_object_get(type, "names")),
                                           column_of(json_object_get(cast, "arg")), true};
    } else {
        return false;
    }
    return wrapped->function != NULL && wrapped->column != NULL;
}

static bool
is_comparison(const json_t *expression)
{
    static const char *const operators[] = {"=", "<", ">", "<=", ">=", NULL};
    const char *name = last_name(json_object_get(expression, "name"));
    return is(expression, "kind", "AEXPR_OP") && name != NULL && g_strv_contains(operators, name);
}

static void
read_comparison(struct reader *reader, const json_t *expression)
{
    struct query_traits *traits = reader->traits;
    const json_t *left = json_object_get(expression, "lexpr");
    const json_t *right = json_object_get(expression, "rexpr");
    struct wrapped_column wrapped;
    bool found = is_comparison(expression) && traits->wrapped_count < TRAITS_MOST &&
                 ((is_value(right) && read_wrapped(left, &wrapped)) ||
                  (is_value(left) && read_wrapped(right, &wrapped)));
    if (found) {
        wrapped.function = arena_intern(reader->arena, wrapped.function);
        wrapped.column = arena_intern(reader->arena, wrapped.column);
        traits->wrapped[traits->wrapped_count++] = wrapped;
    }
    const char *pattern = text_at(json_object_get(json_object_get(right, "A_Const"), "sval"),
                                  "sval");
    if ((is(expression, "kind", "AEXPR_LIKE") || is(expression, "kind", "AEXPR_ILIKE")) &&
        pattern != NULL && (*pattern == '%' || *pattern == '_'))
        traits->set |= TRAIT_PATTERN;
}

static void
read_where(struct reader *reader, const json_t *node, unsigned depth)
{
    const json_t *all = json_object_get(node, "BoolExpr");
    const json_t *parts = json_object_get(all, "args");
    if (depth == DEPTH_MOST)
        return;
    for (size_t i = 0; i < json_array_size(parts); i++)
        read_where(reader, json_array_get(parts, i), depth + 1);
    if (json_object_get(node, "A_Expr") != NULL)
        read_comparison(reader, json_object_get(node, "A_Expr"));
}

/* ---- NOT IN ---- */

/* Of a query on one relation that gives one column of it. */
static void
read_excluded(struct reader *reader, const json_t *select)
{
    struct query_traits *traits = reader->traits;
    const json_t *targets = json_object_get(select, "targetList");
    const json_t *from = json_object_get(select, "fromClause");
    const json_t *range = json_object_get(json_array_get(from, 0), "RangeVar");
    const json_t *target = json_object_get(json_array_get(targets, 0), "ResTarget");
    const char *column = column_of(json_object_get(target, "val"));
    if (json_array_size(targets) != 1 || json_array_size(from) != 1 || range == NULL ||
        column == NULL || traits->excluded_count == TRAITS_MOST)
        return;
    traits->excluded[traits->excluded_count++] = (struct excluded_column){
        .schema = arena_intern(reader->arena, text_at(range, "schemaname")),
        .relation = arena_intern(reader->arena, text_at(range, "relname")),
        .column = arena_intern(reader->arena, column),
    };
}

static void
take_excluded(struct reader *reader, const json_t *node)
{
    const json_t *expression = json_object_get(node, "BoolExpr");
    const json_t *link = json_object_get(json_array_get(json_object_get(expression, "args"), 0),
                                         "SubLink");
    if (is(expression, "boolop", "NOT_EXPR") && is(link, "subLinkType", "ANY_SUBLINK") &&
        json_object_get(link, "operName") == NULL)
        read_excluded(reader, json_object_get(json_object_get(link, "subselect"), "SelectStmt"));
}

static void
take_call(struct reader *reader, const json_t *node)
{
    const json_t *name = json_object_get(json_object_get(node, "FuncCall"), "funcname");
    const json_t *schema = json_object_get(json_array_get(name, 0), "String");
    if (name == NULL)
        return;
    reader->calls++;
    reader->system_calls += json_array_size(name) == 2 && is(schema, "sval", "pg_catalog");
}

static void
look_through(struct reader *reader, const json_t *node, unsigned depth)
{
    if (depth == DEPTH_MOST)
        return;
    take_excluded(reader, node);
    take_call(reader, node);
    for (size_t i = 0; i < json_array_size(node); i++)
        look_through(reader, json_array_get(node, i), depth + 1);
    json_t *object = (json_t *)(guintptr)node; /* its iterators take no const */
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at))
        look_through(reader, json_object_iter_value(at), depth + 1);
}

/* ---- SELECT ---- */

static bool
is_zero(const json_t *node)
{
    const json_t *constant = json_object_get(node, "A_Const");
    const json_t *number = json_object_get(constant, "ival");
    return constant != NULL && number != NULL &&
           json_integer_value(json_object_get(number, "ival")) == 0;
}

static void
read_order(struct reader *reader, const json_t *list)
{
    struct query_traits *traits = reader->traits;
    bool columns = json_array_size(list) <= TRAITS_MOST;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *sort = json_object_get(json_array_get(list, i), "SortBy");
        const json_t *by = json_object_get(sort, "node");
        const json_t *call = json_object_get(by, "FuncCall");
        if (call != NULL && g_strcmp0(last_name(json_object_get(call, "funcname")), "random") == 0)
            traits->set |= TRAIT_RANDOM;
        columns = columns && column_of(by) != NULL;
        if (columns)
            traits->order[i] = (struct ordered_column){
                arena_intern(reader->arena, column_of(by)),
                is(sort, "sortby_dir", "SORTBY_DESC"),
            };
    }
    traits->order_count = columns ? json_array_size(list) : 0;
}

static bool
waits(const json_t *select)
{
    const json_t *list = json_object_get(select, "lockingClause");
    bool any = false;
    for (size_t i = 0; i < json_array_size(list); i++)
        any = any || is(json_object_get(json_array_get(list, i), "LockingClause"), "waitPolicy",
                        "LockWaitBlock");
    return any && json_object_get(select, "limitCount") != NULL;
}

static bool
has_star(const json_t *select)
{
    const json_t *targets = json_object_get(select, "targetList");
    for (size_t i = 0; i < json_array_size(targets); i++) {
        const json_t *value = json_object_get(
            json_object_get(json_array_get(targets, i), "ResTarget"), "val");
        const json_t *fields = json_object_get(json_object_get(value, "ColumnRef"), "fields");
        const json_t *last = json_array_get(fields, json_array_size(fields) - 1);
        if (json_object_get(last, "A_Star") != NULL)
            return true;
    }
    return false;
}

static void
read_select(struct reader *reader, const json_t *select)
{
    const json_t *offset = json_object_get(select, "limitOffset");
    const unsigned found = (offset != NULL && !is_zero(offset) ? TRAIT_OFFSET : 0) |
                           (has_star(select) ? TRAIT_STAR : 0) | (waits(select) ? TRAIT_WAITS : 0);
    reader->traits->set |= found;
    read_order(reader, json_object_get(select, "sortClause"));
}

void
traits_read(struct arena *arena, const void *tree, struct query_traits *traits)
{
    static const char *const nodes[] = {"SelectStmt", "UpdateStmt", "DeleteStmt"};
    const json_t *list = json_object_get(tree, "stmts");
    const json_t *statement = json_object_get(json_array_get(list, 0), "stmt");
    struct reader reader = {.arena = arena, .traits = traits};
    *traits = (struct query_traits){.set = 0};
    for (size_t i = 0; i < G_N_ELEMENTS(nodes); i++) {
        const json_t *node = json_object_get(statement, nodes[i]);
        read_where(&reader, json_object_get(node, "whereClause"), 0);
        if (i == 0 && node != NULL)
            read_select(&reader, node);
    }
    look_through(&reader, statement, 0);
    if (reader.calls > 0 && reader.calls == reader.system_calls)
        traits->set |= TRAIT_SYSTEM;
}
