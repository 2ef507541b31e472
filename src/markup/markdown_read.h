/* markdown_read.h - a Markdown text as cmark sees it, and the pipe tables that cmark does not see.
 * For markup/ alone. */
#ifndef DBDOC_MARKDOWN_READ_H
#define DBDOC_MARKDOWN_READ_H

#include <cmark.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct markdown {
    char *text; /* as it was read: clean and not too long */
    size_t length;
    bool cut;      /* there was more of it */
    GArray *lines; /* size_t: where each line starts */
    cmark_node *document;
    cmark_node *cells;  /* the inside of all tables; NULL: no table */
    GHashTable *tables; /* paragraph of the document → struct pipe_table */
};

/* Reads at most `limit` bytes. */
struct markdown *markdown_read(const char *text, size_t limit);
void markdown_free(struct markdown *markdown);

/* The text of a line (from 1) with its length, without the newline. */
const char *markdown_line(const struct markdown *markdown, unsigned line, size_t *length);

/* The paragraph that is the summary; NULL for none. */
cmark_node *markdown_first_paragraph(const struct markdown *markdown);

/* Appends the texts below a node without their marks. */
void markdown_plain_text(cmark_node *node, GString *text);

/* Whether raw HTML is a comment, which nobody is meant to see. */
bool markdown_is_comment(const char *html);

/* Behind all below the node, as cmark_iter_next at its end. */
void markdown_skip(cmark_iter *iter, cmark_node *node);

#endif
