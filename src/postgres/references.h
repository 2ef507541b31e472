/* references.h - which relations a query names, and which columns, each with the relations that it
 * may be of. Which one it is says only the catalog: "id" is of the first of them that has it. */
#ifndef DBDOC_POSTGRES_REFERENCES_H
#define DBDOC_POSTGRES_REFERENCES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct named_relation {
    const char *schema; /* NULL: the search path finds it */
    const char *name;
    bool written; /* INSERT, UPDATE, DELETE or MERGE change its rows */
};

/* One of the relations that a column may be of. Those of an inner query have a lower depth: only
 * when none of them has the column, it is of an outer one. */
struct candidate {
    size_t relation; /* place in `relations` */
    unsigned depth;
};

struct named_column {
    const char *name; /* NULL: all columns */
    bool of_all;      /* of every relation that has it, as in JOIN … USING */
    size_t candidate_count;
    const struct candidate *candidates;
};

struct query_references {
    size_t relation_count;
    const struct named_relation *relations; /* as often as they are named */
    size_t column_count;
    const struct named_column *columns;
};

/* `tree` is the json_t of libpg_query for one statement. */
void references_read(struct arena *arena, const void *tree, struct query_references *references);

#endif
