/* inspect.c - values as text: as Elixir prints them in its messages, and as interpolation does. */
#include "elixir/value.h"

#include <string.h>

enum { DEEPEST = 50 };

/* Elixir's and OTP's way: the shortest digits that read back as the same number. */
static void
append_float(GString *text, double real)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    for (int precision = 1; precision <= 17; precision++) {
        char format[8];
        g_snprintf(format, sizeof format, "%%.%dg", precision);
        g_ascii_formatd(digits, sizeof digits, format, real);
        if (g_ascii_strtod(digits, NULL) == real)
            break;
    }
    char *exponent = strchr(digits, 'e');
    gsize mantissa = exponent != NULL ? (gsize)(exponent - digits) : strlen(digits);
    if (exponent != NULL && strtol(exponent + 1, NULL, 10) < 16 &&
        strtol(exponent + 1, NULL, 10) > 0) {
        g_ascii_formatd(digits, sizeof digits, "%.1f", real);
        g_string_append(text, digits);
        return;
    }
    g_string_append_len(text, digits, (gssize)mantissa);
    if (memchr(digits, '.', mantissa) == NULL)
        g_string_append(text, ".0");
    if (exponent != NULL)
        g_string_append_printf(text, "e%ld", strtol(exponent + 1, NULL, 10));
}

bool
value_append_text(GString *text, const struct value *value)
{
    switch (value->kind) {
    case VALUE_ATOM:
        if (!value_is_nil(value))
            g_string_append(text, value->text);
        return true;
    case VALUE_STRING:
        g_string_append_len(text, value->text, (gssize)value->length);
        return true;
    case VALUE_INTEGER:
        g_string_append_printf(text, "%" G_GINT64_FORMAT, value->integer);
        return true;
    case VALUE_FLOAT:
        append_float(text, value->real);
        return true;
    case VALUE_LIST: /* iodata: texts, and integers that are characters */
        for (size_t i = 0; i < value->count; i++) {
            const struct value *item = value->items[i];
            if (item->kind == VALUE_INTEGER && item->integer >= 0 && item->integer <= 0x10FFFF)
                g_string_append_unichar(text, (gunichar)item->integer);
            else if ((item->kind != VALUE_STRING && item->kind != VALUE_LIST) ||
                     !value_append_text(text, item))
                return false;
        }
        return true;
    case VALUE_TUPLE:
    case VALUE_MAP:
    case VALUE_FUNCTION:
    case VALUE_OPAQUE:
        return false;
    }
    g_assert_not_reached();
}

static void
append_quoted(GString *text, const struct value *value)
{
    g_string_append_c(text, '"');
    for (gsize i = 0; i < value->length; i++) {
        char c = value->text[i];
        if (c == '"' || c == '\\')
            g_string_append_printf(text, "\\%c", c);
        else if (c == '\n')
            g_string_append(text, "\\n");
        else if (c == '\t')
            g_string_append(text, "\\t");
        else if (c == '\r')
            g_string_append(text, "\\r");
        else if (c == '#' && i + 1 < value->length && value->text[i + 1] == '{')
            g_string_append(text, "\\#");
        else if (c >= 0 && c < ' ')
            g_string_append_printf(text, "\\x%02X", (unsigned)c);
        else
            g_string_append_c(text, c);
    }
    g_string_append_c(text, '"');
}

static bool
is_plain_name(const char *name)
{
    if (!g_ascii_isalpha(*name) && *name != '_')
        return false;
    while (g_ascii_isalnum(*name) || *name == '_' || *name == '@')
        name++;
    return *name == '\0' || ((*name == '?' || *name == '!') && name[1] == '\0');
}

static void
append_atom(GString *text, const struct value *atom)
{
    if (g_str_has_prefix(atom->text, "Elixir."))
        g_string_append(text, atom->text + strlen("Elixir."));
    else if (value_is_nil(atom) || value_is_atom(atom, "true") || value_is_atom(atom, "false"))
        g_string_append(text, atom->text);
    else if (is_plain_name(atom->text))
        g_string_append_printf(text, ":%s", atom->text);
    else {
        g_string_append_c(text, ':');
        append_quoted(text, atom);
    }
}

static void append(GString *text, const struct value *value, unsigned depth);

static void
append_key(GString *text, const struct value *key)
{
    if (is_plain_name(key->text))
        g_string_append(text, key->text);
    else
        append_quoted(text, key);
    g_string_append(text, ": ");
}

static void
append_list(GString *text, const struct value *list, unsigned depth)
{
    bool keyword = list->count > 0 && value_is_keyword(list);
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            g_string_append(text, ", ");
        if (keyword)
            append_key(text, list->items[i]->items[0]);
        append(text, keyword ? list->items[i]->items[1] : list->items[i], depth);
    }
}

static void
append_map(GString *text, const struct value *map, unsigned depth)
{
    const struct value *name = value_get(map, "__struct__");
    g_string_append_c(text, '%');
    if (name != NULL && name->kind == VALUE_ATOM)
        append_atom(text, name);
    g_string_append_c(text, '{');
    bool first = true;
    for (size_t i = 0; i < map->count; i += 2) {
        if (value_is_atom(map->items[i], "__struct__"))
            continue;
        if (!first)
            g_string_append(text, ", ");
        first = false;
        if (map->items[i]->kind == VALUE_ATOM) {
            append_key(text, map->items[i]);
        } else {
            append(text, map->items[i], depth);
            g_string_append(text, " => ");
        }
        append(text, map->items[i + 1], depth);
    }
    g_string_append_c(text, '}');
}

static void
append(GString *text, const struct value *value, unsigned depth)
{
    if (depth > DEEPEST) {
        g_string_append(text, "...");
        return;
    }
    switch (value->kind) {
    case VALUE_ATOM:
        append_atom(text, value);
        return;
    case VALUE_STRING:
        append_quoted(text, value);
        return;
    case VALUE_INTEGER:
    case VALUE_FLOAT:
        value_append_text(text, value);
        return;
    case VALUE_LIST:
    case VALUE_TUPLE:
        g_string_append_c(text, value->kind == VALUE_LIST ? '[' : '{');
        append_list(text, value, depth + 1);
        g_string_append_c(text, value->kind == VALUE_LIST ? ']' : '}');
        return;
    case VALUE_MAP:
        append_map(text, value, depth + 1);
        return;
    case VALUE_FUNCTION:
        g_string_append(text, "#Function<>");
        return;
    case VALUE_OPAQUE:
        g_string_append(text, "…");
        return;
    }
    g_assert_not_reached();
}

const char *
value_inspect(struct arena *arena, const struct value *value)
{
    GString *text = g_string_new(NULL);
    append(text, value, 0);
    const char *copy = arena_text(arena, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return copy;
}
