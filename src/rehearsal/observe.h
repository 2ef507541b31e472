/* observe.h - what one statement of a migration did to relations that were there before: locks,
 * rewrites, scans. Everything is the server's word, asked in the statement's own transaction or,
 * for one that runs without, from outside while it waits. */
#ifndef DBDOC_REHEARSAL_OBSERVE_H
#define DBDOC_REHEARSAL_OBSERVE_H

#include "cluster/cluster.h"
#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>

/* NULL is one that does not look: then evidence says "not seen". */
struct observer;

/* Looks at the database before the first statement: only what is there now will be reported. */
struct observer *observer_begin(struct arena *arena, struct connection *session, GError **error);
void observer_end(struct observer *observer);

/* The transaction is over, and its locks with it. Call observer_look at the begin of the next one,
 * as the server may count scans on. */
void observer_forget_locks(struct observer *observer);

/* Fills in what the session's last statement did; false when the server does not answer. */
bool observer_look(struct observer *observer, struct connection *session,
                   struct statement_evidence *evidence, GError **error);

/* The same from rows of dbdoc_observe() that came another way. */
void observer_take(struct observer *observer, const struct rows *rows,
                   struct statement_evidence *evidence);

/* What follows is about another session. */
void observer_forget(struct observer *observer);

/* Makes statements that run outside a transaction pause: a session that has read, has written to
 * every table that it finds free, and has not committed. NULL when there is nothing to write to. */
struct connection *observer_block(const struct observer *observer, const struct cluster *cluster,
                                  const char *database, GError **error);

/* What a process of the server waits for. */
enum waiting {
    WAITS_NOT,         /* not for the session in its way */
    WAITS_FOR_LOCK,    /* a relation's: once it has that, it goes on */
    WAITS_FOR_SESSION, /* its end, whatever it has locked: other sessions come next */
};

/* Whether the process waits for the session in its way; then locks are added, and what the wait is
 * about. */
bool observer_peek(struct observer *observer, const struct cluster *cluster, int process,
                   const struct connection *blocker, struct statement_evidence *evidence,
                   enum waiting *waiting, GError **error);

#endif
