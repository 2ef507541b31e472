/* failure.h - how a function says that the outside world refused.
 * Every failure is a GError of one domain; its code is the exit status the program ends with, so
 * commands/ need no table to translate. The message reads "WHAT (WHERE). WHAT TO DO." */
#ifndef DBDOC_FAILURE_H
#define DBDOC_FAILURE_H

#include <glib.h>
#include <stdbool.h>

enum failure {
    FAILURE_USAGE = 2,         /* wrong command line or configuration */
    FAILURE_DATABASE = 3,      /* the database cannot be read */
    FAILURE_VERDICT = 4,       /* a rehearsal gave no verdict at all */
    FAILURE_WRITE = 5,         /* the result cannot be written */
    FAILURE_BUG = 70,          /* dbdoc itself is wrong */
    FAILURE_INTERRUPTED = 130, /* the user asked us to stop */
};

#define FAILURE failure_quark()
GQuark failure_quark(void);

/* Fills *error and returns false, so that callers can write `return failure_set(…)`. The text is
 * masked with secret_mask before it is stored. */
bool failure_set(GError **error, enum failure failure, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Puts "prefix" before the message of an existing error and returns false. */
bool failure_prefix(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
