/* ecto_oban.h - Oban.Migration.up/1 and down/1: the job queue that many projects migrate by one
 * call. Which statements it sends depends on Oban's own version, and on what the table's comment
 * says that earlier calls did: that is followed along the line. */
#ifndef DBDOC_ECTO_OBAN_H
#define DBDOC_ECTO_OBAN_H

#include "elixir/evaluate.h"
#include "migrations/migration.h"

/* Which of Oban's migrations a line has after some steps, by prefix. */
GHashTable *oban_line_new(void);
void oban_line_follow(GHashTable *line, const struct migration_step *steps, size_t count);

bool oban_knows(const char *module, const char *name);
const struct value *oban_call(struct evaluation *evaluation, const struct call *call);

#endif
