/* ecto_query.h - queries of Ecto that change rows, as far as their source says what they are: from,
 * where and update over one table, run by update_all and delete_all. Values stand in the SQL, where
 * Ecto sends them as parameters. */
#ifndef DBDOC_ECTO_QUERY_H
#define DBDOC_ECTO_QUERY_H

#include "elixir/evaluate.h"

/* from, where or update: an %Ecto.Query{} of dbdoc's own; opaque where it is not followed. */
const struct value *ecto_query_build(struct evaluation *evaluation, struct frame *frame,
                                     const struct syntax *call);

/* Whether the repository's function runs such a query. */
bool ecto_query_runs(const char *name);

/* Sends it at once. */
const struct value *ecto_query_run(struct evaluation *evaluation, const struct call *call);

#endif
