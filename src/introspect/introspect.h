/* introspect.h - reads a live database into a struct database.
 * One REPEATABLE READ READ ONLY transaction with an empty search_path; the number of statements
 * does not depend on the number of objects. */
#ifndef DBDOC_INTROSPECT_H
#define DBDOC_INTROSPECT_H

#include "catalog/catalog.h"
#include "introspect/script.h"
#include "postgres/connection.h"

#include <glib.h>

enum observe {
    OBSERVE_NOTHING,    /* structure alone: a throw-away database says nothing about sizes */
    OBSERVE_STATISTICS, /* sizes from relpages: no lock, no file is touched */
    OBSERVE_FILES,      /* sizes from the files: slower, waits behind ALTER TABLE */
};

struct introspect_options {
    enum observe observe;
    unsigned lock_timeout;     /* milliseconds */
    enum access_source access; /* whose roles and owners are met there; unknown: the server's own */
};

/* The whole database, finished; NULL with FAILURE_DATABASE. When a table is locked or vanishes
 * while its definition is printed, the reading is tried three times; then the error names what is
 * in the way. */
struct database *introspect(struct connection *connection, const struct introspect_options *options,
                            GError **error);

/* The same of what the script printed, for the structure alone. */
struct database *introspect_answers(struct answers *answers, GError **error);

#endif
