/* equalities.h - the conditions "column = value" that every row must meet which a statement on one
 * relation reads, changes or deletes. */
#ifndef DBDOC_POSTGRES_EQUALITIES_H
#define DBDOC_POSTGRES_EQUALITIES_H

#include "base/arena.h"

#include <stddef.h>

enum { EQUALITIES_MOST = 6 };

struct equality {
    const char *column;
    unsigned parameter; /* n of $n */
};

/* The first of them; none for a statement with several relations, or with none. */
struct equalities {
    size_t count;
    struct equality items[EQUALITIES_MOST];
};

/* `tree` is the json_t of libpg_query for one statement in which each value is a parameter. */
void equalities_read(struct arena *arena, const void *tree, struct equalities *equalities);

#endif
