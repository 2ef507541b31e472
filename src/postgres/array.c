/* array.c - the text form of an array, read and written. */
#include "postgres/connection.h"

char **
array_split(const char *text)
{
    if (*text != '{')
        return NULL;
    GPtrArray *items = g_ptr_array_new();
    for (const char *c = text + 1; *c != '\0' && *c != '}';) {
        GString *item = g_string_new(NULL);
        bool quoted = *c == '"';
        for (c += quoted; *c != '\0' && (quoted ? *c != '"' : *c != ',' && *c != '}'); c++) {
            c += *c == '\\' && c[1] != '\0';
            g_string_append_c(item, *c);
        }
        c += quoted && *c == '"';
        c += *c == ',';
        if (!quoted && g_str_equal(item->str, "NULL"))
            g_string_truncate(item, 0);
        g_ptr_array_add(items, g_string_free(item, FALSE));
    }
    g_ptr_array_add(items, NULL);
    return (char **)g_ptr_array_free(items, FALSE);
}

char *
array_join(const char *const *items, size_t count)
{
    GString *text = g_string_new("{");
    for (size_t i = 0; i < count; i++) {
        const char *item = items[i];
        g_string_append(text, i > 0 ? "," : "");
        g_string_append(text, item != NULL ? "\"" : "NULL");
        for (const char *c = item; c != NULL && *c != '\0'; c++) {
            if (*c == '"' || *c == '\\')
                g_string_append_c(text, '\\');
            g_string_append_c(text, *c);
        }
        g_string_append(text, item != NULL ? "\"" : "");
    }
    g_string_append_c(text, '}');
    return g_string_free(text, FALSE);
}
