/* secret_sql.c - token by token, so that SQL stays SQL: a covered text is still one text. */
#include "base/secret_sql.h"

#include "base/secret.h"
#include "base/sql_lexer.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define COVER "'***'"

enum { DEEPEST = 4 }; /* texts within function bodies within texts */

struct mask {
    GString *safe;
    enum secret_use use;
    unsigned depth;
    bool creates;    /* behind CREATE or ALTER */
    bool about_role; /* then came ROLE, USER or GROUP, but not USER MAPPING */
    bool expects;    /* behind PASSWORD */
};

static void mask_text(const char *sql, enum secret_use use, unsigned depth, GString *safe);

/* $tag$…$tag$: how long its mark is; 0 for texts in quotes. */
static size_t
mark_length(const struct sql_token *token)
{
    if (*token->text != '$')
        return 0;
    const char *end = memchr(token->text + 1, '$', token->length - 1);
    return end == NULL ? 0 : (size_t)(end - token->text) + 1;
}

static void
put_body(struct mask *mask, const struct sql_token *token, size_t mark)
{
    bool closed = token->length >= 2 * mark;
    size_t length = token->length - (closed ? 2 * mark : mark);
    g_autofree char *body = g_strndup(token->text + mark, length);
    g_string_append_len(mask->safe, token->text, (gssize)mark);
    mask_text(body, mask->use, mask->depth + 1, mask->safe);
    if (closed)
        g_string_append_len(mask->safe, token->text + token->length - mark, (gssize)mark);
}

/* A comment that is made where it runs stays whole. */
static char *
mask_meant(const struct mask *mask, const char *meant)
{
    size_t length = secret_public_length(meant);
    if (mask->use == SECRET_FOR_RUNNING || meant[length] == '\0')
        return secret_mask(meant);
    g_autofree char *everybodys = g_strndup(meant, length);
    g_autofree char *masked = secret_mask(everybodys);
    return g_strconcat(masked, "***", NULL);
}

/* The inner text as it is meant, so that a quote within a connection string is one quote. */
static void
put_quoted(struct mask *mask, const struct sql_token *token)
{
    const char *quote = memchr(token->text, '\'', token->length);
    size_t before = (size_t)(quote - token->text) + 1;
    bool closed = token->length > before && token->text[token->length - 1] == '\'';
    g_autofree char *inner = g_strndup(quote + 1, token->length - before - closed);
    g_autoptr(GString) meant = g_string_new(inner);
    g_string_replace(meant, "''", "'", 0);
    g_autofree char *masked = mask_meant(mask, meant->str);
    if (g_str_equal(masked, meant->str)) {
        g_string_append_len(mask->safe, token->text, (gssize)token->length);
        return;
    }
    g_autoptr(GString) written = g_string_new(masked);
    g_string_replace(written, "'", "''", 0);
    g_string_append_len(mask->safe, token->text, (gssize)before);
    g_string_append_printf(mask->safe, "%s%s", written->str, closed ? "'" : "");
}

static void
put_string(struct mask *mask, const struct sql_token *token)
{
    size_t mark = mark_length(token);
    bool empty = token->length == 2; /* '' is no secret */
    if (mask->expects && !empty)
        g_string_append(mask->safe,
                        mask->about_role && mask->use == SECRET_FOR_RUNNING ? "NULL" : COVER);
    else if (mark > 0 && mask->depth < DEEPEST)
        put_body(mask, token, mark);
    else if (mark == 0)
        put_quoted(mask, token);
    else
        g_string_append(mask->safe, COVER);
}

static void
follow_word(struct mask *mask, const struct sql_token *token)
{
    static const char *const roles[] = {"role", "user", "group"};
    for (size_t i = 0; mask->creates && i < G_N_ELEMENTS(roles); i++)
        mask->about_role = mask->about_role || sql_is_word(token, roles[i]);
    if (sql_is_word(token, "mapping"))
        mask->about_role = false;
    mask->creates = sql_is_word(token, "create") || sql_is_word(token, "alter");
    g_autofree char *name = sql_identifier(token);
    mask->expects = g_str_has_suffix(name, "password");
}

static void
put_token(struct mask *mask, const struct sql_token *token)
{
    g_autofree char *text = g_strndup(token->text, token->length);
    switch (token->kind) {
    case SQL_STRING:
        put_string(mask, token);
        mask->expects = false;
        return;
    case SQL_COMMENT: {
        g_autofree char *masked = secret_mask(text);
        g_string_append(mask->safe, masked);
        return;
    }
    case SQL_WORD:
    case SQL_QUOTED:
        follow_word(mask, token);
        break;
    case SQL_OPERATOR:
        mask->expects = mask->expects && g_str_equal(text, "=");
        break;
    case SQL_SPACE:
        break;
    case SQL_NUMBER:
    case SQL_PARAMETER:
    case SQL_CAST:
    case SQL_PUNCTUATION:
        mask->expects = false;
        if (sql_is_sign(token, ';'))
            *mask = (struct mask){.safe = mask->safe, .use = mask->use, .depth = mask->depth};
        break;
    }
    g_string_append(mask->safe, text);
}

static void
mask_text(const char *sql, enum secret_use use, unsigned depth, GString *safe)
{
    struct mask mask = {.safe = safe, .use = use, .depth = depth};
    struct sql_token token;
    while (sql_next(&sql, &token))
        put_token(&mask, &token);
}

char *
secret_mask_sql(const char *sql, enum secret_use use)
{
    GString *safe = g_string_sized_new(strlen(sql));
    mask_text(sql, use, 0, safe);
    return g_string_free(safe, FALSE);
}
