/* questions.h - which rows would stop a direction: found by what the shape after it demands of rows
 * and the shape before it does not, and proved by running the direction with such rows. */
#ifndef DBDOC_REHEARSAL_QUESTIONS_H
#define DBDOC_REHEARSAL_QUESTIONS_H

#include "rehearsal/run.h"

#include <glib.h>
#include <stdbool.h>

/* What the relations of these names (char *), as far as they are there, demand of their rows; and
 * in *relations which they are, by OID, for shape_read. Free with rows_free and g_free; NULL on
 * failure. */
struct rows *shape_find(const struct stage *stage, const char *database, const GPtrArray *names,
                        char **relations, GError **error);

/* The same at another moment, or in a copy of the database. */
struct rows *shape_read(const struct stage *stage, const char *database, const char *relations,
                        GError **error);

struct questions;

/* Of the demands that a direction adds; the database is any that foreign SQL may reach. */
struct questions *questions_find(const struct stage *stage, enum direction direction,
                                 const struct rows *before, const struct rows *after,
                                 const char *database, GError **error);
void questions_free(struct questions *questions);

/* How a database is filled in which the questions are asked. */
enum filling_kind { FILLED_BY_MIGRATIONS, FILLED_WITH_INVENTED_ROWS };

/* Asks all of them in a database of the shape before the direction. */
bool questions_ask(struct questions *questions, const char *database, enum filling_kind filling,
                   GError **error);

/* Runs the direction with rows that each question is about, in copies of the database with invented
 * rows; for questions that count none there. */
bool questions_try(struct questions *questions, const char *database,
                   const struct migration *migration, GError **error);

/* What came out, given how the direction ended with invented rows; added to the prechecks. */
void questions_close(struct questions *questions, const struct run_evidence *with_rows,
                     struct prechecks *prechecks);

#endif
