/* named.c - see named.h. */
#include "notes/named.h"

#include "base/text.h"

#include <string.h>

const char *
note_keep_clean(struct arena *arena, const char *text)
{
    g_autofree char *clean = text_clean(text);
    return arena_text(arena, g_strstrip(clean), -1);
}

bool
note_read_named(struct arena *arena, const char *text, const char **word, const char **path)
{
    const char *clean = note_keep_clean(arena, text);
    size_t length = strcspn(clean, " \t\n");
    g_autofree char *lower = g_ascii_strdown(clean, (gssize)length);
    *word = arena_text(arena, lower, -1);
    *path = clean + length + strspn(clean + length, " \t\n");
    if (**path != '\0')
        return true;
    *path = NULL;
    return g_str_equal(*word, "database");
}
