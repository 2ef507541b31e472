/* query.c - leaves out the lines that the server is too old for. */
#include "introspect/query.h"

#include "base/embedded.h"

#include <glib.h>
#include <string.h>

#define MARK "-- since "

char *
query_text(const char *name, int major)
{
    g_autofree char *path = g_strdup_printf("src/introspect/sql/%s.sql", name);
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    GString *text = g_string_sized_new(file->length);
    for (const char *line = file->text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        length += line[length] == '\n';
        const char *mark = g_strstr_len(line, (gssize)length, MARK);
        if (mark == NULL || g_ascii_strtoll(mark + strlen(MARK), NULL, 10) <= major)
            g_string_append_len(text, line, (gssize)length);
        line += length;
    }
    return g_string_free(text, FALSE);
}
