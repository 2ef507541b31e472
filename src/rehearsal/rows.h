/* rows.h - a migration on tables that hold rows. The rows are invented: what they show is proved
 * for them, and what they do not show is not proved to be impossible. */
#ifndef DBDOC_REHEARSAL_ROWS_H
#define DBDOC_REHEARSAL_ROWS_H

#include "rehearsal/run.h"

#include <glib.h>
#include <stdbool.h>

/* The relations whose rows the migration may meet: those that its way up locks against reads or
 * writes, or writes to. Free with g_ptr_array_unref; the names are the evidence's. */
GPtrArray *rows_relations(const struct migration_evidence *evidence);

/* In a database at the state before the migration: puts rows into the relations, goes up and down,
 * and compares them; goes up again, adds rows of the new shape, and goes down. False when the
 * rehearsal itself cannot go on. */
bool rows_rehearse(const struct stage *stage, const char *database, const GPtrArray *relations,
                   struct migration_evidence *evidence, GError **error);

/* Puts rows into every table, and in *empty (may be NULL) those that got none, as SQL writes them.
 * `history` is the tool's own table, which gets none. Texts in the stage's arena. */
bool rows_invent(const struct stage *stage, const char *database, const char *history,
                 struct names *empty, GError **error);

#endif
