/* facts.h - what a runbook has to ask of a database: digests of its objects, and how what is going
 * to be deleted can be saved. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_FACTS_H
#define DBDOC_RUNBOOK_FACTS_H

#include "cluster/cluster.h"
#include "runbook/procedure.h"

#include <stdbool.h>

/* Object → digest, both in the table's memory. Free with g_hash_table_unref; NULL on failure. */
GHashTable *facts_digests(const struct cluster *cluster, const char *database, GError **error);

/* The names of the constraints that PostgreSQL has not checked. */
bool facts_unvalidated(const struct cluster *cluster, const char *database, struct arena *arena,
                       struct names *names, GError **error);

/* struct proof's `published`. */
bool facts_published(const struct cluster *cluster, const char *database, struct arena *arena,
                     struct names *names, GError **error);

/* Whether a digest is there and the same in both. */
bool facts_agree(GHashTable *some, GHashTable *other, const char *object);

/* What the migrations of the span take away on their way down, or change the type of; those first
 * that others refer to. */
bool facts_savings(const struct procedure_sources *sources, const struct span *span,
                   const struct cluster *cluster, const char *database, struct proof *proof,
                   GError **error);

#endif
