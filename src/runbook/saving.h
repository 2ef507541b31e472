/* saving.h - what is saved before down, as SQL: how it is taken out and how it comes back. Pure.
 * For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_SAVING_H
#define DBDOC_RUNBOOK_SAVING_H

#include "runbook/proof.h"

#include <stdbool.h>

/* "SELECT id, status FROM blog.posts WHERE status IS NOT NULL" */
const char *saving_query(struct arena *arena, const struct saving *saving);

/* A name that every file system and every shell takes: "blog.posts.status.csv". */
const char *saving_file(struct arena *arena, const struct saving *saving);

/* Where COPY puts what comes back, "blog.posts (id, title)" or a table of the session; the
 * statements before it (it may be none) and behind it, NULL for none. */
struct restoring {
    const char *before;
    const char *target;
    const char *behind;
};

/* False: nothing tells its rows apart. */
bool saving_restore(struct arena *arena, const struct saving *saving, struct restoring *restoring);

#define SAVING_FORM "WITH (FORMAT csv, HEADER)"

#endif
