/* said.h - what people wrote about migrations: notes whose object they are, and comments in their
 * files that begin with "Rollback:". */
#ifndef DBDOC_RUNBOOK_SAID_H
#define DBDOC_RUNBOOK_SAID_H

#include "migrations/migration.h"
#include "notes/notes.h"

/* A text as it was written, in Markdown. */
struct said {
    const struct migration *migration;
    const char *file; /* below the root */
    unsigned line;
    const char *text;
    const char *owner;                    /* NULL for none */
    const struct migration_commit *since; /* changed the migration after it was written; NULL: none
                                             did, or git does not tell */
};

struct sayings {
    size_t count;
    struct said *items; /* by migration, then by file and line */
};

/* `root` is the folder that the notes' files are below. Arena memory. */
const struct sayings *said_read(struct arena *arena, const struct migrations *migrations,
                                const struct notes *notes, const char *root);

#endif
