/* traits.h - what the text of a query alone shows of how it will run: what rules about queries
 * judge, with the catalog. */
#ifndef DBDOC_POSTGRES_TRAITS_H
#define DBDOC_POSTGRES_TRAITS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum query_trait {
    TRAIT_OFFSET = 1 << 0,  /* OFFSET that is not 0 */
    TRAIT_STAR = 1 << 1,    /* * in its own SELECT, of what its FROM names */
    TRAIT_RANDOM = 1 << 2,  /* ORDER BY random() */
    TRAIT_WAITS = 1 << 3,   /* LIMIT of rows that it locks, and waits for those that are locked */
    TRAIT_PATTERN = 1 << 4, /* LIKE with a constant that begins with % or _ */
    TRAIT_SYSTEM = 1 << 5,  /* calls functions, each of them written with pg_catalog */
};

enum { TRAITS_MOST = 6 };

/* A column within a function or a cast, compared with a value in WHERE. */
struct wrapped_column {
    const char *function; /* "lower"; of a cast the type: "date" */
    const char *column;
    bool is_cast;
};

/* x NOT IN (SELECT column FROM relation …) */
struct excluded_column {
    const char *schema; /* NULL: not said */
    const char *relation;
    const char *column;
};

struct ordered_column {
    const char *column;
    bool descending;
};

/* The first of each. */
struct query_traits {
    unsigned set; /* enum query_trait */
    size_t wrapped_count;
    struct wrapped_column wrapped[TRAITS_MOST];
    size_t excluded_count;
    struct excluded_column excluded[TRAITS_MOST];
    size_t order_count; /* of ORDER BY, when it names columns alone */
    struct ordered_column order[TRAITS_MOST];
};

/* `tree` is the json_t of libpg_query for one statement. */
void traits_read(struct arena *arena, const void *tree, struct query_traits *traits);

#endif
