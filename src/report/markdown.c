/* markdown.c - escaping for Markdown. Who is mentioned, and which issue is meant, services look for
 * in the rendered text, where a backslash is gone: a sign without width stands behind @, # and the
 * like. In code they look for nothing. */
#include "report/markdown.h"

#include "base/secret.h"
#include "base/text.h"

#include <string.h>

#define JOINER "\xE2\x81\xA0" /* U+2060 */

/* Safe in a log, on one line. Free with g_free. */
static char *
one_line(const char *text)
{
    g_autofree char *masked = secret_mask(text);
    char *safe = text_for_terminal(masked);
    return g_strdelimit(safe, "\n\t", ' ');
}

static bool
starts_reference(const char *c)
{
    return strchr("@#!$%~&", *c) != NULL && (g_ascii_isalnum(c[1]) || c[1] == '"' || c[1] == '_');
}

void
markdown_plain(GString *target, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (strchr("\\*_[]<>#@!|~&$`", *c) != NULL)
            g_string_append_c(target, '\\');
        g_string_append_c(target, *c == '\n' ? ' ' : *c);
        if (starts_reference(c))
            g_string_append(target, JOINER);
    }
}

static size_t
longest_run(const char *text)
{
    size_t longest = 0;
    for (size_t run = 0; *text != '\0'; text++) {
        run = *text == '`' ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return longest;
}

/* A code span may neither begin nor end with a backquote of its own. */
static void
put_span(GString *target, const char *text)
{
    g_autofree char *fence = g_strnfill(longest_run(text) + 1, '`');
    const char *space = *text == '`' || g_str_has_suffix(text, "`") ? " " : "";
    g_string_append_printf(target, "%s%s%s%s%s", fence, space, text, space, fence);
}

void
markdown_span(GString *target, const char *text)
{
    g_autofree char *safe = one_line(text);
    if (text_is_empty(safe))
        g_string_append(target, "(blank)");
    else
        put_span(target, safe);
}

void
markdown_words(GString *target, const char *text)
{
    g_autofree char *safe = one_line(text);
    g_auto(GStrv) pieces = g_strsplit(safe, "`", -1);
    bool paired = g_strv_length(pieces) % 2 == 1;
    for (guint i = 0; pieces[i] != NULL; i++) {
        if (i % 2 == 1 && paired && *pieces[i] != '\0')
            put_span(target, pieces[i]);
        else
            markdown_plain(target, pieces[i]);
    }
}

void
markdown_code(GString *target, const char *indent, const char *language, const char *text)
{
    g_autofree char *safe = text_for_terminal(text);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(safe), "\n", -1);
    g_autofree char *fence = g_strnfill(MAX(3, longest_run(text) + 1), '`');
    g_string_append_printf(target, "%s%s%s\n", indent, fence, language);
    for (size_t i = 0; lines[i] != NULL; i++)
        g_string_append_printf(target, "%s%s\n", indent, lines[i]);
    g_string_append_printf(target, "%s%s\n", indent, fence);
}
