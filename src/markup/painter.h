/* painter.h - code on its way into a tree: spans for what is coloured, one text node for all that
 * is not, so that a page does not grow with every comma. Internal to markup/. */
#ifndef DBDOC_MARKUP_PAINTER_H
#define DBDOC_MARKUP_PAINTER_H

#include <glib.h>
#include <libxml/tree.h>
#include <stddef.h>

struct painter {
    xmlNode *parent;
    GString *plain; /* not yet written */
};

struct painter painter_begin(xmlNode *parent);
void painter_end(struct painter *painter);

/* The next bytes of the code, which is clean already: without a colour, and with one. */
void painter_plain(struct painter *painter, const char *text, size_t length);
void painter_span(struct painter *painter, const char *class, const char *text, size_t length);

/* A whole text without colours. */
void painter_words(xmlNode *parent, const char *text);

#endif
