/* highlight_elixir.c - colours for Elixir, by token alone: enough to read a migration by. What is
 * interpolated in a text has the text's colour. */
#include "markup/highlight.h"

#include "base/text.h"
#include "markup/painter.h"

#include <stdbool.h>
#include <string.h>

static bool
is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_' || (guchar)c >= 0x80;
}

static size_t
word_length(const char *text)
{
    size_t length = 0;
    while (is_word(text[length]))
        length++;
    if (length > 0 && (text[length] == '?' || text[length] == '!'))
        length++;
    return length;
}

/* Up to and with the end mark; a backslash takes its next byte along. */
static size_t
quoted_length(const char *text, size_t open, const char *close)
{
    size_t at = open;
    while (text[at] != '\0' && strncmp(text + at, close, strlen(close)) != 0)
        at += text[at] == '\\' && text[at + 1] != '\0' ? 2 : 1;
    return text[at] == '\0' ? at : at + strlen(close);
}

/* "…", '…' and their heredocs. */
static size_t
text_length(const char *text)
{
    static const char *const marks[] = {"\"\"\"", "'''", "\"", "'"};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_has_prefix(text, marks[i]))
            return quoted_length(text, strlen(marks[i]), marks[i]);
    return 0;
}

/* ~w(…)a and the like. */
static size_t
sigil_length(const char *text)
{
    static const char opening[] = "([{<|/\"'";
    static const char *const closing[] = {")", "]", "}", ">", "|", "/", "\"", "'"};
    size_t letters = 1;
    while (g_ascii_isalpha(text[letters]))
        letters++;
    const char *open = text[letters] == '\0' ? NULL : strchr(opening, text[letters]);
    if (letters == 1 || open == NULL)
        return 0;
    size_t heredoc = text_length(text + letters);
    if (heredoc > 0)
        return letters + heredoc;
    size_t length = quoted_length(text, letters + 1, closing[open - opening]);
    while (g_ascii_isalpha(text[length]))
        length++;
    return length;
}

static size_t
atom_length(const char *text)
{
    if (text[1] == '"')
        return 1 + quoted_length(text + 1, 1, "\"");
    size_t length = word_length(text + 1);
    return length == 0 ? 0 : 1 + length;
}

static bool
is_keyword(const char *word, size_t length)
{
    static const char *const keywords[] = {
        "after",  "alias", "and",  "case",   "catch",   "cond",  "def",   "defmodule",
        "defp",   "do",    "else", "end",    "false",   "fn",    "for",   "if",
        "import", "in",    "nil",  "not",    "or",      "quote", "raise", "require",
        "rescue", "true",  "try",  "unless", "unquote", "use",   "when",  "with",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++)
        if (strlen(keywords[i]) == length && strncmp(keywords[i], word, length) == 0)
            return true;
    return false;
}

/* "null:" before a value, and not the "::" of a type. */
static bool
is_key(const char *behind)
{
    return behind[0] == ':' && behind[1] != ':';
}

static const char *
class_of_word(const char *text, size_t *length)
{
    if (g_ascii_isdigit(*text))
        return "m";
    if (is_key(text + *length)) {
        ++*length;
        return "t";
    }
    return is_keyword(text, *length) ? "k" : NULL;
}

/* The length of the token at `text`, and its class; NULL for none. */
static size_t
next_token(const char *text, bool after_word, const char **class)
{
    size_t length = 0;
    if (*text == '#' && (length = strcspn(text, "\n")) > 0)
        *class = "c";
    else if ((length = text_length(text)) > 0)
        *class = "s";
    else if (*text == '~' && (length = sigil_length(text)) > 0)
        *class = "s";
    else if (*text == ':' && !after_word && text[1] != ':' && (length = atom_length(text)) > 0)
        *class = "t";
    else if (*text == '@' && (length = word_length(text + 1)) > 0)
        *class = "t", length++;
    else if ((length = word_length(text)) > 0)
        *class = class_of_word(text, &length);
    else
        length = 1;
    return length;
}

void
highlight_elixir(xmlNode *parent, const char *code)
{
    g_autofree char *clean = text_clean(code);
    struct painter painter = painter_begin(parent);
    const char *text = clean;
    bool after_word = false;
    while (*text != '\0') {
        const char *class = NULL;
        const size_t length = next_token(text, after_word, &class);
        if (class == NULL)
            painter_plain(&painter, text, length);
        else
            painter_span(&painter, class, text, length);
        after_word = is_word(text[length - 1]) || text[length - 1] == ':';
        text += length;
    }
    painter_end(&painter);
}
