/* highlight.h - code as text nodes and <span class="k|s|m|c|t"> for colour, nothing lost. Words
 * that are read from right to left, or turn the reading direction, stand in <bdi>: code around them
 * keeps its order. */
#ifndef DBDOC_HIGHLIGHT_H
#define DBDOC_HIGHLIGHT_H

#include <libxml/tree.h>

void highlight_sql(xmlNode *parent, const char *sql);
void highlight_elixir(xmlNode *parent, const char *code);

/* Code of any other language, without colours. */
void highlight_nothing(xmlNode *parent, const char *code);

#endif
