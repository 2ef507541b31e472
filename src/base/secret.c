/* secret.c - finds the places in a text where a password stands and covers them.
 * It errs on the side of covering too much: a message without a password is still a message. */
#include "base/secret.h"

#include <glib.h>
#include <string.h>

#define COVER "***"

/* End of the value that starts at `value`: a quoted string, or up to a separator. */
static const char *
value_end(const char *value)
{
    if (*value == '\'' || *value == '"') {
        const char quote = *value;
        const char *end = value + 1;
        while (*end != '\0' && (*end != quote || end[1] == quote))
            end += (*end == '\\' || *end == quote) && end[1] != '\0' ? 2 : 1;
        return *end == '\0' ? end : end + 1;
    }
    const char *mark = *value == '$' ? strchr(value + 1, '$') : NULL;
    if (mark != NULL) {
        g_autofree char *tag = g_strndup(value, (gsize)(mark - value) + 1);
        const char *end = strstr(mark + 1, tag);
        return end == NULL ? mark + strlen(mark) : end + strlen(tag);
    }
    return value + strcspn(value, " \t\r\n&;,)");
}

/* SQL's texts with a letter before the quote, or between dollars: where the quote or the mark
 * stands. */
static const char *
text_start(const char *value)
{
    if ((*value == 'E' || *value == 'e') && value[1] == '\'')
        return value + 1;
    if ((*value == 'U' || *value == 'u') && value[1] == '&' && value[2] == '\'')
        return value + 2;
    return *value == '\'' || *value == '$' ? value : NULL;
}

/* Copies what lies between the word "password" (any case) and its value: "=", ":", " " … and
 * returns where the value starts; NULL when no value follows. */
static const char *
password_value(const char *word)
{
    const char *after = word + strlen("password");
    after += *after == '"' || *after == '\''; /* "password": in JSON */
    const char *value = after + strspn(after, " \t");
    if (*value != '=' && *value != ':')
        return text_start(value);
    value += 1 + strspn(value + 1, " \t");
    const char *start = text_start(value);
    return start != NULL ? start : value;
}

/* For "//user:secret@host" at `text`: where the secret starts; its end goes to *end. */
static const char *
url_password(const char *text, const char **end)
{
    const char *authority = text + 2;
    const char *stop = authority + strcspn(authority, "/?# \t\r\n\"'");
    const char *at = NULL;
    for (const char *c = authority; c < stop; c++)
        if (*c == '@')
            at = c;
    if (at == NULL)
        return NULL;
    const char *colon = memchr(authority, ':', (size_t)(at - authority));
    if (colon == NULL)
        return NULL;
    *end = at;
    return colon + 1;
}

char *
secret_mask(const char *text)
{
    GString *safe = g_string_sized_new(strlen(text));
    for (const char *c = text; *c != '\0';) {
        const char *end = NULL;
        const char *value = NULL;
        if (c[0] == '/' && c[1] == '/')
            value = url_password(c, &end);
        else if (g_ascii_strncasecmp(c, "password", strlen("password")) == 0)
            value = password_value(c);
        if (value == NULL) {
            g_string_append_c(safe, *c++);
            continue;
        }
        if (end == NULL)
            end = value_end(value);
        g_string_append_len(safe, c, value - c);
        if (end > value)
            g_string_append(safe, COVER);
        c = end;
    }
    return g_string_free(safe, FALSE);
}

size_t
secret_public_length(const char *comment)
{
    static const char word[] = "private:";
    const char *line = comment;
    while (g_ascii_strncasecmp(line + strspn(line, " \t"), word, strlen(word)) != 0) {
        line += strcspn(line, "\r\n");
        if (*line == '\0')
            break;
        line += strspn(line, "\r\n");
    }
    return (size_t)(line - comment);
}
