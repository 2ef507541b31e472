/* support.h - what several unit tests need. */
#ifndef DBDOC_TEST_SUPPORT_H
#define DBDOC_TEST_SUPPORT_H

#include "base/failure.h"

#include <glib.h>

/* Bytes of texts that would take forever if time grew faster than they do. The sanitizer looks for
 * the end of a text in every call of strchr and the like, so that its own time does. */
#ifdef __SANITIZE_ADDRESS__
enum { SUPPORT_MUCH = 32 * 1024 };
#else
enum { SUPPORT_MUCH = 512 * 1024 };
#endif

/* Makes a fresh folder below TMPDIR and goes there; support_leave removes it. */
void support_enter(void);
void support_leave(void);

/* The main function of a program whose tests each run in a fresh folder. */
struct support_test {
    const char *name; /* "/ecto/tables" */
    GTestFunc run;
};
int support_run(int argc, char **argv, const struct support_test *tests, size_t count);

/* Writes a file, with the folders on the way to it. */
void support_write(const char *path, const char *text);

/* The error has this kind and exactly these words; it is cleared. */
void support_assert_failure(GError **error, enum failure failure, const char *message);

/* The error has this kind, and these words are in its message; it is cleared. */
void support_assert_failure_says(GError **error, enum failure failure, const char *words);

#endif
