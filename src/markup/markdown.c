/* markdown.c - what callers ask of a Markdown text; reading, tables and writing are beside it. */
#include "markup/markdown.h"

#include "base/text.h"
#include "markup/markdown_link.h"
#include "markup/markdown_read.h"
#include "markup/markdown_table.h"
#include "markup/markdown_write.h"

#include <string.h>

/* From where cmark puts a link to where it stands; how much text is looked at for it. */
#define LINK_LINES 20
#define LINK_BYTES ((size_t)16 * 1024)

void
markdown_append(xmlNode *parent, const char *text, const struct markdown_links *links)
{
    size_t limit = links == NULL || links->limit == 0 ? MARKDOWN_LIMIT : links->limit;
    struct markdown *markdown = markdown_read(text, limit);
    markdown_write(parent, markdown, links);
    markdown_free(markdown);
}

void
markdown_append_summary(xmlNode *parent, const char *text, const struct markdown_links *links)
{
    struct markdown *markdown = markdown_read(text, MARKDOWN_LIMIT);
    cmark_node *paragraph = markdown_first_paragraph(markdown);
    if (paragraph != NULL)
        markdown_write_summary(parent, markdown, paragraph, links);
    markdown_free(markdown);
}

char *
markdown_summary(const char *text)
{
    struct markdown *markdown = markdown_read(text, MARKDOWN_LIMIT);
    cmark_node *paragraph = markdown_first_paragraph(markdown);
    GString *summary = paragraph == NULL ? NULL : g_string_new(NULL);
    if (paragraph != NULL)
        markdown_plain_text(paragraph, summary);
    markdown_free(markdown);
    if (summary == NULL)
        return NULL;
    if (summary->len > SUMMARY_LIMIT) {
        const char *end = g_utf8_find_prev_char(summary->str, summary->str + SUMMARY_LIMIT + 1);
        g_string_truncate(summary, (gsize)(end - summary->str));
        g_string_append(summary, "\xE2\x80\xA6");
    }
    return g_string_free(summary, FALSE);
}

bool
markdown_has_more(const char *text)
{
    struct markdown *markdown = markdown_read(text, MARKDOWN_LIMIT);
    cmark_node *first = cmark_node_first_child(markdown->document);
    cmark_node *paragraph = markdown_first_paragraph(markdown);
    bool more = markdown->cut || (first != NULL && (first != paragraph || cmark_node_next(first)));
    if (!more && paragraph != NULL) {
        g_autoptr(GString) summary = g_string_new(NULL);
        markdown_plain_text(paragraph, summary);
        more = summary->len > SUMMARY_LIMIT;
    }
    markdown_free(markdown);
    return more;
}

struct link_visit {
    const struct markdown *markdown;
    bool (*is_word)(const char *word);
    void (*visit)(void *data, unsigned line, const char *word, const char *path);
    void *data;
};

/* Where a link stands. cmark counts from the first line of the paragraph but leaves out lines that
 * defined links, so the address is looked for a little further down. A link by reference stands
 * where it is used. */
static unsigned
link_line(const struct markdown *markdown, cmark_node *link, int shift)
{
    unsigned line = (unsigned)(cmark_node_get_start_line(link) + shift);
    size_t left = LINK_BYTES;
    for (unsigned i = line; i < line + LINK_LINES; i++) {
        size_t length = 0;
        const char *text = markdown_line(markdown, i, &length);
        if (text == NULL)
            break;
        length = MIN(length, left);
        if (g_strstr_len(text, (gssize)length, cmark_node_get_url(link)) != NULL)
            return i;
        left -= length;
    }
    return line;
}

static void visit_table(const struct link_visit *visit, const struct pipe_table *table,
                        int first_line);

/* Visits the links below a node that stands `shift` lines further down than cmark says. */
static void
visit_below(const struct link_visit *visit, cmark_node *root, int shift)
{
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        const struct pipe_table *table = g_hash_table_lookup(visit->markdown->tables, node);
        g_autofree char *word = NULL;
        g_autofree char *path = NULL;
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (table != NULL) {
            visit_table(visit, table, cmark_node_get_start_line(node));
            markdown_skip(iter, node);
        } else if (cmark_node_get_type(node) == CMARK_NODE_LINK &&
                   link_split(cmark_node_get_url(node), visit->is_word, &word, &path)) {
            visit->visit(visit->data, link_line(visit->markdown, node, shift), word, path);
        }
    }
    cmark_iter_free(iter);
}

static void
visit_table(const struct link_visit *visit, const struct pipe_table *table, int first_line)
{
    if (table->lead != NULL)
        visit_below(visit, table->lead, first_line - cmark_node_get_start_line(table->lead));
    for (guint i = 0; i < table->rows->len; i++) {
        const struct pipe_row *row = table->rows->pdata[i];
        for (size_t j = 0; j < row->count; j++)
            visit_below(visit, row->cells[j],
                        (int)row->line - cmark_node_get_start_line(row->cells[j]));
    }
}

void
markdown_links(const char *text, bool (*is_word)(const char *word),
               void (*visit)(void *data, unsigned line, const char *word, const char *path),
               void *data)
{
    struct markdown *markdown = markdown_read(text, MARKDOWN_LIMIT);
    const struct link_visit visits = {markdown, is_word, visit, data};
    visit_below(&visits, markdown->document, 0);
    markdown_free(markdown);
}

/* Where the line of "=" or "-" below a heading stands; the heading's own line when it begins with
 * "#". cmark's end of a heading is sometimes one line too far. */
static unsigned
heading_end(const struct markdown *markdown, cmark_node *heading)
{
    unsigned first = (unsigned)cmark_node_get_start_line(heading);
    unsigned last = (unsigned)cmark_node_get_end_line(heading);
    for (unsigned line = first + 1; line <= last; line++) {
        size_t length = 0;
        const char *start = markdown_line(markdown, line, &length);
        g_autofree char *text = start == NULL ? NULL : g_strstrip(g_strndup(start, length));
        if (text != NULL && *text != '\0' &&
            (text[strspn(text, "=")] == '\0' || text[strspn(text, "-")] == '\0'))
            return line;
    }
    return first;
}

/* The words of "## Words ##". */
static char *
unmark_heading(char *line)
{
    g_strstrip(line);
    size_t end = strlen(line);
    while (end > 0 && line[end - 1] == '#')
        end--;
    if (end == 0 || line[end - 1] == ' ' || line[end - 1] == '\t')
        line[end] = '\0';
    return g_strstrip(line + strspn(line, "#"));
}

static void
visit_heading(const struct markdown *markdown, cmark_node *node,
              void (*visit)(void *data, const struct markdown_heading *heading), void *data)
{
    unsigned first = (unsigned)cmark_node_get_start_line(node);
    unsigned last = heading_end(markdown, node);
    size_t length = 0;
    const char *start = markdown_line(markdown, first, &length);
    const char *end = markdown_line(markdown, MAX(first, last - 1), &length);
    g_assert(start != NULL && end != NULL); /* cmark counted lines of this text */
    g_autofree char *text = g_strndup(start, (size_t)(end - start) + length);
    const struct markdown_heading heading = {
        .level = (unsigned)cmark_node_get_heading_level(node),
        .first_line = first,
        .last_line = last,
        .words = first == last ? unmark_heading(text) : g_strstrip(text),
    };
    visit(data, &heading);
}

void
markdown_headings(const char *text,
                  void (*visit)(void *data, const struct markdown_heading *heading), void *data)
{
    struct markdown *markdown = markdown_read(text, MARKDOWN_LIMIT);
    for (cmark_node *node = cmark_node_first_child(markdown->document); node != NULL;
         node = cmark_node_next(node))
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            visit_heading(markdown, node, visit, data);
    markdown_free(markdown);
}
