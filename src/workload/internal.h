/* internal.h - what the readers of the workload share. */
#ifndef DBDOC_WORKLOAD_INTERNAL_H
#define DBDOC_WORKLOAD_INTERNAL_H

#include "workload/stream.h"
#include "workload/workload.h"

/* :name becomes $n as new memory, for the server and for libpg_query; names are kept in the query.
 */
char *parameters_number(struct arena *arena, const char *sql, struct query *query);

/* The constants of "1, 'x', ARRAY[1,2]::bigint[]"; false when one of them is not a constant. */
bool parameters_read(struct arena *arena, const char *text, struct names *params);

/* Queries of all sources on their way, each once by its fingerprint. */
struct gathering {
    struct arena *arena;
    GPtrArray *queries; /* struct query * */
    size_t of_files;    /* the first of them */
    size_t too_many;    /* that were not kept */
    GHashTable *by_fingerprint;
    GArray *readings;        /* struct workload_reading */
    GArray *gaps;            /* struct workload_problem */
    GHashTable *repetitions; /* of all logs, see units.h */
    GHashTable *deeds;       /* likewise, see deeds.h */
};

void gathering_begin(struct gathering *gathering, struct arena *arena,
                     const struct workload *workload);
void gathering_end(struct gathering *gathering, struct workload *workload);

/* The query that the statement is, marked with its source; its values are in nothing that is kept.
 * NULL: it asks the system alone, it is a command, or there is no room
 * for more. `equalities` (may be NULL) are those of this text. */
struct query *gathering_find(struct gathering *gathering, const char *sql, enum query_source source,
                             struct equalities *equalities);

/* A gap of this file; `line` 0 for all of it. Nothing of what the file holds may be in the words.
 */
void gathering_complain(struct gathering *gathering, const char *file, unsigned line,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Whether the first record of a file is the head of an export of pg_stat_statements. */
bool statements_are(struct span record);

/* Reads such an export to its end. */
bool statements_read(struct gathering *gathering, const char *file, struct stream *stream,
                     GError **error);

/* Adds b to a; what either does not know is not known. */
void usage_add(struct usage *usage, const struct usage *other);

extern const struct usage usage_none;

#endif
