/* sql_lexer.c - one function per token kind, chosen by the first character. */
#include "base/sql_lexer.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define OPERATOR_SIGNS "+-*/<>=~!@#%^&|`?:"

static bool
starts_word(char c)
{
    return g_ascii_isalpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool
continues_word(char c)
{
    return starts_word(c) || g_ascii_isdigit(c) || c == '$';
}

static const char *
word_end(const char *c)
{
    while (continues_word(*c))
        c++;
    return c;
}

enum escapes { ESCAPES_NONE, ESCAPES_BACKSLASH };

/* Behind the closing quote; a doubled quote stands for itself. */
static const char *
quoted_end(const char *c, char quote, enum escapes escapes)
{
    for (c++; *c != '\0'; c++) {
        if (escapes == ESCAPES_BACKSLASH && *c == '\\' && c[1] != '\0')
            c++;
        else if (*c == quote && c[1] == quote)
            c++;
        else if (*c == quote)
            return c + 1;
    }
    return c;
}

/* Block comments nest. */
static const char *
comment_end(const char *c)
{
    unsigned depth = 0;
    while (*c != '\0') {
        if (c[0] == '/' && c[1] == '*') {
            depth++;
            c += 2;
        } else if (c[0] == '*' && c[1] == '/') {
            c += 2;
            if (--depth == 0)
                return c;
        } else {
            c++;
        }
    }
    return c;
}

/* For "$tag$" at c: behind the matching "$tag$"; NULL when c does not open a dollar quote. */
static const char *
dollar_end(const char *c)
{
    const char *tag = c + 1;
    const char *stop = tag;
    if (*stop != '$' && !starts_word(*stop))
        return NULL;
    while (*stop != '$' && continues_word(*stop))
        stop++;
    if (*stop != '$')
        return NULL;
    size_t length = (size_t)(stop - c) + 1;
    g_autofree char *delimiter = g_strndup(c, length);
    const char *close = strstr(stop + 1, delimiter);
    return close == NULL ? c + strlen(c) : close + length;
}

static const char *
number_end(const char *c)
{
    if (c[0] == '0' && c[1] != '\0' && strchr("xXoObB", c[1]) != NULL)
        return word_end(c + 1);
    while (g_ascii_isdigit(*c) || *c == '_')
        c++;
    if (*c == '.' && c[1] != '.')
        for (c++; g_ascii_isdigit(*c) || *c == '_';)
            c++;
    if ((*c == 'e' || *c == 'E') &&
        (g_ascii_isdigit(c[1]) || ((c[1] == '+' || c[1] == '-') && g_ascii_isdigit(c[2]))))
        for (c += 2; g_ascii_isdigit(*c);)
            c++;
    return c;
}

/* Operators stop where a comment begins. */
static const char *
operator_end(const char *c)
{
    do
        c++;
    while (*c != '\0' && strchr(OPERATOR_SIGNS, *c) != NULL && !(c[0] == '-' && c[1] == '-') &&
           !(c[0] == '/' && c[1] == '*') && !(c[0] == ':' && c[1] == ':'));
    return c;
}

/* Strings with a letter before the quote: E'' knows backslashes, N'' B'' X'' and U&'' do not. */
static const char *
prefixed_string_end(const char *c)
{
    if (strchr("eEbBxXnN", *c) != NULL && c[1] == '\'')
        return quoted_end(c + 1, '\'', *c == 'e' || *c == 'E' ? ESCAPES_BACKSLASH : ESCAPES_NONE);
    if ((*c == 'u' || *c == 'U') && c[1] == '&' && c[2] == '\'')
        return quoted_end(c + 2, '\'', ESCAPES_NONE);
    return NULL;
}

static const char *
dollar_token(const char *c, enum sql_token_kind *kind)
{
    const char *end = dollar_end(c);
    if (end != NULL) {
        *kind = SQL_STRING;
        return end;
    }
    *kind = SQL_PARAMETER;
    for (c++; g_ascii_isdigit(*c);)
        c++;
    return c;
}

static const char *
letter_token(const char *c, enum sql_token_kind *kind)
{
    const char *end = prefixed_string_end(c);
    if (end != NULL) {
        *kind = SQL_STRING;
        return end;
    }
    if ((*c == 'u' || *c == 'U') && c[1] == '&' && c[2] == '"') {
        *kind = SQL_QUOTED;
        return quoted_end(c + 2, '"', ESCAPES_NONE);
    }
    *kind = SQL_WORD;
    return word_end(c);
}

static const char *
token_end(const char *c, enum sql_token_kind *kind)
{
    if (g_ascii_isspace(*c)) {
        *kind = SQL_SPACE;
        while (g_ascii_isspace(*c))
            c++;
        return c;
    }
    if ((c[0] == '-' && c[1] == '-') || (c[0] == '/' && c[1] == '*')) {
        *kind = SQL_COMMENT;
        return *c == '-' ? c + strcspn(c, "\n") : comment_end(c);
    }
    if (*c == '\'' || *c == '"') {
        *kind = *c == '"' ? SQL_QUOTED : SQL_STRING;
        return quoted_end(c, *c, ESCAPES_NONE);
    }
    if (*c == '$')
        return dollar_token(c, kind);
    if (starts_word(*c))
        return letter_token(c, kind);
    if (g_ascii_isdigit(*c) || (*c == '.' && g_ascii_isdigit(c[1]))) {
        *kind = SQL_NUMBER;
        return number_end(c);
    }
    if (c[0] == ':' && c[1] == ':') {
        *kind = SQL_CAST;
        return c + 2;
    }
    *kind = strchr(OPERATOR_SIGNS, *c) != NULL ? SQL_OPERATOR : SQL_PUNCTUATION;
    return *kind == SQL_OPERATOR ? operator_end(c) : c + 1;
}

bool
sql_next(const char **cursor, struct sql_token *token)
{
    if (**cursor == '\0')
        return false;
    const char *end = token_end(*cursor, &token->kind);
    token->text = *cursor;
    token->length = (size_t)(end - *cursor);
    *cursor = end;
    return true;
}

bool
sql_next_word(const char **cursor, struct sql_token *token)
{
    while (sql_next(cursor, token))
        if (token->kind != SQL_SPACE && token->kind != SQL_COMMENT)
            return true;
    return false;
}

bool
sql_is_word(const struct sql_token *token, const char *keyword)
{
    return token->kind == SQL_WORD && token->length == strlen(keyword) &&
           g_ascii_strncasecmp(token->text, keyword, token->length) == 0;
}

bool
sql_is_sign(const struct sql_token *token, char sign)
{
    return token->kind == SQL_PUNCTUATION && *token->text == sign;
}

/* clang-format off */
static const char *const keywords[] = {
    "add",      "after",     "all",       "alter",     "always",     "and",       "any",
    "array",    "as",        "asc",       "atomic",    "before",     "begin",     "between",
    "by",       "cascade",   "case",      "cast",      "check",      "collate",   "column",
    "commit",   "concurrently", "constraint", "create", "cross",     "declare",   "default",
    "deferrable", "deferred", "definer",  "delete",    "desc",       "distinct",  "do",
    "domain",   "drop",      "each",      "else",      "elsif",      "end",       "enum",
    "except",   "exception", "exclude",   "execute",   "exists",     "extension", "false",
    "filter",   "first",     "following", "for",       "foreign",    "from",      "full",
    "function", "generated", "grant",     "group",     "having",     "identity",  "if",
    "ilike",    "immutable", "in",        "include",   "index",      "initially", "inner",
    "insert",   "instead",   "intersect", "into",      "is",         "join",      "key",
    "language", "last",      "lateral",   "left",      "like",       "limit",     "loop",
    "match",    "materialized", "natural", "new",      "no",         "not",       "null",
    "nulls",    "of",        "offset",    "old",       "on",         "only",      "or",
    "order",    "outer",     "over",      "partition", "perform",    "plpgsql",   "policy",
    "preceding", "primary",  "procedure", "raise",     "range",      "references", "replace",
    "restrict", "return",    "returning", "returns",   "right",      "rollback",  "row",
    "rows",     "schema",    "security",  "select",    "sequence",   "set",       "sql",
    "stable",   "statement", "stored",    "strict",    "table",      "then",      "to",
    "trigger",  "true",      "type",      "unbounded", "union",      "unique",    "update",
    "using",    "valid",     "validate",  "values",    "view",       "volatile",  "when",
    "where",    "while",     "window",    "with",      "without",
};
/* clang-format on */

static int
compare_keyword(const void *word, const void *keyword)
{
    const struct sql_token *token = word;
    const char *candidate = *(const char *const *)keyword;
    int order = g_ascii_strncasecmp(token->text, candidate, token->length);
    return order != 0 ? order : (candidate[token->length] == '\0' ? 0 : -1);
}

bool
sql_is_keyword(const struct sql_token *token)
{
    return token->kind == SQL_WORD && bsearch(token, keywords, G_N_ELEMENTS(keywords),
                                              sizeof *keywords, compare_keyword) != NULL;
}

char *
sql_identifier(const struct sql_token *token)
{
    if (token->kind != SQL_QUOTED)
        return g_ascii_strdown(token->text, (gssize)token->length);
    GString *name = g_string_new(NULL);
    const char *c = strchr(token->text, '"') + 1;
    for (const char *end = token->text + token->length; c < end && !(*c == '"' && c[1] != '"');
         c++) {
        c += *c == '"';
        g_string_append_c(name, *c);
    }
    return g_string_free(name, FALSE);
}

bool
sql_is_name(const struct sql_token *token, const char *name)
{
    if (token->kind != SQL_WORD && token->kind != SQL_QUOTED)
        return false;
    g_autofree char *own = sql_identifier(token);
    return g_str_equal(own, name);
}

bool
sql_has_name(const char *sql, const char *name)
{
    struct sql_token token;
    while (sql != NULL && sql_next_word(&sql, &token))
        if (sql_is_name(&token, name))
            return true;
    return false;
}

char *
sql_complete(const char *statement)
{
    g_autofree char *text = g_strchomp(g_strdup(statement));
    const char *newline = strrchr(text, '\n');
    bool commented = strstr(newline != NULL ? newline : text, "--") != NULL;
    bool closed = *text == '\0' || (!commented && g_str_has_suffix(text, ";"));
    return g_strconcat(text, closed ? "" : commented ? "\n;" : ";", NULL);
}
