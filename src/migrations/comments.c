/* comments.c - comments by their lines: what stands behind a statement is not looked at. */
#include "migrations/comments.h"

#include <glib.h>
#include <string.h>

const char *
comment_words(const char *line)
{
    line += strspn(line, " \t");
    if (*line == '#')
        line += strspn(line, "#");
    else if (g_str_has_prefix(line, "--"))
        line += strspn(line, "-");
    else
        return NULL;
    return line + strspn(line, " \t");
}

void
comment_of_statement(char *const *lines, unsigned place, unsigned *start, unsigned *end)
{
    *start = place;
    *end = place;
    while (*start > 0 && comment_words(lines[*start - 1]) != NULL)
        --*start;
    while (lines[*end] != NULL && comment_words(lines[*end]) != NULL)
        ++*end;
}
