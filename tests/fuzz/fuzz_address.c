/* fuzz_address.c - names become paths and file names, and are the same names again. */
#include "base/arena.h"
#include "catalog/address.h"
#include "config/pattern.h"
#include "input.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static void
check_path(const char *const *names, size_t count)
{
    struct address_parts parts;
    g_autofree char *path = address_path(names, count, NULL);
    g_assert(address_parse(path, &parts));
    g_assert_cmpuint(parts.count, ==, count);
    for (size_t i = 0; i < count; i++)
        g_assert_cmpstr(parts.names[i], ==, names[i]);
    g_assert_null(parts.arguments);
    address_parts_clear(&parts);
    g_autofree char *first = g_strndup(path, address_first_length(path));
    g_autofree char *alone = address_path(names, 1, NULL);
    g_assert_cmpstr(first, ==, alone);
}

/* "~xx" is a byte, anything else stands for itself and is harmless in a file name. */
static void
check_slug(const char *name)
{
    g_autoptr(GString) slug = g_string_new(NULL);
    g_autoptr(GString) back = g_string_new(NULL);
    slug_append(slug, name);
    for (const char *c = slug->str; *c != '\0'; c++) {
        if (*c == '~') {
            g_assert(g_ascii_isxdigit(c[1]) && g_ascii_isxdigit(c[2]));
            int byte = g_ascii_xdigit_value(c[1]) * 16 + g_ascii_xdigit_value(c[2]);
            g_string_append_c(back, (char)byte);
            c += 2;
        } else {
            g_assert(g_ascii_islower(*c) || g_ascii_isdigit(*c) || *c == '_' || *c == '-');
            g_string_append_c(back, *c);
        }
    }
    g_assert_cmpstr(back->str, ==, name);
}

/* What people wrote: once read, its canonical form means the same. */
static void
check_text(const char *text)
{
    struct address_parts parts;
    struct address_parts again;
    g_assert(address_first_length(text) <= strlen(text));
    if (!address_parse(text, &parts))
        return;
    g_assert(parts.count > 0);
    g_autofree char *path = address_path((const char *const *)parts.names, parts.count,
                                         parts.arguments);
    g_assert(address_parse(path, &again));
    g_assert_cmpuint(again.count, ==, parts.count);
    for (size_t i = 0; i < parts.count; i++)
        g_assert_cmpstr(again.names[i], ==, parts.names[i]);
    g_assert_cmpstr(again.arguments, ==, parts.arguments);
    address_parts_clear(&again);
    address_parts_clear(&parts);
}

static void
check_pattern(const char *text, const char *const *names, size_t count)
{
    struct arena *arena = arena_new();
    struct pattern pattern;
    if (pattern_parse(arena, text, &pattern) && count >= 3) {
        pattern_matches(&pattern, names[0], names[1]);
        pattern_matches_column(&pattern, names[0], names[1], names[2]);
    }
    arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = input_text(data, size);
    check_text(text);
    if (!g_utf8_validate(text, -1, NULL))
        return 0;
    g_auto(GStrv) lines = g_strsplit(text, "\n", 4);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '\0')
            continue;
        g_ptr_array_add(names, *line);
        check_slug(*line);
    }
    if (names->len > 0) {
        check_path((const char *const *)names->pdata, names->len);
        check_pattern(names->pdata[names->len - 1], (const char *const *)names->pdata, names->len);
    }
    return 0;
}
