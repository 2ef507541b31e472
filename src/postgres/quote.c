/* quote.c - names and texts as SQL, by PostgreSQL's own client code (libpgfeutils).
 * postgres_fe.h replaces printf and friends, so it stays in files of its own. */
#include <postgres_fe.h>

#include <fe_utils/string_utils.h>
#include <mb/pg_wchar.h>

#include "postgres/connection.h"

char *
sql_quote_name(const char *name)
{
    return g_strdup(fmtId(name));
}

char *
sql_quote_qualified(const char *schema, const char *name)
{
    return g_strdup(fmtQualifiedId(schema, name));
}

char *
sql_quote_literal(const char *text)
{
    PQExpBuffer buffer = createPQExpBuffer();
    appendStringLiteral(buffer, text, PG_UTF8, true);
    char *literal = g_strdup(buffer->data);
    destroyPQExpBuffer(buffer);
    return literal;
}
