/* query.h - the .sql files of this folder as the server at hand understands them. */
#ifndef DBDOC_INTROSPECT_QUERY_H
#define DBDOC_INTROSPECT_QUERY_H

/* The text of sql/<name>.sql without the lines marked "-- since N" for a newer major version. Free
 * with g_free. */
char *query_text(const char *name, int major);

#endif
