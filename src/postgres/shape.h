/* shape.h - one statement without its values: what a log, pg_stat_statements or a file of queries
 * says, as libpg_query reads it. Its grammar is that of PostgreSQL 15: what is newer, longer than
 * 32 KB, or no SQL at all has no text here, and a fingerprint of the kinds of its tokens. No
 * literal of the statement is in a shape, whatever it is. */
#ifndef DBDOC_POSTGRES_SHAPE_H
#define DBDOC_POSTGRES_SHAPE_H

#include "base/arena.h"
#include "postgres/equalities.h"
#include "postgres/references.h"
#include "postgres/traits.h"

#include <stdbool.h>
#include <stddef.h>

enum shape_kind {
    SHAPE_OTHER, /* not one of these, several statements, or not understood: it has no text */
    SHAPE_SELECT,
    SHAPE_INSERT,
    SHAPE_UPDATE,
    SHAPE_DELETE,
    SHAPE_MERGE,
};

struct shape {
    enum shape_kind kind;
    bool is_read;       /* it is SQL of PostgreSQL 15, of whatever kind */
    const char *text;   /* every literal is a parameter, on one line, without comments; or NULL */
    const char *layout; /* the same in the lines and columns of the statement */
    const char *fingerprint; /* 16 hex digits: equal for statements that differ in values, length of
                                lists and comments; never NULL */
    const char *problem;     /* why there is no text, in words without values; NULL: there is one */
    struct query_references references; /* none without a text */
    struct query_traits traits;         /* likewise */
    struct equalities equalities;       /* of parameters as `text` numbers them; likewise */
};

/* The shape of one statement; the texts live in the arena. */
struct shape shape_of(struct arena *arena, const char *sql);

#endif
