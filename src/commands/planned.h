/* planned.h - the plans of queries, made in the throw-away database of a SOURCE with the statistics
 * that dbdoc.yml names. */
#ifndef DBDOC_PLANNED_H
#define DBDOC_PLANNED_H

#include "config/config.h"
#include "planner/planner.h"
#include "workload/workload.h"

#include <glib.h>
#include <stdbool.h>

struct cluster;

struct planned {
    struct arena *arena;
    const struct workload *workload;
    const struct plan_scope *scope; /* see struct plan_request; set it after planned_begin */
    bool has_statistics;
    struct row_statistics statistics;
    bool has_plans; /* somebody looked, and PostgreSQL answered */
    struct query_plans plans;
};

/* Reads the statistics. The workload may still grow. */
bool planned_begin(struct planned *planned, struct arena *arena, const struct config *config,
                   const struct workload *workload, GError **error);

/* Plans the workload in the throw-away database of the SOURCE. False with *error only when the user
 * asked to stop. */
bool planned_make(struct planned *planned, struct cluster *cluster, const char *database,
                  GError **error);

/* "Planned 7 queries …". Free with g_free. */
char *planned_summary(const struct planned *planned);

#endif
