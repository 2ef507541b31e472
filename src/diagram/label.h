/* label.h - texts as a picture shows them: measured in cells of a monospace font, cut when too
 * long. A picture has no font metrics: a character is one cell, an East Asian wide one two, a
 * combining mark none. */
#ifndef DBDOC_LABEL_H
#define DBDOC_LABEL_H

#include "base/arena.h"

/* Width of a clean text. */
int label_cells(const char *text);

/* The text on one line, at most `cells` wide: the middle gives way to "…". What would break the
 * line or turn the reading direction of its neighbours becomes U+FFFD. */
const char *label_fit(struct arena *arena, const char *text, int cells);

/* The same of a name in the database, as people read it (catalog/shown.h). */
const char *label_name(struct arena *arena, const char *name, int cells);

/* PostgreSQL's short name of a type: varchar(255), timestamptz, char(3)[]. Other types stay as they
 * are; NULL gives NULL. */
const char *label_type(struct arena *arena, const char *type);

#endif
