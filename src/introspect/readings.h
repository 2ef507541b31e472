/* readings.h - what is asked of a server, in its order. For introspect/ alone. */
#ifndef DBDOC_INTROSPECT_READINGS_H
#define DBDOC_INTROSPECT_READINGS_H

#include "catalog/catalog.h"

/* Parents before their children. A reading without a list field fills many parents. */
struct reading {
    const char *query;
    const struct kind *root;  /* whose list it fills; NULL: children of what was read before */
    const char *list;         /* the list's name in the root */
    const struct kind *child; /* for children */
    /* LOOKS_AT_FILES takes $1: whether to. RARE is read where QUERY_PRESENT found something. */
    enum { PLAIN, LOOKS_AT_FILES, RARE } manner;
};

extern const struct reading readings[];  /* of the structure; ends with a NULL query */
extern const struct reading observing[]; /* sizes and counters; likewise */

/* What is asked besides: how the session prints, what the role may not read, one row of the
 * database, which of the rare ones would bring rows, the statement that reads histories and what it
 * answers, and what was dropped meanwhile. */
#define QUERY_SESSION       "session"
#define QUERY_SIGHT         "sight"
#define QUERY_SIGHT_COLUMNS "sight_columns"
#define QUERY_SERVER        "server"
#define QUERY_PRESENT       "present"
#define QUERY_HISTORIES     "histories"
#define ANSWER_HISTORIES    "histories_read"
#define QUERY_VANISHED      "vanished"

/* And: one row of what is observed of the server, one that some servers refuse, and after a
 * timeout, who is in the way. */
#define QUERY_OBSERVED "observed_server"
#define QUERY_IDENTITY "observed_identity"
#define QUERY_LOCKS    "lock_holders"

/* Around them all. */
#define STATEMENT_BEGIN "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
#define STATEMENT_END   "ROLLBACK"

/* Around what may be refused. */
#define STATEMENT_MARK    "SAVEPOINT dbdoc"
#define STATEMENT_TO_MARK "ROLLBACK TO SAVEPOINT dbdoc"

#endif
