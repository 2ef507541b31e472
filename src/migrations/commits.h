/* commits.h - who wrote a migration's file, when and in which commit, as git says. */
#ifndef DBDOC_MIGRATIONS_COMMITS_H
#define DBDOC_MIGRATIONS_COMMITS_H

#include "migrations/migration.h"

#include <glib.h>

/* Fills `added` and `changed` of all migrations, of every line, from the repository around them. No
 * repository, a shallow clone, or no git: then each line's commits_unknown says why. A file that is
 * in no commit has none. */
void commits_read(struct arena *arena, struct migrations *migrations);

/* The files that a line's folder held at a revision of its repository, as struct migration names
 * them; a set. NULL: git does not know the revision. Free with g_hash_table_unref. */
GHashTable *commits_files(const struct migrations *line, const char *revision);

/* Lines of a file below a folder. */
struct commits_text {
    const char *root;
    const char *file;
    unsigned line;
    unsigned count;
};

/* The newest commit that changed a migration's file after the lines were written as they stand;
 * NULL: none did, they are in no commit, or git does not tell. */
const struct migration_commit *commits_behind(struct arena *arena, const struct commits_text *text,
                                              const struct migrations *line,
                                              const struct migration *migration);

#endif
