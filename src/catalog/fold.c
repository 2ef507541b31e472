/* fold.c - one form for SQL texts that PostgreSQL prints differently after a reload. */
#include "base/sql_lexer.h"
#include "catalog/compare.h"

#include <string.h>

/* A token array with room for look-ahead. */
struct tokens {
    const struct sql_token *items;
    size_t count;
};

/* Brackets around a chain of OR, or of AND. */
struct group {
    size_t open;
    size_t close;
    size_t parent;    /* its index among the groups */
    const char *word; /* "or", "and"; "" when there is none of them, or something else as well */
};

#define NO_GROUP ((size_t)-1)

static void
note_word(GArray *groups, size_t current, const struct sql_token *token)
{
    static const char *const links[] = {"or", "and"};
    /* The AND of BETWEEN is another one; that of a query or CASE ends with it. */
    static const char *const others[] = {"between", "select", "values", "case"};
    if (current == NO_GROUP || token->kind != SQL_WORD)
        return;
    struct group *group = &g_array_index(groups, struct group, current);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (sql_is_word(token, others[i]))
            group->word = "";
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++)
        if (sql_is_word(token, links[i]))
            group->word = group->word == NULL || group->word == links[i] ? links[i] : "";
}

static GArray *
groups_of(const struct tokens *tokens)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(struct group));
    size_t current = NO_GROUP;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct sql_token *token = &tokens->items[i];
        if (sql_is_sign(token, '(')) {
            const struct group group = {.open = i, .close = i, .parent = current};
            current = groups->len;
            g_array_append_val(groups, group);
        } else if (sql_is_sign(token, ')') && current != NO_GROUP) {
            struct group *group = &g_array_index(groups, struct group, current);
            group->close = i;
            current = group->parent;
        } else {
            note_word(groups, current, token);
        }
    }
    return groups;
}

/* Whether the group is one operand of a chain of its own kind: the inner one of ((a OR b) OR c). */
static bool
is_link(const struct tokens *tokens, const GArray *groups, const struct group *group)
{
    if (group->word == NULL || *group->word == '\0' || group->parent == NO_GROUP ||
        group->close + 1 >= tokens->count)
        return false;
    const struct group *parent = &g_array_index(groups, struct group, group->parent);
    return parent->word == group->word &&
           (group->open == parent->open + 1 ||
            sql_is_word(&tokens->items[group->open - 1], group->word)) &&
           (group->close + 1 == parent->close ||
            sql_is_word(&tokens->items[group->close + 1], group->word));
}

/* The text's words, without comments (the server prints none) and without the brackets within
 * chains of OR and of AND. */
static GArray *
words_of(const char *sql)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct sql_token));
    struct sql_token token;
    while (sql_next_word(&sql, &token))
        g_array_append_val(all, token);
    const struct tokens tokens = {(const struct sql_token *)(void *)all->data, all->len};
    g_autoptr(GArray) groups = groups_of(&tokens);
    g_autofree bool *dropped = g_new0(bool, tokens.count + 1);
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = &g_array_index(groups, struct group, i);
        if (is_link(&tokens, groups, group))
            dropped[group->open] = dropped[group->close] = true;
    }
    GArray *words = g_array_new(FALSE, FALSE, sizeof(struct sql_token));
    for (size_t i = 0; i < tokens.count; i++)
        if (!dropped[i])
            g_array_append_val(words, tokens.items[i]);
    return words;
}

static bool
sign_at(const struct tokens *tokens, size_t i, char sign)
{
    return i < tokens->count && sql_is_sign(&tokens->items[i], sign);
}

static bool
opens(const struct sql_token *token)
{
    return sql_is_sign(token, '(') || sql_is_sign(token, '[');
}

static bool
closes(const struct sql_token *token)
{
    return sql_is_sign(token, ')') || sql_is_sign(token, ']');
}

/* For each opening bracket the place behind the closing one; count when it is never closed. */
static size_t *
places_behind_brackets(const struct tokens *tokens)
{
    size_t *behind = g_new0(size_t, tokens->count + 1);
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < tokens->count; i++) {
        behind[i] = tokens->count;
        if (opens(&tokens->items[i])) {
            g_array_append_val(open, i);
        } else if (closes(&tokens->items[i]) && open->len > 0) {
            behind[g_array_index(open, size_t, open->len - 1)] = i + 1;
            g_array_set_size(open, open->len - 1);
        }
    }
    return behind;
}

#define NESTING 8 /* array casts within array casts; deeper ones stay as they are */

struct fold {
    GString *text;
    struct tokens tokens;
    const size_t *behind; /* for each opening bracket, the place behind the closing one */
    unsigned nesting;
};

/* For "(ARRAY[…])::type[]": the places of its parts. */
struct array_cast {
    size_t first;    /* token behind "[" */
    size_t last;     /* the closing "]" */
    size_t type;     /* first token of the type */
    size_t type_end; /* its "[" */
    size_t end;      /* behind "[]" */
};

static bool
find_array_cast(const struct fold *fold, size_t i, struct array_cast *cast)
{
    const struct tokens *tokens = &fold->tokens;
    if (!sign_at(tokens, i, '(') || i + 2 >= tokens->count ||
        !sql_is_word(&tokens->items[i + 1], "array") || !sign_at(tokens, i + 2, '['))
        return false;
    size_t behind = fold->behind[i + 2];
    if (!sign_at(tokens, behind, ')') || behind + 1 >= tokens->count ||
        tokens->items[behind + 1].kind != SQL_CAST)
        return false;
    size_t end = behind + 2;
    while (end < tokens->count &&
           (tokens->items[end].kind == SQL_WORD || tokens->items[end].kind == SQL_QUOTED ||
            sign_at(tokens, end, '.')))
        end++;
    if (sign_at(tokens, end, '('))
        end = fold->behind[end];
    if (!sign_at(tokens, end, '[') || !sign_at(tokens, end + 1, ']'))
        return false;
    *cast = (struct array_cast){i + 3, behind - 1, behind + 2, end, end + 2};
    return true;
}

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
            i = fold->behind[i] - 1;
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
        if (fold->nesting <= NESTING && find_array_cast(fold, i, &cast) && cast.end <= to) {
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
    g_autofree size_t *behind = places_behind_brackets(&fold.tokens);
    fold.behind = behind;
    fold_tokens(&fold, 0, words->len);
    return g_string_free(fold.text, FALSE);
}
