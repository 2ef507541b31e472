/* row_values.h - what a server says of an error, without the values of rows that are in it. */
#ifndef DBDOC_ROW_VALUES_H
#define DBDOC_ROW_VALUES_H

/* A message or a detail with an SQLSTATE: violated constraints (class 23) tell the key or the row
 * in brackets, values that do not fit (class 22) stand in quotes; both become "…". NULL for NULL.
 * Free with g_free. */
char *row_values_hide(const char *state, const char *words);

#endif
