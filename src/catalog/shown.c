/* shown.c - names that cannot be seen or told apart, as SQL writes them. */
#include "catalog/shown.h"

#include "catalog/address.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static bool
leaves_a_mark(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return c == ' ' || (g_unichar_isgraph(c) && type != G_UNICODE_LINE_SEPARATOR &&
                        type != G_UNICODE_PARAGRAPH_SEPARATOR);
}

static bool
is_all_marks(const char *name)
{
    for (; *name != '\0'; name = g_utf8_next_char(name))
        if (!leaves_a_mark(g_utf8_get_char(name)))
            return false;
    return true;
}

/* U&"…", the SQL standard's way to write what cannot be seen. */
static char *
escape_name(const char *name)
{
    GString *text = g_string_new("U&\"");
    for (; *name != '\0'; name = g_utf8_next_char(name)) {
        gunichar c = g_utf8_get_char(name);
        if (!leaves_a_mark(c))
            g_string_append_printf(text, c > 0xFFFF ? "\\+%06X" : "\\%04X", c);
        else if (c == '"' || c == '\\')
            g_string_append_printf(text, "%c%c", (char)c, (char)c);
        else
            g_string_append_unichar(text, c);
    }
    return g_string_free(g_string_append_c(text, '"'), FALSE);
}

char *
shown_name(const char *name)
{
    size_t length = strlen(name);
    if (!g_utf8_validate(name, -1, NULL))
        return g_strdup(name);
    if (!is_all_marks(name))
        return escape_name(name);
    bool clear = length > 0 && strpbrk(name, ".\"") == NULL && *name != ' ' &&
                 name[length - 1] != ' ' && strstr(name, "  ") == NULL;
    return clear ? g_strdup(name) : address_path(&name, 1, NULL);
}

char *
shown_path(const char *path)
{
    struct address_parts parts;
    if (!address_parse(path, &parts))
        return g_strdup(path);
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < parts.count; i++) {
        g_autofree char *name = shown_name(parts.names[i]);
        g_string_append_printf(text, "%s%s", i > 0 ? "." : "", name);
    }
    if (parts.arguments != NULL)
        g_string_append_printf(text, "(%s)", parts.arguments);
    address_parts_clear(&parts);
    return g_string_free(text, FALSE);
}
