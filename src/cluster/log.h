/* log.h - what sessions did, as the server's log tells it. The log is PostgreSQL's own text with
 * the prefix LOG_PREFIX; a message of several lines goes on with tabs, so that no text of a session
 * can be taken for a line of the server's. */
#ifndef DBDOC_CLUSTER_LOG_H
#define DBDOC_CLUSTER_LOG_H

#include <glib.h>

/* Of log_line_prefix: process, database and virtual transaction. Without them where there is no
 * session. */
#define LOG_PREFIX "%m [%p] %q<%d %v> "

enum log_kind {
    LOG_STATEMENT, /* `text` begins to run, as it was sent */
    LOG_DURATION,  /* of what ended: `microseconds` */
    LOG_REFUSAL,   /* `text` says why; `statement` is what was refused */
    LOG_TOLD,      /* a message of dbdoc's own triggers: `text` is what comes behind "dbdoc " */
};

struct log_entry {
    enum log_kind kind;
    char *process;
    char *transaction; /* the same for all that one transaction did */
    char *text;
    char *statement; /* may be NULL */
    gint64 microseconds;
};

/* struct log_entry * of the sessions with a database, in the log's order; free with
 * g_ptr_array_unref. */
GPtrArray *log_read(const char *text, const char *database);

#endif
