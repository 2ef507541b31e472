/* row_values.c - by PostgreSQL's own phrases, src/backend/access and executor. A value may hold
 * brackets and quotes itself: all up to the last one goes. */
#include "postgres/row_values.h"

#include <glib.h>
#include <string.h>

#define HIDDEN "\xE2\x80\xA6" /* … */

/* Where the first value begins; NULL: there is none. */
static const char *
find_value(const char *words)
{
    static const char *const phrases[] = {") = (", ")=(", "contains ("};
    const char *first = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++) {
        const char *found = strstr(words, phrases[i]);
        found = found == NULL ? NULL : found + strlen(phrases[i]);
        if (found != NULL && (first == NULL || found < first))
            first = found;
    }
    return first;
}

/* `words` up to `begin` and from `end` on. */
static char *
without(const char *words, const char *begin, const char *end)
{
    return g_strdup_printf("%.*s" HIDDEN "%s", (int)(begin - words), words, end);
}

char *
row_values_hide(const char *state, const char *words)
{
    const char *begin = NULL;
    const char *end = NULL;
    if (words != NULL && g_str_has_prefix(state, "23")) {
        begin = find_value(words);
        end = begin == NULL ? NULL : strrchr(begin, ')');
    } else if (words != NULL && g_str_has_prefix(state, "22")) {
        begin = strchr(words, '"');
        begin = begin == NULL ? NULL : begin + 1;
        end = begin == NULL ? NULL : strrchr(begin, '"');
    }
    return end == NULL ? g_strdup(words) : without(words, begin, end);
}
