/* highlight.c - colours for SQL, by token alone. What is not coloured stays one text node, so that
 * a page does not grow with every comma. */
#include "markup/highlight.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "markup/tree.h"

#include <glib.h>
#include <string.h>

#define BODY_DEPTH 3 /* a function body may hold DO $$…$$, and that hardly anything more */

struct painter {
    xmlNode *parent;
    GString *plain; /* not yet written */
};

static const char *const token_classes[] = {
    [SQL_COMMENT] = "c",
    [SQL_STRING] = "s",
    [SQL_NUMBER] = "m",
    [SQL_PUNCTUATION] = NULL,
};

/* Right-to-left scripts by their blocks, and the marks that embed, override or isolate. */
static bool
turns_direction(gunichar c)
{
    static const struct {
        gunichar first;
        gunichar last;
    } ranges[] = {{0x0590, 0x08FF}, {0x200F, 0x200F}, {0x202A, 0x202E},   {0x2066, 0x2069},
                  {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* The first word with such a sign, in *end what follows it; NULL for none. */
static const char *
find_turned(const char *text, const char **end)
{
    const char *word = text;
    bool turned = false;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        bool in_word = (guchar)*c >= 0x80 || g_ascii_isalnum(*c) || *c == '_';
        if (!in_word && turned) {
            *end = c;
            return word;
        }
        if (!in_word)
            word = c + 1;
        else
            turned = turned || turns_direction(g_utf8_get_char(c));
    }
    *end = text + strlen(text);
    return turned ? word : NULL;
}

/* Text that is clean already. */
static void
write_words(xmlNode *parent, const char *text)
{
    const char *end;
    for (const char *word; (word = find_turned(text, &end)) != NULL; text = end) {
        g_autofree char *before = g_strndup(text, (size_t)(word - text));
        g_autofree char *turned = g_strndup(word, (size_t)(end - word));
        tree_text(parent, before);
        tree_text_element(parent, "bdi", turned);
    }
    tree_text(parent, text);
}

static void
write_plain(struct painter *painter)
{
    write_words(painter->parent, painter->plain->str);
    g_string_truncate(painter->plain, 0);
}

static void
write_span(struct painter *painter, const char *class, const char *text, size_t length)
{
    write_plain(painter);
    g_autofree char *copy = g_strndup(text, length);
    xmlNode *span = tree_element(painter->parent, "span");
    tree_attribute(span, "class", class);
    write_words(span, copy);
}

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
    write_span(painter, "s", token->text, length);
    paint(painter, body, depth + 1);
    write_span(painter, "s", end, length);
    return true;
}

static void
paint_token(struct painter *painter, const struct sql_token *token)
{
    const char *class = sql_is_keyword(token) ? "k" : token_classes[token->kind];
    if (class == NULL)
        g_string_append_len(painter->plain, token->text, (gssize)token->length);
    else
        write_span(painter, class, token->text, token->length);
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
    struct painter painter = {.parent = parent, .plain = g_string_new(NULL)};
    paint(&painter, clean, 0);
    write_plain(&painter);
    g_string_free(painter.plain, TRUE);
}

void
highlight_nothing(xmlNode *parent, const char *code)
{
    g_autofree char *clean = text_clean(code);
    write_words(parent, clean);
}
