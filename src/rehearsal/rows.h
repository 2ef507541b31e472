/* rows.h - a migration on tables that hold rows. The rows are invented: what they show is proved
 * for them, and what they do not show is not proved to be impossible. */
#ifndef DBDOC_REHEARSAL_ROWS_H
#define DBDOC_REHEARSAL_ROWS_H

#include "rehearsal/run.h"

#include <glib.h>
#include <stdbool.h>

/* The relations whose rows the migration may meet: those that its way up locks against reads or
 * writes, writes to, or reads in full. Free with g_ptr_array_unref; the names are the evidence's.
 */
GPtrArray *rows_relations(const struct migration_evidence *evidence);

/* A session for calling the functions of sql/rows.sql. */
struct connection *rows_connect(const struct stage *stage, const char *database, GError **error);

/* What the relations demand of their rows (questions.h), for finding the rows that would stop a
 * direction; NULL where it was not read. */
struct shapes {
    char *relations; /* oid[] */
    struct rows *before_up;
    struct rows *after_up;
    struct rows *after_down;
    const char *line; /* a database of the shape after up, without invented rows */
};

/* In a database at the state before the migration: puts rows into the relations, goes up and, where
 * down has run without them, down, and compares them; goes up again, adds rows of the new shape,
 * and goes down. Asks on the way which rows would stop it. False when the rehearsal itself cannot
 * go on. */
bool rows_rehearse(const struct stage *stage, const char *database, const GPtrArray *relations,
                   const struct shapes *shapes, struct migration_evidence *evidence,
                   GError **error);

/* Puts rows into every table, and in *empty (may be NULL) those that got none, as SQL writes them.
 * `history` is the tool's own table, which gets none. Texts in the stage's arena. */
bool rows_invent(const struct stage *stage, const char *database, const char *history,
                 struct names *empty, GError **error);

#endif
