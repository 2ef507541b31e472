/* outside.c - names, read by the lexer: comments and strings do not count, but the code of a DO
 * block does. */
#include "rehearsal/outside.h"

#include "base/sql_lexer.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* Functions whose calls have effects elsewhere; of names that end with "_", all that begin so. */
static const char *const functions[] = {
    "dblink_",   "dblink",    "http",         "http_",         "lo_export",
    "lo_import", "pg_notify", "pg_read_file", "postgres_fdw_", "pg_logical_emit_message",
};

static bool
is_function(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        bool family = g_str_has_suffix(functions[i], "_");
        if (family ? g_str_has_prefix(name, functions[i]) : g_str_equal(name, functions[i]))
            return true;
    }
    return false;
}

/* A name with a parenthesis behind it. */
static char *
find_call(const char *sql)
{
    const char *cursor = sql;
    struct sql_token token;
    g_autofree char *name = NULL;
    while (sql_next_word(&cursor, &token)) {
        if (sql_is_sign(&token, '(') && name != NULL && is_function(name))
            return g_steal_pointer(&name);
        g_clear_pointer(&name, g_free);
        if (token.kind == SQL_WORD || token.kind == SQL_QUOTED)
            name = sql_identifier(&token);
    }
    return NULL;
}

/* What is between the dollars of a DO block. */
static char *
find_in_block(const char *sql)
{
    const char *cursor = sql;
    struct sql_token token;
    while (sql_next_word(&cursor, &token)) {
        if (token.kind != SQL_STRING || token.text[0] != '$')
            continue;
        g_autofree char *text = g_strndup(token.text, token.length);
        size_t mark = strcspn(text + 1, "$") + 2;
        if (token.length < 2 * mark)
            return NULL;
        text[token.length - mark] = '\0';
        return find_call(text + mark);
    }
    return NULL;
}

char *
outside_find(const char *sql)
{
    const char *cursor = sql;
    struct sql_token token;
    if (!sql_next_word(&cursor, &token))
        return NULL;
    if (sql_is_word(&token, "notify"))
        return g_strdup("NOTIFY");
    return sql_is_word(&token, "do") ? find_in_block(cursor) : find_call(sql);
}
