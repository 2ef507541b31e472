/* fix.h - what a finding proposes to run, as SQL and as the body of an Ecto migration.
 * dbdoc runs none of it. */
#ifndef DBDOC_CHECKS_FIX_H
#define DBDOC_CHECKS_FIX_H

#include "checks/run.h"

/* SQL with its names and texts quoted; new memory. Directives, each with one argument:
 *   %I  const char *            one identifier
 *   %O  const struct object *   schema.name of a table, view, index, sequence, type or function
 *   %N  const struct names *    identifiers joined with commas
 *   %L  const char *            a literal
 *   %S  const char *            SQL that the server printed, as it is */
char *sql_text(const char *format, ...);

/* One statement and what takes it back; `down` NULL: rolling back leaves it in place. */
void fix_statement(struct check_run *run, struct finding *finding, const char *up,
                   const char *down);

/* Statements one after the other (NULL ends them), which nothing takes back. */
void fix_statements(struct check_run *run, struct finding *finding, const char *const *statements);

/* One statement that must not run in a transaction, and that nothing takes back. */
void fix_alone(struct check_run *run, struct finding *finding, const char *up);

/* What is run once, by hand: it changes no structure, so no migration does it. */
void fix_by_hand(struct check_run *run, struct finding *finding, const char *statement);

/* Several statements that must not run in a transaction (NULL ends them), each committed before
 * the next begins; `back` takes them back (NULL: nothing does). */
void fix_each_alone(struct check_run *run, struct finding *finding, const char *const *statements,
                    const char *back);

/* An index on columns of a table: concurrently, and partition by partition where that is the only
 * way. */
void fix_create_index(struct check_run *run, struct finding *finding, const struct table *table,
                      const struct names *columns);

/* An index goes, concurrently where that is allowed; rolling back makes it again. */
void fix_drop_index(struct check_run *run, struct finding *finding, const struct index *index);

/* An index of one column without a predicate is built anew, concurrently and under another name,
 * and goes then: only with the rows that are not NULL there, or as a BRIN index. Rolling back does
 * the reverse. Nothing for a partitioned table, where CONCURRENTLY is not allowed. */
void fix_index_without_nulls(struct check_run *run, struct finding *finding,
                             const struct index *index);
void fix_index_as_brin(struct check_run *run, struct finding *finding, const struct index *index);

#endif
