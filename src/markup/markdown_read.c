/* markdown_read.c - from a text to cmark's tree. cmark takes time out of proportion for two kinds
 * of text (measured: many open images in one paragraph, many blank lines inside deep lists);
 * reading stops where one begins. */
#include "markup/markdown_read.h"

#include "base/text.h"
#include "markup/markdown_table.h"

#include <string.h>

#define BLANK_LINES 100 /* in a row */
#define IMAGES      500 /* in one paragraph, as opened by "![" */

/* How much of the line may be read before there are too many images. */
static size_t
count_images(const char *line, size_t length, unsigned *images)
{
    for (size_t i = 0; i + 1 < length; i++) {
        if (line[i] == '!' && line[i + 1] == '[' && ++*images > IMAGES)
            return i;
    }
    return length;
}

static bool
is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] != ' ' && line[i] != '\t')
            return false;
    return true;
}

/* The length of the part that is safe to read. */
static size_t
safe_length(const char *text, size_t whole)
{
    unsigned images = 0;
    unsigned blank_lines = 0;
    for (const char *line = text; line < text + whole;) {
        const char *end = memchr(line, '\n', (size_t)(text + whole - line));
        size_t length = (size_t)((end != NULL ? end : text + whole) - line);
        if (is_blank(line, length)) {
            images = 0;
            if (++blank_lines > BLANK_LINES)
                return (size_t)(line - text);
        } else {
            blank_lines = 0;
        }
        size_t safe = count_images(line, length, &images);
        if (safe < length)
            return (size_t)(line - text) + safe;
        line += length + (end != NULL);
    }
    return whole;
}

/* The length of the longest start of whole characters within the limit. */
static size_t
length_within(const char *text, size_t limit)
{
    size_t length = strnlen(text, limit + 1);
    if (length <= limit)
        return length;
    const char *end = g_utf8_find_prev_char(text, text + limit + 1);
    return end == NULL ? 0 : (size_t)(end - text);
}

static GArray *
find_lines(const char *text, size_t length)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (const char *line = text; line != NULL;) {
        size_t start = (size_t)(line - text);
        g_array_append_val(lines, start);
        const char *newline = memchr(line, '\n', length - start);
        line = newline != NULL ? newline + 1 : NULL;
    }
    return lines;
}

struct markdown *
markdown_read(const char *text, size_t limit)
{
    struct markdown *markdown = g_new0(struct markdown, 1);
    size_t within = length_within(text, limit);
    g_autofree char *start = g_strndup(text, within);
    markdown->text = text_clean(start);
    markdown->length = safe_length(markdown->text, strlen(markdown->text));
    markdown->cut = text[within] != '\0' || markdown->text[markdown->length] != '\0';
    markdown->text[markdown->length] = '\0';
    markdown->lines = find_lines(markdown->text, markdown->length);
    markdown->document = cmark_parse_document(markdown->text, markdown->length, CMARK_OPT_DEFAULT);
    markdown->tables = pipe_tables_find(markdown);
    return markdown;
}

void
markdown_free(struct markdown *markdown)
{
    g_hash_table_unref(markdown->tables);
    if (markdown->cells != NULL)
        cmark_node_free(markdown->cells);
    cmark_node_free(markdown->document);
    g_array_unref(markdown->lines);
    g_free(markdown->text);
    g_free(markdown);
}

const char *
markdown_line(const struct markdown *markdown, unsigned line, size_t *length)
{
    if (line == 0 || line > markdown->lines->len)
        return NULL;
    const size_t *starts = &g_array_index(markdown->lines, size_t, 0);
    size_t end = line < markdown->lines->len ? starts[line] - 1 : markdown->length;
    *length = end - starts[line - 1];
    return markdown->text + starts[line - 1];
}

cmark_node *
markdown_first_paragraph(const struct markdown *markdown)
{
    cmark_node *node = cmark_node_first_child(markdown->document);
    if (node != NULL && cmark_node_get_type(node) == CMARK_NODE_HEADING)
        node = cmark_node_next(node);
    bool found = node != NULL && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH &&
                 !g_hash_table_contains(markdown->tables, node);
    return found ? node : NULL;
}

void
markdown_skip(cmark_iter *iter, cmark_node *node)
{
    cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
}

bool
markdown_is_comment(const char *html)
{
    const char *end = g_str_has_prefix(html, "<!--") ? strstr(html, "-->") : NULL;
    return end != NULL && end[3 + strspn(end + 3, " \t\n")] == '\0';
}

void
markdown_plain_text(cmark_node *node, GString *text)
{
    cmark_iter *iter = cmark_iter_new(node);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);
        const char *literal = cmark_node_get_literal(at);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            g_string_append_c(text, ' ');
        else if (literal != NULL &&
                 (type != CMARK_NODE_HTML_INLINE || !markdown_is_comment(literal)))
            g_string_append(text, literal);
    }
    cmark_iter_free(iter);
}
