/* script.h - the reading of a server without dbdoc: a script for psql, and what it printed. */
#ifndef DBDOC_INTROSPECT_SCRIPT_H
#define DBDOC_INTROSPECT_SCRIPT_H

#include "postgres/connection.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* A script for psql 12 or newer, for every server that dbdoc reads, of the same files that a
 * reading sends: one read-only transaction that prints all answers. Free with g_string_free. */
GString *script_write(unsigned lock_timeout);

/* Whether a text begins like what the script printed. */
bool script_printed(const char *text, size_t length);

/* The answers of one run of the script. */
struct answers;

/* NULL with FAILURE_DATABASE when the text is not whole, or of another version of dbdoc. `name` is
 * the file's, for messages. */
struct answers *answers_read(const char *name, const char *text, GError **error);
void answers_free(struct answers *answers);

/* The rows of one query, once; NULL: it was not asked. Free with rows_free. */
struct rows *answers_take(struct answers *answers, const char *query);

#endif
