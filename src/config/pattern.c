/* pattern.c - parts are kept as globs in which a backslash takes the meaning from what follows. */
#include "config/pattern.h"

#include <glib.h>
#include <string.h>

/* A part in quotes at *cursor, which opens with one; false when it does not end. */
static bool
parse_quoted(const char **cursor, GString *part)
{
    const char *c = *cursor + 1;
    for (; *c != '\0' && !(*c == '"' && c[1] != '"'); c++) {
        c += *c == '"';
        if (strchr("*?\\", *c) != NULL)
            g_string_append_c(part, '\\');
        g_string_append_c(part, *c);
    }
    *cursor = *c == '"' ? c + 1 : c;
    return *c == '"';
}

static void
parse_bare(const char **cursor, GString *part)
{
    const char *c = *cursor;
    for (; *c != '\0' && *c != '.' && *c != '"'; c++) {
        if (*c == '\\')
            g_string_append_c(part, '\\');
        g_string_append_c(part, *c);
    }
    *cursor = c;
}

bool
pattern_parse(struct arena *arena, const char *text, struct pattern *pattern)
{
    *pattern = (struct pattern){.text = text};
    const char *cursor = text;
    for (;;) {
        g_autoptr(GString) part = g_string_new(NULL);
        if (pattern->count == PATTERN_PARTS)
            return false;
        if (*cursor != '"')
            parse_bare(&cursor, part);
        else if (!parse_quoted(&cursor, part))
            return false;
        if (part->len == 0 || (*cursor != '.' && *cursor != '\0'))
            return false;
        pattern->parts[pattern->count++] = arena_text(arena, part->str, (gssize)part->len);
        if (*cursor == '\0')
            return true;
        cursor++;
    }
}

/* Where the character of UTF-8 at `text` ends. */
static const char *
next_character(const char *text)
{
    do
        text++;
    while (((unsigned char)*text & 0xC0) == 0x80);
    return text;
}

/* Goes back to the last star when the rest does not fit: time is at most length times length. */
static bool
glob_matches(const char *glob, const char *text)
{
    const char *star = NULL;
    const char *resume = NULL;
    while (*text != '\0') {
        bool escaped = *glob == '\\';
        if (*glob == '*') {
            star = ++glob;
            resume = text;
        } else if (*glob == '?') {
            glob++;
            text = next_character(text);
        } else if (glob[escaped] == *text) {
            glob += escaped + 1;
            text++;
        } else if (star != NULL) {
            glob = star;
            text = ++resume;
        } else {
            return false;
        }
    }
    while (*glob == '*')
        glob++;
    return *glob == '\0';
}

bool
pattern_matches(const struct pattern *pattern, const char *schema, const char *name)
{
    if (pattern->count == 1)
        return glob_matches(pattern->parts[0], name);
    return pattern->count == 2 && glob_matches(pattern->parts[0], schema) &&
           glob_matches(pattern->parts[1], name);
}

bool
pattern_matches_column(const struct pattern *pattern, const char *schema, const char *name,
                       const char *column)
{
    return pattern->count == PATTERN_PARTS && glob_matches(pattern->parts[0], schema) &&
           glob_matches(pattern->parts[1], name) && glob_matches(pattern->parts[2], column);
}

bool
patterns_match(const struct patterns *patterns, const char *schema, const char *name)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (pattern_matches(&patterns->items[i], schema, name))
            return true;
    return false;
}
