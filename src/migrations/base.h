/* base.h - where a branch left another one, and which files of migrations are not as they were
 * there, as git says. The working tree is what is compared. */
#ifndef DBDOC_MIGRATIONS_BASE_H
#define DBDOC_MIGRATIONS_BASE_H

#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

struct base {
    const char *name;     /* as asked, or the default branch: "origin/main" */
    const char *revision; /* the newest commit that both have: its hash */
};

/* Of the repository around a folder. `wanted` is a revision; NULL: the default branch of origin,
 * else main or master. FAILURE_USAGE with what to do when git does not find it: the clone may be
 * shallow.
 */
bool base_find(struct arena *arena, const char *folder, const char *wanted, struct base *base,
               GError **error);

enum since {
    SINCE_BASE_SAME,
    SINCE_BASE_NEW,
    SINCE_BASE_CHANGED,
};

/* The files of a line's folder at a revision. Free with base_files_free. */
struct base_files;
struct base_files *base_files_read(const struct migrations *line, const char *revision,
                                   GError **error);
void base_files_free(struct base_files *files);

/* FAILURE_USAGE when a file cannot be read any more. */
bool base_compare(const struct base_files *files, const struct migration *migration,
                  enum since *since, GError **error);

/* Files of migrations that are not there any more; in the order of their names. */
struct names base_gone(struct arena *arena, const struct base_files *files);

#endif
