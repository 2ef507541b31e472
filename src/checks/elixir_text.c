/* elixir_text.c - quoting for Elixir. */
#include "checks/elixir_text.h"

#include <stdbool.h>

static bool
is_plain_atom(const char *text)
{
    if (!g_ascii_isalpha(*text) && *text != '_')
        return false;
    for (; *text != '\0'; text++)
        if (!g_ascii_isalnum(*text) && *text != '_')
            return false;
    return true;
}

void
elixir_append_string(GString *target, const char *text)
{
    g_string_append_c(target, '"');
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            g_string_append(target, "\\n");
        else if (*text == '\t')
            g_string_append(target, "\\t");
        else if (g_ascii_iscntrl(*text))
            g_string_append_printf(target, "\\x%02X", (unsigned char)*text);
        else if (*text == '"' || *text == '\\' || (*text == '#' && text[1] == '{'))
            g_string_append_printf(target, "\\%c", *text);
        else
            g_string_append_c(target, *text);
    }
    g_string_append_c(target, '"');
}

void
elixir_append_atom(GString *target, const char *text)
{
    g_string_append_c(target, ':');
    if (is_plain_atom(text))
        g_string_append(target, text);
    else
        elixir_append_string(target, text);
}
