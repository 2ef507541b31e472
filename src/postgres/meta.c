/* meta.c - arguments of psql's meta-commands, as its manual's section "Meta-Commands" tells. */
#include "base/failure.h"
#include "postgres/connection.h"
#include "postgres/script.h"

#include <string.h>

#define ARGUMENT_LIMIT ((size_t)64 * 1024) /* variables in variables grow exponentially */

struct argument {
    const char *cursor;
    GString *text;
    GHashTable *variables;
};

/* 'text' with C-like escapes and doubled quotes. */
static void
take_quoted(struct argument *argument)
{
    static const char escapes[] = "n\nt\tb\br\rf\f";
    const char *c = argument->cursor + 1;
    for (; *c != '\0' && (*c != '\'' || c[1] == '\''); c++) {
        if (*c == '\\' && c[1] != '\0') {
            c++;
            const char *escape = strchr(escapes, *c);
            bool known = escape != NULL && (escape - escapes) % 2 == 0;
            g_string_append_c(argument->text, known ? escape[1] : *c);
        } else {
            c += *c == '\'';
            g_string_append_c(argument->text, *c);
        }
    }
    argument->cursor = c + (*c != '\0');
}

/* "name" without its quotes. */
static void
take_name(struct argument *argument)
{
    const char *c = argument->cursor + 1;
    for (; *c != '\0' && (*c != '"' || c[1] == '"'); c++) {
        c += *c == '"';
        g_string_append_c(argument->text, *c);
    }
    argument->cursor = c + (*c != '\0');
}

/* :{?name} tells whether the variable exists. */
static void
take_question(struct argument *argument)
{
    const char *start = argument->cursor + strlen(":{?");
    size_t length = strcspn(start, "}");
    g_autofree char *name = g_strndup(start, length);
    bool exists = g_hash_table_contains(argument->variables, name);
    g_string_append(argument->text, exists ? "TRUE" : "FALSE");
    argument->cursor = start + length + (start[length] == '}');
}

/* :name, :'name' or :"name"; a colon without a known variable stands for itself. */
static void
take_variable(struct argument *argument)
{
    const char *start = argument->cursor + 1;
    if (g_str_has_prefix(start, "{?")) {
        take_question(argument);
        return;
    }
    char quote = '\0';
    if (*start == '\'' || *start == '"')
        quote = *start++;
    const char *end = start;
    while (g_ascii_isalnum(*end) || *end == '_' || (unsigned char)*end >= 0x80)
        end++;
    g_autofree char *name = g_strndup(start, (size_t)(end - start));
    const char *value = g_hash_table_lookup(argument->variables, name);
    if (value == NULL || (quote != '\0' && *end != quote)) {
        g_string_append_c(argument->text, *argument->cursor++);
        return;
    }
    g_autofree char *shown = quote == '\''  ? sql_quote_literal(value)
                             : quote == '"' ? sql_quote_name(value)
                                            : g_strdup(value);
    g_string_append(argument->text, shown);
    argument->cursor = end + (quote != '\0');
}

/* Takes one piece of the argument; false with *error at what dbdoc does not do. */
static bool
take_part(struct argument *argument, GError **error)
{
    switch (*argument->cursor) {
    case '\'':
        take_quoted(argument);
        break;
    case '"':
        take_name(argument);
        break;
    case ':':
        take_variable(argument);
        break;
    case '`':
        return failure_set(error, FAILURE_DATABASE, "a shell command in backquotes");
    default:
        g_string_append_c(argument->text, *argument->cursor++);
    }
    return argument->text->len <= ARGUMENT_LIMIT ||
           failure_set(error, FAILURE_DATABASE, "an argument of more than 64 KB");
}

char *
meta_argument(const char **cursor, GHashTable *variables, GError **error)
{
    const char *start = *cursor + strspn(*cursor, " \t\r");
    struct argument argument = {start, g_string_new(NULL), variables};
    while (*argument.cursor != '\0' && strchr(" \t\r", *argument.cursor) == NULL) {
        if (take_part(&argument, error))
            continue;
        g_string_free(argument.text, TRUE);
        return NULL;
    }
    *cursor = argument.cursor;
    return g_string_free(argument.text, argument.cursor == start);
}
