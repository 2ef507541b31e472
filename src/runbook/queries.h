/* queries.h - the SQL of runbooks that is the same for all migrations, out of sql/. */
#ifndef DBDOC_RUNBOOK_QUERIES_H
#define DBDOC_RUNBOOK_QUERIES_H

#include "base/arena.h"

/* A file of sql/ by its name, without the comments at its head. Arena memory. */
const char *query_of_file(struct arena *arena, const char *name);

/* Returns no rows when these are all constraints that PostgreSQL has not checked: their names. */
const char *query_of_unvalidated(struct arena *arena, const struct names *known);

/* Returns no rows when no publication sends on these relations but those with known names. */
const char *query_of_publications(struct arena *arena, const struct names *relations,
                                  const struct names *known);

/* One value, "fingerprint", for these objects of the catalog. As psql takes it: in a transaction of
 * its own, where no search_path changes how PostgreSQL writes definitions. */
enum { FINGERPRINT_STATEMENTS = 4, FINGERPRINT_QUERY = 2 };
struct names query_of_fingerprint(struct arena *arena, const struct names *objects);

/* A row, "object" and "digest", for each object there is. */
const char *query_of_digests(struct arena *arena);

/* The value that query_of_fingerprint gives for objects with these digests (NULL: it is not there);
 * the objects are in byte order. */
const char *fingerprint_of(struct arena *arena, const struct names *objects,
                           const char *const *digests);

#endif
