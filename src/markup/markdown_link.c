/* markdown_link.c - schemes, and addresses that stand bare in a text. */
#include "markup/markdown_link.h"

#include <glib.h>
#include <string.h>

bool
link_split(const char *url, bool (*is_word)(const char *word), char **word, char **path)
{
    const char *colon = url == NULL ? NULL : strchr(url, ':');
    if (colon == NULL || colon[1] == '\0')
        return false;
    g_autofree char *scheme = g_ascii_strdown(url, colon - url);
    if (!is_word(scheme))
        return false;
    *path = g_uri_unescape_string(colon + 1, NULL);
    if (*path == NULL || !g_utf8_validate(*path, -1, NULL)) {
        g_free(*path);
        *path = g_strdup(colon + 1); /* a percent sign that encodes nothing is one */
    }
    *word = g_steal_pointer(&scheme);
    return true;
}

static bool
starts_with(const char *text, const char *start)
{
    return g_ascii_strncasecmp(text, start, strlen(start)) == 0;
}

bool
link_is_web(const char *url)
{
    return starts_with(url, "http://") || starts_with(url, "https://");
}

bool
link_is_mail(const char *url)
{
    return starts_with(url, "mailto:");
}

/* The length of the address at `start`: up to a space or a sign that no address holds, then back
 * before what belongs to the sentence. A closing bracket belongs to it when none was opened inside.
 */
static size_t
address_length(const char *start)
{
    size_t length = strcspn(start, " \t\n<>\"`|");
    int brackets = 0;
    for (size_t i = 0; i < length; i++)
        brackets += (start[i] == '(') - (start[i] == ')');
    while (length > 0 && strchr(".,:;!?'*_~)", start[length - 1]) != NULL) {
        bool is_bracket = start[length - 1] == ')';
        if (is_bracket && brackets >= 0)
            break;
        brackets += is_bracket;
        length--;
    }
    return length;
}

const char *
link_find(const char *text, size_t *length)
{
    for (const char *c = text; (c = strstr(c, "://")) != NULL; c += 3) {
        size_t scheme = 0;
        while (c - scheme > text && g_ascii_isalpha(c[-1 - (gssize)scheme]))
            scheme++;
        const char *start = c - scheme;
        bool inside_word = start > text && (g_ascii_isalnum(start[-1]) || start[-1] == '_');
        *length = link_is_web(start) && !inside_word ? address_length(start) : 0;
        if (*length > scheme + 3)
            return start;
    }
    return NULL;
}
