/* shown.h - names as people can read and copy them: the name itself, or, when it could be mistaken
 * (blank, with a dot or quote, with signs that leave nothing to see or turn the reading direction),
 * quoted as in SQL: "a.b", U&"right\202Eto left". Pure; every function returns new memory. */
#ifndef DBDOC_SHOWN_H
#define DBDOC_SHOWN_H

char *shown_name(const char *name);

/* The same for each name of an object's path. */
char *shown_path(const char *path);

#endif
