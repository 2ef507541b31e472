/* run.h - one direction of one migration, run once in a database of the throw-away cluster, as its
 * tool would: in one transaction, or statement by statement; with the row of its history. */
#ifndef DBDOC_REHEARSAL_RUN_H
#define DBDOC_REHEARSAL_RUN_H

#include "cluster/cluster.h"
#include "migrations/history.h"
#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>

/* Looking takes time: once a direction is enough. */
enum attention { LOOKS, LOOKS_AWAY };

struct stage {
    struct cluster *cluster;
    struct arena *arena; /* of the evidence */
    enum attention attention;
    const struct migrations *line;
};

/* What goes wrong in the migration is evidence; false only when the rehearsal itself cannot go on:
 * the server is gone, or the user stopped it. */
bool run_direction(const struct stage *stage, const char *database,
                   const struct migration *migration, enum direction direction,
                   struct run_evidence *evidence, GError **error);

/* The same of the script that checks what up did. */
bool run_verify(const struct stage *stage, const char *database, const struct migration *migration,
                struct run_evidence *evidence, GError **error);

/* Makes the database of an empty cluster in which a line begins: with the tool's own table and the
 * schemas that are there before the first migration, unless a dump makes them. Free with g_free;
 * NULL on failure. */
char *run_begin(const struct stage *stage, const struct migrations *migrations, GError **error);

#endif
