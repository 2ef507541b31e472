/* internal.h - what the readers of the workload share. */
#ifndef DBDOC_WORKLOAD_INTERNAL_H
#define DBDOC_WORKLOAD_INTERNAL_H

#include "workload/workload.h"

/* :name becomes $n as new memory, for the server and for libpg_query; names are kept in the query.
 */
char *parameters_number(struct arena *arena, const char *sql, struct query *query);

/* The constants of "1, 'x', ARRAY[1,2]::bigint[]"; false when one of them is not a constant. */
bool parameters_read(struct arena *arena, const char *text, struct names *params);

#endif
