/* revision.h - "git:REV[:PATH]": a commit's files in a private folder, to be read like those of a
 * repository. REV is whatever git takes for a commit, or A...B for the merge base of both. */
#ifndef DBDOC_SOURCE_REVISION_H
#define DBDOC_SOURCE_REVISION_H

#include "base/claim.h"
#include "config/config.h"

#include <glib.h>
#include <stdbool.h>

struct revision {
    char *name;   /* REV as written */
    char *commit; /* its full hash */
    char *path;   /* PATH below the root of the commit, as git has it; NULL: none */
    char *tree;   /* the folder that holds the commit's files, named as the repository is */
    char *root;   /* within it, what the configuration's root is in the repository */
    struct claim claim;
};

bool revision_is_text(const char *source);

/* The full hash of REV in the repository around `folder`; free with g_free. FAILURE_USAGE when
 * there is no repository, no such commit, or a shallow clone does not hold it: it says what to do.
 */
char *revision_find(const char *folder, const char *name, GError **error);

/* Lays out what "git:REV[:PATH]" means, seen from `root`, a folder of the repository.
 * FAILURE_USAGE, FAILURE_WRITE or FAILURE_INTERRUPTED. Close it in any case. */
bool revision_open(const char *root, const char *text, struct revision *revision, GError **error);
void revision_close(struct revision *revision);

/* The configuration with which the revision is read: `present` with the root, the database and the
 * migrations that the revision's own file names. A server is none of its files, so that a
 * connection there counts as nothing said. The texts live in the arena. FAILURE_USAGE when the file
 * is wrong. */
struct config *revision_config(struct arena *arena, const struct revision *revision,
                               const struct config *present, GError **error);

/* Takes the private folder's name out of a message. */
void revision_hide_folder(const struct revision *revision, char **message);

#endif
