/* diagram.h - the picture of a table and its neighbours, as an <svg> tree with classes only: the
 * theme gives it colours. Places are multiples of 8; same model, same bytes.
 *
 * Left: what a row here needs; middle: the table with its keys; right: what needs a row here. Ends
 * of lines are crow's feet: a unique or primary key child side is one, a nullable foreign key
 * optional; a composite key is one line. */
#ifndef DBDOC_DIAGRAM_H
#define DBDOC_DIAGRAM_H

#include "model/model.h"

#include <libxml/tree.h>

/* What the site knows about pages. */
struct diagram_site {
    char *(*href)(void *data,
                  const struct table *table);        /* from the page that shows it; new memory */
    unsigned (*hue)(void *data, const char *schema); /* 1 … 6 */
    void *data;
};

/* Appends the <svg>; false (and nothing appended) when the table has no neighbour. Above
 * NEIGHBOURS_SHOWN tables on a side the rest is one box that says how many more there are. */
enum { NEIGHBOURS_SHOWN = 12 };
bool diagram_neighbourhood(const struct model *model, const struct table *table,
                           const struct diagram_site *site, xmlNode *parent);

#endif
