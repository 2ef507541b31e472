/* conditions.h - the columns that a condition of a plan compares. For planner/ alone. */
#ifndef DBDOC_PLANNER_CONDITIONS_H
#define DBDOC_PLANNER_CONDITIONS_H

#include <glib.h>

/* Names of columns, as they come and once each; char *. */
struct compared_columns {
    GPtrArray *equal; /* with = */
    GPtrArray *range; /* with < > <= >= */
};

void compared_columns_begin(struct compared_columns *columns);
void compared_columns_end(struct compared_columns *columns);

/* Adds those of the relation of that alias, as EXPLAIN (VERBOSE) writes a condition: "((p.status =
 * ?) AND (p.at > $1))". Only what AND joins; nothing of a text with OR, NOT or CASE. NULL is none.
 */
void compared_columns_read(const char *condition, const char *alias,
                           struct compared_columns *columns);

/* The column that a key of a sort is, without its direction; NULL: an expression, or of another
 * relation. Free with g_free. */
char *sorted_column(const char *key, const char *alias);

#endif
