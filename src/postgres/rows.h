/* rows.h - the result of a query, for postgres/ alone. */
#ifndef DBDOC_POSTGRES_ROWS_H
#define DBDOC_POSTGRES_ROWS_H

#include "postgres/connection.h"

#include <libpq-fe.h>

/* Takes the result over. */
struct rows *rows_new(PGresult *result);

#endif
