/* label.c - names as a picture shows them. */
#include "diagram/label.h"

#include "base/text.h"
#include "catalog/shown.h"

#include <stdbool.h>
#include <string.h>

#define ELLIPSIS    "\xE2\x80\xA6"
#define REPLACEMENT "\xEF\xBF\xBD"

static int
cells_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

int
label_cells(const char *text)
{
    int cells = 0;
    for (; *text != '\0'; text = g_utf8_next_char(text))
        cells += cells_of(g_utf8_get_char(text));
    return cells;
}

/* Line breaks, tabs, and the controls that embed, override or isolate a direction (UAX 9). */
static bool
disturbs(gunichar c)
{
    return c < 0x20 || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static GString *
one_line(const char *text)
{
    g_autofree char *clean = text_clean(text);
    GString *line = g_string_sized_new(strlen(clean));
    for (const char *c = clean; *c != '\0'; c = g_utf8_next_char(c)) {
        if (disturbs(g_utf8_get_char(c)))
            g_string_append(line, REPLACEMENT);
        else
            g_string_append_len(line, c, g_utf8_next_char(c) - c);
    }
    return line;
}

/* Bytes at the start of the text that fill at most `cells`, with the marks that belong to them. */
static size_t
head_bytes(const char *text, int cells)
{
    const char *end = text;
    for (; *end != '\0'; end = g_utf8_next_char(end)) {
        cells -= cells_of(g_utf8_get_char(end));
        if (cells < 0)
            break;
    }
    return (size_t)(end - text);
}

/* Where the longest tail of at most `cells` begins; never with a mark that belongs to what is cut.
 */
static size_t
tail_start(const GString *text, int cells)
{
    const char *start = text->str + text->len;
    const char *best = start;
    while (start > text->str) {
        start = g_utf8_prev_char(start);
        int width = cells_of(g_utf8_get_char(start));
        cells -= width;
        if (cells < 0)
            break;
        if (width > 0)
            best = start;
    }
    return (size_t)(best - text->str);
}

const char *
label_fit(struct arena *arena, const char *text, int cells)
{
    GString *line = one_line(text);
    if (label_cells(line->str) > cells) {
        int kept = cells - 1; /* beside the ellipsis */
        size_t head = head_bytes(line->str, kept * 3 / 5);
        size_t tail = tail_start(line, kept - kept * 3 / 5);
        g_string_erase(line, (gssize)head, (gssize)(tail - head));
        g_string_insert(line, (gssize)head, ELLIPSIS);
    }
    const char *label = arena_text(arena, line->str, (gssize)line->len);
    g_string_free(line, TRUE);
    return label;
}

const char *
label_name(struct arena *arena, const char *name, int cells)
{
    g_autofree char *shown = shown_name(name);
    return label_fit(arena, shown, cells);
}

static const struct {
    const char *name; /* as format_type() prints it, without modifiers */
    const char *label;
} short_types[] = {
    {"bit varying", "varbit"},
    {"character varying", "varchar"},
    {"character", "char"},
    {"double precision", "float8"},
    {"time with time zone", "timetz"},
    {"time without time zone", "time"},
    {"timestamp with time zone", "timestamptz"},
    {"timestamp without time zone", "timestamp"},
};

static const char *
short_type(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(short_types); i++)
        if (g_str_equal(short_types[i].name, name))
            return short_types[i].label;
    return NULL;
}

/* Modifiers may stand in the middle, "timestamp(0) without time zone"; the brackets of arrays end
 * it. */
const char *
label_type(struct arena *arena, const char *type)
{
    if (type == NULL)
        return NULL;
    const char *end = type + strlen(type);
    while (end - type >= 2 && memcmp(end - 2, "[]", 2) == 0)
        end -= 2;
    const char *open = memchr(type, '(', (size_t)(end - type));
    const char *close = open == NULL ? NULL : memchr(open, ')', (size_t)(end - open));
    if (close == NULL)
        open = end;
    const char *rest = close == NULL ? end : close + 1;
    g_autofree char *before = g_strndup(type, (size_t)(open - type));
    g_autofree char *after = g_strndup(rest, (size_t)(end - rest));
    g_autofree char *name = g_strconcat(before, after, NULL);
    const char *label = short_type(name);
    return label == NULL ? type
                         : arena_printf(arena, "%s%.*s%s", label, (int)(rest - open), open, end);
}
