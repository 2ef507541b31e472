/* lock.h - which versions of its packages a Mix project has locked in mix.lock. */
#ifndef DBDOC_LOCK_H
#define DBDOC_LOCK_H

#include <glib.h>
#include <stdbool.h>

/* "3.13.5" is 3013005; parts that are missing count 0. Digits that are too many make another
 * number, but no trouble. */
unsigned lock_parse_version(const char *text);

/* The text of the file below `root`, empty when there is none. Free with g_string_free; NULL on
 * failure (FAILURE_READ). */
GString *lock_read(const char *root, GError **error);

/* The version of a package of Hex; 0: the lock does not say. */
unsigned lock_version(const GString *lock, const char *package);

#endif
