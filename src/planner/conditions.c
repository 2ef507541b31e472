/* conditions.c - reads tokens: what is between a column and its operator must be nothing, or a cast
 * to text, which is none of varchar. */
#include "planner/conditions.h"

#include "base/sql_lexer.h"

#include <stdbool.h>
#include <string.h>

void
compared_columns_begin(struct compared_columns *columns)
{
    columns->equal = g_ptr_array_new_with_free_func(g_free);
    columns->range = g_ptr_array_new_with_free_func(g_free);
}

void
compared_columns_end(struct compared_columns *columns)
{
    g_ptr_array_unref(columns->equal);
    g_ptr_array_unref(columns->range);
}

static GArray *
tokens_of(const char *text)
{
    GArray *tokens = g_array_new(TRUE, TRUE, sizeof(struct sql_token));
    struct sql_token token;
    while (sql_next_word(&text, &token))
        g_array_append_val(tokens, token);
    return tokens;
}

/* The token at a place; an empty one outside. */
static const struct sql_token *
at(const GArray *tokens, guint place)
{
    static const struct sql_token none = {SQL_SPACE, "", 0};
    return place < tokens->len ? &g_array_index(tokens, struct sql_token, place) : &none;
}

static bool
is_sign(const GArray *tokens, guint place, char sign)
{
    return place < tokens->len && sql_is_sign(at(tokens, place), sign);
}

static bool
is_name(const GArray *tokens, guint place)
{
    enum sql_token_kind kind = at(tokens, place)->kind;
    return kind == SQL_WORD || kind == SQL_QUOTED;
}

static bool
is_operator(const GArray *tokens, guint place, const char *name)
{
    const struct sql_token *token = at(tokens, place);
    return token->kind == SQL_OPERATOR && token->length == strlen(name) &&
           strncmp(token->text, name, token->length) == 0;
}

/* Whether not all of it must hold. IS NOT NULL is a test like others. */
static bool
has_alternatives(const GArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const struct sql_token *token = at(tokens, i);
        bool negated = sql_is_word(token, "not") && !sql_is_word(at(tokens, i + 1), "null");
        if (negated || sql_is_word(token, "or") || sql_is_word(token, "case"))
            return true;
    }
    return false;
}

/* Whether an argument of a function begins there. */
static bool
is_argument(const GArray *tokens, guint place)
{
    guint before = place;
    while (before > 0 && is_sign(tokens, before - 1, '('))
        before--;
    return before > 0 &&
           (is_sign(tokens, before - 1, ',') || (is_name(tokens, before - 1) && before < place &&
                                                 !sql_is_word(at(tokens, before - 1), "and")));
}

/* Behind ")::text" of "(alias.column)::text". */
static guint
skip_text_cast(const GArray *tokens, guint place)
{
    bool cast = is_sign(tokens, place, ')') && at(tokens, place + 1)->kind == SQL_CAST &&
                sql_is_word(at(tokens, place + 2), "text");
    return cast ? place + 3 : place;
}

static void
add(GPtrArray *names, const struct sql_token *token)
{
    g_autofree char *name = sql_identifier(token);
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, g_steal_pointer(&name));
}

/* The column whose alias stands at that place. */
static void
read_column(const GArray *tokens, guint place, struct compared_columns *columns)
{
    static const char *const ranges[] = {"<", ">", "<=", ">="};
    const struct sql_token *column = at(tokens, place + 2);
    guint behind = skip_text_cast(tokens, place + 3);
    bool closed = is_sign(tokens, place + 3, ')') || place + 3 >= tokens->len;
    if (is_argument(tokens, place))
        return;
    if (is_operator(tokens, behind, "=") ||
        (closed && place > 0 && is_operator(tokens, place - 1, "=")))
        add(columns->equal, column);
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
        if (is_operator(tokens, behind, ranges[i]))
            add(columns->range, column);
}

static bool
is_column_of(const GArray *tokens, guint place, const char *alias)
{
    return is_name(tokens, place) && sql_is_name(at(tokens, place), alias) &&
           is_sign(tokens, place + 1, '.') && is_name(tokens, place + 2);
}

void
compared_columns_read(const char *condition, const char *alias, struct compared_columns *columns)
{
    if (condition == NULL)
        return;
    g_autoptr(GArray) tokens = tokens_of(condition);
    for (guint i = 0; !has_alternatives(tokens) && i < tokens->len; i++)
        if (is_column_of(tokens, i, alias))
            read_column(tokens, i, columns);
}

char *
sorted_column(const char *key, const char *alias)
{
    if (key == NULL)
        return NULL;
    g_autoptr(GArray) tokens = tokens_of(key);
    bool plain = is_column_of(tokens, 0, alias) &&
                 (tokens->len == 3 || (tokens->len == 4 && sql_is_word(at(tokens, 3), "desc")));
    return plain ? sql_identifier(at(tokens, 2)) : NULL;
}
