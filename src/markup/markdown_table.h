/* markdown_table.h - pipe tables as in GitHub Flavored Markdown, found in cmark's paragraphs.
 * A pipe in a code span does not part cells; "\|" is a pipe everywhere. For markup/ alone. */
#ifndef DBDOC_MARKDOWN_TABLE_H
#define DBDOC_MARKDOWN_TABLE_H

#include "markup/markdown_read.h"

enum alignment { ALIGNMENT_NONE, ALIGNMENT_LEFT, ALIGNMENT_CENTER, ALIGNMENT_RIGHT };

struct pipe_row {
    unsigned line;
    size_t count;
    cmark_node **cells; /* paragraphs whose first character is TABLE_CELL_MARK */
};

struct pipe_table {
    cmark_node *lead;   /* block quote: what the paragraph says above the table; NULL: nothing */
    GArray *alignments; /* enum alignment, one per column */
    GPtrArray *rows;    /* struct pipe_row *; the first is the head, none has more cells than it */
};

/* A no-break space: keeps a cell from being read as a list, a heading or code. */
#define TABLE_CELL_MARK "\xC2\xA0"

/* Fills markdown->cells and returns paragraph → struct pipe_table. */
GHashTable *pipe_tables_find(struct markdown *markdown);

#endif
