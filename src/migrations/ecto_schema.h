/* ecto_schema.h - what a query needs to know of a schema module: its table, and what becomes of its
 * fields. */
#ifndef DBDOC_ECTO_SCHEMA_H
#define DBDOC_ECTO_SCHEMA_H

#include "elixir/evaluate.h"

/* The table of a schema and its prefix (NULL: none). False when the module is none, or says it
 * otherwise than by a text. */
bool ecto_schema_find(struct evaluation *evaluation, const char *module, const char **table,
                      const char **prefix);

/* The column of a field; NULL when it is not known. */
const char *ecto_schema_column(struct evaluation *evaluation, const char *module,
                               const char *field);

/* Whether values of the field go to PostgreSQL as they are. */
bool ecto_schema_is_plain(struct evaluation *evaluation, const char *module, const char *field);

#endif
