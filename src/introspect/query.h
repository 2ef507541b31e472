/* query.h - the .sql files of this folder as the server at hand understands them. */
#ifndef DBDOC_INTROSPECT_QUERY_H
#define DBDOC_INTROSPECT_QUERY_H

/* Major versions that are read, and the newest one that a line is marked for. */
enum { QUERY_OLDEST = 13, QUERY_NEWEST = 18 };

/* The text of sql/<name>.sql without the lines marked "-- since N" for a newer major version. Free
 * with g_free. */
char *query_text(const char *name, int major);

/* The whole text for a script of psql: each such line stands between "\if :since_N" and "\endif".
 * Free with g_free. */
char *query_for_psql(const char *name);

#endif
