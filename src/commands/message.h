/* message.h - what a person at a terminal reads, and the one way to standard output. Everything is
 * made safe for terminals and holds no password. */
#ifndef DBDOC_MESSAGE_H
#define DBDOC_MESSAGE_H

#include "commands/options.h"
#include "report/report.h"

#include <glib.h>
#include <stdbool.h>

/* "dbdoc: error: WORDS" and "dbdoc: warning: WORDS" on standard error. */
void message_error(const char *words);
void message_warning(const char *words);

/* A failure that ends nothing, as the rest is true without: "WHAT: MESSAGE" as a warning. Takes the
 * problem. False with *error when it was that the user asked to stop. */
bool message_failure(GError *problem, const char *what, GError **error);

/* Likewise "WHAT (MESSAGE)." without the message's last sentence: what that says to do is not for
 * whom this is told. */
bool message_failure_only(GError *problem, const char *what, GError **error);

/* A line about what was done, on standard error; nothing when quiet. */
void message_summary(enum verbosity verbosity, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Writes a result to the file, or to standard output for NULL. FAILURE_WRITE. */
bool result_write(const char *path, const GString *text, GError **error);

/* Whether a text result for that path is coloured. */
enum colour result_colour(const struct options *options);

#endif
