/* markdown_writer.h - the place in the result where the next node goes, and how much may still be
 * written. For markup/ alone. */
#ifndef DBDOC_MARKDOWN_WRITER_H
#define DBDOC_MARKDOWN_WRITER_H

#include "markup/markdown.h"
#include "markup/markdown_read.h"

#include <glib.h>
#include <libxml/tree.h>

/* How deep elements may lie in each other; what is deeper is written into the last one. Paragraphs
 * stand between blocks and inlines and are always written. */
enum writer_level {
    LEVEL_BLOCK = 32,
    LEVEL_PARAGRAPH = LEVEL_BLOCK + 1,
    LEVEL_INLINE = LEVEL_PARAGRAPH + 16,
};

struct writer {
    const struct markdown *markdown;
    const struct markdown_links *links;
    xmlNode *stack[LEVEL_INLINE + 1];
    unsigned depth;
    unsigned flat_blocks; /* open blocks and inlines that have no element of their own */
    unsigned flat_inlines;
    unsigned open_links;
    GString *text;        /* not yet written */
    const char *mark;     /* to be left out where the next text begins; NULL: nothing */
    size_t elements;      /* that may still be written */
    size_t bytes;         /* of text that may still be written */
    unsigned headings[6]; /* levels of the headings above this place, in the text's own count */
    unsigned heading_count;
};

void writer_begin(struct writer *writer, xmlNode *parent, const struct markdown *markdown,
                  const struct markdown_links *links);
void writer_end(struct writer *writer);

/* Whether nothing more fits. */
bool writer_is_full(const struct writer *writer);

xmlNode *writer_here(const struct writer *writer);

/* Adds an element below `parent`, behind the text written so far. */
xmlNode *writer_add(struct writer *writer, xmlNode *parent, const char *name);

/* What follows goes into this node; writer_leave goes back. */
void writer_enter(struct writer *writer, xmlNode *node);
void writer_leave(struct writer *writer);

void writer_text(struct writer *writer, const char *text);

/* Writes the text collected so far; addresses in it become links unless one is open. */
void writer_flush(struct writer *writer);

#endif
