/* fold.c - one form for SQL texts that PostgreSQL prints differently after a reload. */
#include "base/sql_lexer.h"
#include "catalog/compare.h"

#include <string.h>

/* A token array with room for look-ahead. */
struct tokens {
    const struct sql_token *items;
    size_t count;
};

static GArray *
words_of(const char *sql)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct sql_token));
    struct sql_token token;
    while (sql_next(&sql, &token))
        if (token.kind != SQL_SPACE)
            g_array_append_val(tokens, token);
    return tokens;
}

static bool
sign_at(const struct tokens *tokens, size_t i, char sign)
{
    return i < tokens->count && sql_is_sign(&tokens->items[i], sign);
}

/* Behind the bracket that closes the one at i; count when it is never closed. */
static size_t
behind_bracket(const struct tokens *tokens, size_t i)
{
    unsigned depth = 0;
    for (; i < tokens->count; i++) {
        const struct sql_token *token = &tokens->items[i];
        if (sql_is_sign(token, '(') || sql_is_sign(token, '['))
            depth++;
        if ((sql_is_sign(token, ')') || sql_is_sign(token, ']')) && --depth == 0)
            return i + 1;
    }
    return tokens->count;
}

/* For "(ARRAY[…])::type[]": the places of its parts. */
struct array_cast {
    size_t first;    /* token behind "[" */
    size_t last;     /* the closing "]" */
    size_t type;     /* first token of the type */
    size_t type_end; /* its "[" */
    size_t end;      /* behind "[]" */
};

static bool
find_array_cast(const struct tokens *tokens, size_t i, struct array_cast *cast)
{
    if (!sign_at(tokens, i, '(') || i + 2 >= tokens->count ||
        !sql_is_word(&tokens->items[i + 1], "array") || !sign_at(tokens, i + 2, '['))
        return false;
    size_t behind = behind_bracket(tokens, i + 2);
    if (!sign_at(tokens, behind, ')') || behind + 1 >= tokens->count ||
        tokens->items[behind + 1].kind != SQL_CAST)
        return false;
    size_t end = behind + 2;
    while (end < tokens->count &&
           (tokens->items[end].kind == SQL_WORD || tokens->items[end].kind == SQL_QUOTED ||
            sign_at(tokens, end, '.')))
        end++;
    if (sign_at(tokens, end, '('))
        end = behind_bracket(tokens, end);
    if (!sign_at(tokens, end, '[') || !sign_at(tokens, end + 1, ']'))
        return false;
    *cast = (struct array_cast){i + 3, behind - 1, behind + 2, end, end + 2};
    return true;
}

#define NESTING 8 /* array casts within array casts; deeper ones stay as they are */

struct fold {
    GString *text;
    struct tokens tokens;
    unsigned nesting;
};

static void fold_tokens(struct fold *fold, size_t from, size_t to);

static void
append_token(GString *text, const struct sql_token *token)
{
    if (text->len > 0)
        g_string_append_c(text, ' ');
    g_string_append_len(text, token->text, (gssize)token->length);
}

/* "(element)::type" */
static void
fold_element(struct fold *fold, const struct array_cast *cast, size_t from, size_t to)
{
    g_string_append(fold->text, " (");
    fold_tokens(fold, from, to);
    g_string_append(fold->text, " ) ::");
    for (size_t i = cast->type; i < cast->type_end; i++)
        append_token(fold->text, &fold->tokens.items[i]);
}

static void
fold_array_cast(struct fold *fold, const struct array_cast *cast)
{
    const struct tokens *tokens = &fold->tokens;
    g_string_append(fold->text, fold->text->len > 0 ? " ARRAY [" : "ARRAY [");
    size_t from = cast->first;
    for (size_t i = from; i <= cast->last; i++) {
        if (sign_at(tokens, i, '(') || (sign_at(tokens, i, '[') && i < cast->last)) {
            i = behind_bracket(tokens, i) - 1;
        } else if (sign_at(tokens, i, ',') || i == cast->last) {
            if (i > from)
                fold_element(fold, cast, from, i);
            append_token(fold->text, &tokens->items[i]);
            from = i + 1;
        }
    }
}

static void
fold_tokens(struct fold *fold, size_t from, size_t to)
{
    fold->nesting++;
    for (size_t i = from; i < to;) {
        struct array_cast cast;
        if (fold->nesting <= NESTING && find_array_cast(&fold->tokens, i, &cast) &&
            cast.end <= to) {
            fold_array_cast(fold, &cast);
            i = cast.end;
        } else {
            append_token(fold->text, &fold->tokens.items[i++]);
        }
    }
    fold->nesting--;
}

char *
sql_fold(const char *sql)
{
    if (sql == NULL)
        return NULL;
    g_autoptr(GArray) words = words_of(sql);
    struct fold fold = {
        .text = g_string_sized_new(strlen(sql)),
        .tokens = {(const struct sql_token *)(void *)words->data, words->len},
    };
    fold_tokens(&fold, 0, words->len);
    return g_string_free(fold.text, FALSE);
}
