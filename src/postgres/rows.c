/* rows.c - the result of a query, read by column name. */
#include "postgres/rows.h"

#include <string.h>

struct rows {
    PGresult *result;
};

struct rows *
rows_new(PGresult *result)
{
    struct rows *rows = g_new0(struct rows, 1);
    rows->result = result;
    return rows;
}

struct rows *
rows_of_texts(const GPtrArray *columns, const GPtrArray *values)
{
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    g_autofree PGresAttDesc *descriptions = g_new0(PGresAttDesc, columns->len);
    for (guint i = 0; i < columns->len; i++)
        descriptions[i].name = columns->pdata[i];
    bool done = PQsetResultAttrs(result, (int)columns->len, descriptions) != 0;
    for (guint i = 0; done && i < values->len; i++) {
        char *value = values->pdata[i];
        done = PQsetvalue(result, (int)(i / columns->len), (int)(i % columns->len), value,
                          value == NULL ? -1 : (int)strlen(value)) != 0;
    }
    g_assert(done); /* it fails where memory is short */
    return rows_new(result);
}

size_t
rows_count(const struct rows *rows)
{
    return (size_t)PQntuples(rows->result);
}

int
rows_column(const struct rows *rows, const char *name)
{
    for (int i = 0; i < PQnfields(rows->result); i++)
        if (g_str_equal(PQfname(rows->result, i), name))
            return i;
    return -1;
}

const char *
rows_value(const struct rows *rows, size_t row, int column)
{
    g_assert(column >= 0);
    if (PQgetisnull(rows->result, (int)row, column) != 0)
        return NULL;
    return PQgetvalue(rows->result, (int)row, column);
}

void
rows_free(struct rows *rows)
{
    if (rows == NULL)
        return;
    PQclear(rows->result);
    g_free(rows);
}
