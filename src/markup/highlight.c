/* highlight.c - colours for SQL, by token alone. */
#include "markup/highlight.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "markup/painter.h"

#include <glib.h>
#include <string.h>

#define BODY_DEPTH 3 /* a function body may hold DO $$…$$, and that hardly anything more */

static const char *const token_classes[] = {
    [SQL_COMMENT] = "c",
    [SQL_STRING] = "s",
    [SQL_NUMBER] = "m",
    [SQL_PUNCTUATION] = NULL,
};

/* The length of "$tag$" that opens and closes the token; 0 when it is no closed dollar quote. */
static size_t
delimiter_length(const struct sql_token *token)
{
    if (token->kind != SQL_STRING || *token->text != '$')
        return 0;
    const char *end = memchr(token->text + 1, '$', token->length - 1);
    size_t length = end == NULL ? 0 : (size_t)(end - token->text) + 1;
    bool closed = length > 0 && token->length >= 2 * length &&
                  memcmp(token->text, token->text + token->length - length, length) == 0;
    return closed ? length : 0;
}

static void paint(struct painter *painter, const char *sql, unsigned depth);

/* The body of a function or of DO is code, not a string. */
static bool
paint_body(struct painter *painter, const struct sql_token *token, unsigned depth)
{
    size_t length = depth < BODY_DEPTH ? delimiter_length(token) : 0;
    if (length == 0)
        return false;
    const char *end = token->text + token->length - length;
    g_autofree char *body = g_strndup(token->text + length, (size_t)(end - token->text) - length);
    painter_span(painter, "s", token->text, length);
    paint(painter, body, depth + 1);
    painter_span(painter, "s", end, length);
    return true;
}

static void
paint_token(struct painter *painter, const struct sql_token *token)
{
    const char *class = sql_is_keyword(token) ? "k" : token_classes[token->kind];
    if (class == NULL)
        painter_plain(painter, token->text, token->length);
    else
        painter_span(painter, class, token->text, token->length);
}

static void
paint(struct painter *painter, const char *sql, unsigned depth)
{
    const char *cursor = sql;
    bool body_follows = false;
    for (struct sql_token token; sql_next(&cursor, &token);) {
        if (!body_follows || !paint_body(painter, &token, depth))
            paint_token(painter, &token);
        if (token.kind != SQL_SPACE && token.kind != SQL_COMMENT)
            body_follows = sql_is_word(&token, "as") || sql_is_word(&token, "do");
    }
}

void
highlight_sql(xmlNode *parent, const char *sql)
{
    if (sql == NULL)
        return;
    g_autofree char *clean = text_clean(sql);
    struct painter painter = painter_begin(parent);
    paint(&painter, clean, 0);
    painter_end(&painter);
}

void
highlight_nothing(xmlNode *parent, const char *code)
{
    g_autofree char *clean = text_clean(code);
    painter_words(parent, clean);
}
