/* query.c - leaves out the lines that the server is too old for. */
#include "introspect/query.h"

#include "base/embedded.h"

#include <glib.h>
#include <string.h>

#define MARK "-- since "

/* The newest version for which the line is marked; 0: it is for all. */
static int
mark_of(const char *line, size_t length)
{
    const char *mark = g_strstr_len(line, (gssize)length, MARK);
    return mark == NULL ? 0 : (int)g_ascii_strtoll(mark + strlen(MARK), NULL, 10);
}

static const struct embedded *
file_of(const char *name)
{
    g_autofree char *path = g_strdup_printf("src/introspect/sql/%s.sql", name);
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    return file;
}

static size_t
line_length(const char *line)
{
    size_t length = strcspn(line, "\n");
    return length + (line[length] == '\n');
}

char *
query_text(const char *name, int major)
{
    const struct embedded *file = file_of(name);
    GString *text = g_string_sized_new(file->length);
    size_t length = 0;
    for (const char *line = file->text; *line != '\0'; line += length) {
        length = line_length(line);
        if (mark_of(line, length) <= major)
            g_string_append_len(text, line, (gssize)length);
    }
    return g_string_free(text, FALSE);
}

char *
query_for_psql(const char *name)
{
    const struct embedded *file = file_of(name);
    GString *text = g_string_sized_new(file->length);
    size_t length = 0;
    for (const char *line = file->text; *line != '\0'; line += length) {
        length = line_length(line);
        int since = mark_of(line, length);
        g_assert(since <= QUERY_NEWEST);
        if (since > QUERY_OLDEST)
            g_string_append_printf(text, "\\if :since_%d\n", since);
        g_string_append_len(text, line, (gssize)length);
        if (since > QUERY_OLDEST)
            g_string_append(text, "\\endif\n");
    }
    return g_string_free(text, FALSE);
}
