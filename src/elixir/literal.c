/* literal.c - escapes, margins and numbers, after "Syntax reference" of the Elixir manual. */
#include "elixir/literal.h"

#include <string.h>

void
literal_append(struct literal *literal, const char *raw, gsize length)
{
    const char *end = raw + length;
    for (; raw < end; raw++) {
        if (literal->heredoc && literal->first) {
            /* What follows the opening quotes up to the line's end is no text. */
            literal->first = *raw != '\n';
            literal->indented = *raw == '\n';
            literal->skipped = 0;
            continue;
        }
        if (literal->indented && literal->skipped < literal->margin &&
            (*raw == ' ' || *raw == '\t')) {
            literal->skipped++;
            continue;
        }
        /* The grammar leaves this escape of heredocs to us. */
        if (literal->heredoc && !literal->verbatim && *raw == '\\' && raw + 1 < end &&
            raw[1] == '\n') {
            literal_append_escape(literal, raw++, 2);
            continue;
        }
        literal->indented = literal->heredoc && *raw == '\n';
        if (literal->indented)
            literal->skipped = 0;
        g_string_append_c(literal->text, *raw);
    }
}

static char
simple_escape(char letter)
{
    static const char letters[] = "0abdefnrstv";
    static const char meanings[] = {'\0', '\a', '\b', '\177', '\033', '\f',
                                    '\n', '\r', ' ',  '\t',   '\v'};
    const char *found = strchr(letters, letter);
    if (found == NULL || letter == '\0')
        return letter;
    return meanings[found - letters];
}

/* \xHH is a byte, \x{H…}, \uHHHH and \u{H…} are characters. */
static void
append_number(struct literal *literal, const char *raw, gsize length)
{
    g_autofree char *digits = g_strndup(raw + 2, length - 2);
    bool braced = digits[0] == '{';
    guint64 code = g_ascii_strtoull(digits + braced, NULL, 16);
    if (raw[1] == 'x' && code < 0x100 && !braced)
        g_string_append_c(literal->text, (char)code);
    else if (code <= 0x10FFFF)
        g_string_append_unichar(literal->text, (gunichar)code);
}

void
literal_append_escape(struct literal *literal, const char *raw, gsize length)
{
    if (length < 2)
        return;
    if (raw[1] == '\n') { /* joins the lines */
        literal->indented = literal->heredoc;
        literal->skipped = 0;
        return;
    }
    literal->indented = false;
    if (raw[1] == 'x' || raw[1] == 'u')
        append_number(literal, raw, length);
    else if (length == 2)
        g_string_append_c(literal->text, simple_escape(raw[1]));
    else
        g_string_append_len(literal->text, raw + 1, (gssize)length - 1);
}

void
literal_interrupt(struct literal *literal)
{
    literal->indented = false;
}

static bool
read_character(const char *raw, gsize length, int64_t *integer)
{
    struct literal literal = {.text = g_string_new(NULL)};
    if (raw[1] == '\\')
        literal_append_escape(&literal, raw + 1, length - 1);
    else
        literal_append(&literal, raw + 1, length - 1);
    gunichar character = g_utf8_get_char_validated(literal.text->str, (gssize)literal.text->len);
    g_string_free(literal.text, TRUE);
    *integer = character;
    return character <= 0x10FFFF;
}

bool
literal_integer(const char *raw, gsize length, int64_t *integer)
{
    if (length >= 2 && raw[0] == '?')
        return read_character(raw, length, integer);
    static const struct {
        const char *prefix;
        guint base;
    } bases[] = {{"0x", 16}, {"0b", 2}, {"0o", 8}};
    g_autofree char *digits = g_strndup(raw, length);
    char *to = digits;
    for (const char *from = digits; *from != '\0'; from++)
        if (*from != '_')
            *to++ = *from;
    *to = '\0';
    guint base = 10;
    const char *first = digits;
    for (size_t i = 0; i < G_N_ELEMENTS(bases); i++) {
        if (g_str_has_prefix(digits, bases[i].prefix)) {
            base = bases[i].base;
            first = digits + 2;
        }
    }
    guint64 number = 0;
    if (!g_ascii_string_to_unsigned(first, base, 0, G_MAXINT64, &number, NULL))
        return false;
    *integer = (int64_t)number;
    return true;
}
