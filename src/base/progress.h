/* progress.h - one status line on a terminal, nothing elsewhere. */
#ifndef DBDOC_PROGRESS_H
#define DBDOC_PROGRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum verbosity { VERBOSITY_NORMAL, VERBOSITY_QUIET };

/* Whether and where progress shows: on standard error, when that is a terminal. */
void progress_begin(enum verbosity verbosity);

/* Replaces the status line. */
void progress_step(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* The same with "7 of 120" behind it, at most ten times a second. */
void progress_count(const char *what, size_t done, size_t total);

/* Clears the status line, before anything else is printed. */
void progress_clear(void);

#endif
