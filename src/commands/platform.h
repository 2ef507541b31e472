/* platform.h - the CI that a repository shows, and the file that it wants. */
#ifndef DBDOC_PLATFORM_H
#define DBDOC_PLATFORM_H

#include "commands/options.h"

#include <glib.h>

struct platform {
    enum ci_choice choice;
    const char *name;    /* "GitHub Actions" */
    const char *file;    /* where it reads its file, below the root */
    const char *beside;  /* where that goes when the first is there already; NULL: nowhere */
    const char *pattern; /* embedded */
    const char *next;    /* what is to be done then, a sentence */
};

/* Of a choice; of CI_AUTO what the repository at `root` shows: where its remote "origin" is, then
 * which files are there. NULL: none, or nothing shows one. */
const struct platform *platform_find(const char *root, enum ci_choice choice);

/* The text of the platform's file, for the default branch of the repository. */
GString *platform_write(const struct platform *platform, const char *root);

#endif
