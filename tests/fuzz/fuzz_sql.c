/* fuzz_sql.c - tokens, quoting, the form in which texts are compared, and colours. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "catalog/compare.h"
#include "input.h"
#include "markup/highlight.h"
#include "markup/tree.h"
#include "postgres/connection.h"

#include <glib.h>
#include <string.h>

static void
check_tokens(const char *sql)
{
    struct sql_token token;
    const char *expected = sql;
    for (const char *cursor = sql; sql_next(&cursor, &token);) {
        g_assert(token.text == expected && token.length > 0);
        expected += token.length;
        g_assert(cursor == expected);
        sql_is_keyword(&token);
        if (token.kind == SQL_WORD || token.kind == SQL_QUOTED)
            g_free(sql_identifier(&token));
    }
    g_assert(*expected == '\0');
}

/* What one side quotes the other one reads. */
static void
check_quoting(const char *name)
{
    if (*name == '\0' || !g_utf8_validate(name, -1, NULL))
        return;
    g_autofree char *quoted = sql_quote_name(name);
    const char *cursor = quoted;
    struct sql_token token;
    g_assert(sql_next(&cursor, &token) && *cursor == '\0');
    g_autofree char *read = sql_identifier(&token);
    g_assert_cmpstr(read, ==, name);
    g_autofree char *literal = sql_quote_literal(name);
    cursor = literal + strspn(literal, " ");
    g_assert(sql_next(&cursor, &token) && token.kind == SQL_STRING && *cursor == '\0');
}

/* The folded text is its own folded text, unless array casts nest deeper than it follows them. */
static void
check_fold(const char *sql)
{
    unsigned casts = 0;
    for (const char *c = sql; (c = strstr(c, "::")) != NULL; c++)
        casts++;
    if (casts > 8)
        return;
    g_autofree char *once = sql_fold(sql);
    g_autofree char *twice = sql_fold(once);
    g_assert_cmpstr(once, ==, twice);
}

static void
check_colours(const char *sql)
{
    g_autofree char *clean = text_clean(sql);
    xmlNode *root = tree_new("pre");
    highlight_sql(root, clean);
    xmlChar *content = xmlNodeGetContent(root);
    g_assert_cmpstr((const char *)content, ==, clean);
    xmlFree(content);
    tree_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *sql = input_text(data, size);
    check_tokens(sql);
    check_quoting(sql);
    check_fold(sql);
    check_colours(sql);
    g_strfreev(array_split(sql));
    return 0;
}
