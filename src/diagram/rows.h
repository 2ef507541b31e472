/* rows.h - which columns a box shows, and at which of them lines end. Pure. */
#ifndef DBDOC_ROWS_H
#define DBDOC_ROWS_H

#include "diagram/picture.h"

/* Each adds to the one before. */
enum selection {
    COLUMNS_OF_LINES,
    COLUMNS_OF_PRIMARY_KEY,
    COLUMNS_OF_KEYS, /* also of foreign keys that lead to tables outside the picture */
    COLUMNS_ALL,
};

/* Adds at most `most` rows to the box of a table, in the table's order; keys come before other
 * columns. But for COLUMNS_OF_LINES, `more` counts what is not shown. The lines must be there. */
void rows_add(const struct picture *picture, struct box *box, enum selection selection,
              size_t most);

/* The rows at which the line ends; where a column is not shown, the place of "more". */
void rows_choose(struct line *line);

#endif
