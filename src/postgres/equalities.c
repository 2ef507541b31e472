/* equalities.c - looks at what AND joins, and at nothing else. */
#include "postgres/equalities.h"

#include <jansson.h>

#define DEPTH_MOST 64 /* of AND in AND */

static const char *
text_at(const json_t *node, const char *key)
{
    return json_string_value(json_object_get(node, key));
}

/* The last of a list of names. */
static const char *
last_name(const json_t *list)
{
    const json_t *name = json_array_get(list, json_array_size(list) - 1);
    return text_at(json_object_get(name, "String"), "sval");
}

/* n of $n, with a cast or without; 0 for all else. */
static unsigned
parameter_of(const json_t *node)
{
    const json_t *cast = json_object_get(node, "TypeCast");
    const json_t *value = cast != NULL ? json_object_get(cast, "arg") : node;
    return (unsigned)json_integer_value(
        json_object_get(json_object_get(value, "ParamRef"), "number"));
}

static const char *
column_of(const json_t *node)
{
    return last_name(json_object_get(json_object_get(node, "ColumnRef"), "fields"));
}

static void
add(struct arena *arena, const json_t *expression, struct equalities *equalities)
{
    const json_t *left = json_object_get(expression, "lexpr");
    const json_t *right = json_object_get(expression, "rexpr");
    const char *column = column_of(left) != NULL ? column_of(left) : column_of(right);
    const unsigned parameter = column_of(left) != NULL ? parameter_of(right) : parameter_of(left);
    if (g_strcmp0(text_at(expression, "kind"), "AEXPR_OP") != 0 ||
        g_strcmp0(last_name(json_object_get(expression, "name")), "=") != 0 || column == NULL ||
        parameter == 0 || equalities->count == EQUALITIES_MOST)
        return;
    equalities->items[equalities->count++] = (struct equality){arena_intern(arena, column),
                                                               parameter};
}

static void
read_condition(struct arena *arena, const json_t *node, unsigned depth,
               struct equalities *equalities)
{
    const json_t *all = json_object_get(node, "BoolExpr");
    const json_t *parts = json_object_get(all, "args");
    if (depth == DEPTH_MOST)
        return;
    if (g_strcmp0(text_at(all, "boolop"), "AND_EXPR") != 0) {
        add(arena, json_object_get(node, "A_Expr"), equalities);
        return;
    }
    for (size_t i = 0; i < json_array_size(parts); i++)
        read_condition(arena, json_array_get(parts, i), depth + 1, equalities);
}

/* Whether nothing but a table or view is read. */
static bool
is_of_one(const json_t *select)
{
    const json_t *from = json_object_get(select, "fromClause");
    return json_array_size(from) == 1 && json_object_get(json_array_get(from, 0), "RangeVar") &&
           json_object_get(select, "withClause") == NULL;
}

void
equalities_read(struct arena *arena, const void *tree, struct equalities *equalities)
{
    const json_t *list = json_object_get(tree, "stmts");
    const json_t *statement = json_object_get(json_array_get(list, 0), "stmt");
    const json_t *select = json_object_get(statement, "SelectStmt");
    const json_t *change = json_object_get(statement, "UpdateStmt");
    *equalities = (struct equalities){.count = 0};
    if (change == NULL)
        change = json_object_get(statement, "DeleteStmt");
    if (select != NULL && is_of_one(select))
        read_condition(arena, json_object_get(select, "whereClause"), 0, equalities);
    else if (change != NULL && json_object_get(change, "fromClause") == NULL &&
             json_object_get(change, "usingClause") == NULL &&
             json_object_get(change, "withClause") == NULL)
        read_condition(arena, json_object_get(change, "whereClause"), 0, equalities);
}
