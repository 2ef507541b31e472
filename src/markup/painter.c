/* painter.c - spans and texts in the order of the code. */
#include "markup/painter.h"

#include "markup/tree.h"

#include <stdbool.h>
#include <string.h>

/* Right-to-left scripts by their blocks, and the marks that embed, override or isolate. */
static bool
turns_direction(gunichar c)
{
    static const struct {
        gunichar first;
        gunichar last;
    } ranges[] = {{0x0590, 0x08FF}, {0x200F, 0x200F}, {0x202A, 0x202E},   {0x2066, 0x2069},
                  {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* The first word with such a sign, in *end what follows it; NULL for none. */
static const char *
find_turned(const char *text, const char **end)
{
    const char *word = text;
    bool turned = false;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        bool in_word = (guchar)*c >= 0x80 || g_ascii_isalnum(*c) || *c == '_';
        if (!in_word && turned) {
            *end = c;
            return word;
        }
        if (!in_word)
            word = c + 1;
        else
            turned = turned || turns_direction(g_utf8_get_char(c));
    }
    *end = text + strlen(text);
    return turned ? word : NULL;
}

void
painter_words(xmlNode *parent, const char *text)
{
    const char *end;
    for (const char *word; (word = find_turned(text, &end)) != NULL; text = end) {
        g_autofree char *before = g_strndup(text, (size_t)(word - text));
        g_autofree char *turned = g_strndup(word, (size_t)(end - word));
        tree_text(parent, before);
        tree_text_element(parent, "bdi", turned);
    }
    tree_text(parent, text);
}

static void
write_plain(struct painter *painter)
{
    painter_words(painter->parent, painter->plain->str);
    g_string_truncate(painter->plain, 0);
}

struct painter
painter_begin(xmlNode *parent)
{
    return (struct painter){.parent = parent, .plain = g_string_new(NULL)};
}

void
painter_end(struct painter *painter)
{
    write_plain(painter);
    g_string_free(painter->plain, TRUE);
}

void
painter_plain(struct painter *painter, const char *text, size_t length)
{
    g_string_append_len(painter->plain, text, (gssize)length);
}

void
painter_span(struct painter *painter, const char *class, const char *text, size_t length)
{
    write_plain(painter);
    g_autofree char *copy = g_strndup(text, length);
    xmlNode *span = tree_element(painter->parent, "span");
    tree_attribute(span, "class", class);
    painter_words(span, copy);
}
