/* parameters.c - named parameters become numbered ones, and sample values are read: only constants,
 * as they are sent to a server. */
#include "base/sql_lexer.h"
#include "workload/internal.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PARAMETERS 65535

static unsigned
highest_number(const char *sql)
{
    struct sql_token token;
    unsigned highest = 0;
    while (sql_next_word(&sql, &token))
        if (token.kind == SQL_PARAMETER) {
            unsigned long number = strtoul(token.text + 1, NULL, 10);
            highest = MAX(highest, (unsigned)MIN(number, MOST_PARAMETERS));
        }
    return highest;
}

/* Whether an operator ends with the colon of a parameter: a word stands right behind it. In
 * brackets it may be the colon of a slice. */
static bool
opens_parameter(const struct sql_token *token, int brackets)
{
    const char next = token->text[token->length];
    return token->kind == SQL_OPERATOR && brackets == 0 && token->text[token->length - 1] == ':' &&
           (g_ascii_isalpha(next) || next == '_');
}

static guint
number_of(struct arena *arena, GPtrArray *names, const struct sql_token *word)
{
    const char *name = arena_intern(arena, arena_text(arena, word->text, (gssize)word->length));
    guint place = 0;
    if (g_ptr_array_find(names, name, &place))
        return place;
    g_ptr_array_add(names, (gpointer)(guintptr)name);
    return names->len - 1;
}

char *
parameters_number(struct arena *arena, const char *sql, struct query *query)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    GString *text = g_string_new(NULL);
    struct sql_token token;
    int brackets = 0;
    query->first_named = highest_number(sql) + 1;
    while (sql_next(&sql, &token)) {
        brackets += sql_is_sign(&token, '[') - sql_is_sign(&token, ']');
        bool opens = opens_parameter(&token, brackets);
        g_string_append_len(text, token.text, (gssize)(token.length - opens));
        if (!opens)
            continue;
        sql_next(&sql, &token);
        g_string_append_printf(text, "$%u", query->first_named + number_of(arena, names, &token));
    }
    query->parameter_names = names_keep(arena, names);
    return g_string_free(text, FALSE);
}

/* ---- sample values ---- */

static bool
is_value(const struct sql_token *token)
{
    return token->kind == SQL_STRING || token->kind == SQL_NUMBER || sql_is_word(token, "null") ||
           sql_is_word(token, "true") || sql_is_word(token, "false") ||
           sql_is_word(token, "array") || sql_is_sign(token, '[') || sql_is_sign(token, ']') ||
           sql_is_sign(token, ',') ||
           (token->kind == SQL_OPERATOR && token->length == 1 &&
            strchr("+-", *token->text) != NULL);
}

static bool
is_of_type(const struct sql_token *token)
{
    return token->kind == SQL_WORD || token->kind == SQL_QUOTED || token->kind == SQL_CAST ||
           sql_is_sign(token, '.') || sql_is_sign(token, '[') || sql_is_sign(token, ']');
}

/* Nothing that could be a call, a query or a second statement. */
static bool
is_constant(const char *text)
{
    struct sql_token token;
    bool cast = false;
    bool any = false;
    while (sql_next_word(&text, &token)) {
        cast = cast || token.kind == SQL_CAST;
        if (cast ? !any || !is_of_type(&token) : !is_value(&token))
            return false;
        any = true;
    }
    return any;
}

/* Where the value ends: a comma outside brackets, or the end. */
static const char *
value_end(const char *text)
{
    const char *cursor = text;
    struct sql_token token;
    int brackets = 0;
    while (sql_next(&cursor, &token)) {
        brackets += sql_is_sign(&token, '[') - sql_is_sign(&token, ']');
        if (brackets == 0 && sql_is_sign(&token, ','))
            return token.text;
    }
    return cursor;
}

bool
parameters_read(struct arena *arena, const char *text, struct names *params)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (const char *rest = text;;) {
        const char *end = value_end(rest);
        char *value = g_strstrip(arena_text(arena, rest, end - rest));
        if (!is_constant(value))
            return false;
        g_ptr_array_add(values, value);
        if (*end == '\0')
            break;
        rest = end + 1;
    }
    *params = names_keep(arena, values);
    return true;
}
