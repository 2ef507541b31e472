/* highlight.h - SQL as text nodes and <span class="k|s|m|c"> for colour, nothing lost. */
#ifndef DBDOC_HIGHLIGHT_H
#define DBDOC_HIGHLIGHT_H

#include <libxml/tree.h>

void highlight_sql(xmlNode *parent, const char *sql);

#endif
