/* outside.h - statements that say themselves that they reach out of the database: what they do
 * there is neither rehearsed nor undone. */
#ifndef DBDOC_REHEARSAL_OUTSIDE_H
#define DBDOC_REHEARSAL_OUTSIDE_H

/* The function or command that does; NULL when none is named. Bodies of functions are not looked
 * into: they only run when they are called. Free with g_free. */
char *outside_find(const char *sql);

#endif
