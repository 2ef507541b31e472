/* statements.h - every statement that a reading sends, for those who want to know beforehand. */
#ifndef DBDOC_INTROSPECT_STATEMENTS_H
#define DBDOC_INTROSPECT_STATEMENTS_H

#include "introspect/introspect.h"

#include <glib.h>

struct statement {
    const char *name;        /* of its file; NULL: it has none */
    const char *sql;         /* lines marked "-- since N" are for newer servers alone */
    const struct kind *kind; /* whose facts the answer holds; NULL: nothing of it is kept */
    const char *when;        /* NULL: in each reading */
};

/* In the order in which they are sent; free with g_ptr_array_unref. */
GPtrArray *statements_list(enum observe observe);

#endif
