/* units.h - what ran together: a test, a request, a transaction. Finds the queries that ran again
 * and again within one. */
#ifndef DBDOC_WORKLOAD_UNITS_H
#define DBDOC_WORKLOAD_UNITS_H

#include "workload/log.h"

enum control { CONTROL_NONE, CONTROL_BEGIN, CONTROL_COMMIT, CONTROL_ROLLBACK };

/* What a statement is. */
struct known {
    struct query *query; /* NULL: no query, or there was no room for it */
    enum control control;
    bool only_reads;     /* rows, and holds none */
    bool is_plain;       /* of BEGIN: it asks for nothing */
    unsigned parameters; /* the highest $n of its text; literals are numbered behind it */
    struct equalities equalities;
};

struct units;

struct units *units_new(void);
void units_free(struct units *units);

/* A statement of the unit `id`, which begins with its first one, or one that begins or ends a
 * transaction in it. `site` may be NULL. */
void units_take(struct units *units, uint64_t id, enum unit_kind kind, const struct known *known,
                const struct log_event *event, const struct call_site *site,
                struct gathering *gathering);

/* The end of a unit; nothing when there is none of that id. */
void units_end(struct units *units, uint64_t id, enum unit_kind kind, struct gathering *gathering);
void units_end_all(struct units *units, struct gathering *gathering);

/* Repetitions of all logs on their way. At the end they join those of the workload; `moved` says of
 * each query where it stays. */
GHashTable *repetitions_new(void);
void repetitions_keep(struct gathering *gathering, GHashTable *moved, struct workload *workload);

#endif
