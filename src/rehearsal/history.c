/* history.c - one row a tool; %s is the version as a literal. */
#include "rehearsal/history.h"

#include "postgres/connection.h"

static const struct history {
    const char *tool;
    const char *table;
    const char *rows[2]; /* by direction */
} histories[] = {
    {"Ecto",
     "CREATE TABLE IF NOT EXISTS \"schema_migrations\" (\"version\" bigint, "
     "\"inserted_at\" timestamp(0), PRIMARY KEY (\"version\"))",
     {"INSERT INTO \"schema_migrations\" (\"version\", \"inserted_at\") "
      "VALUES (%s, '2000-01-01 00:00:00')",
      "DELETE FROM \"schema_migrations\" WHERE \"version\" = %s"}},
};

static const struct history *
find(const char *tool)
{
    for (size_t i = 0; i < G_N_ELEMENTS(histories); i++)
        if (g_str_equal(histories[i].tool, tool))
            return &histories[i];
    return NULL;
}

bool
history_is_known(const char *tool)
{
    return find(tool) != NULL;
}

const char *
history_table(const char *tool)
{
    const struct history *history = find(tool);
    return history != NULL ? history->table : NULL;
}

char *
history_row(const char *tool, const struct migration *migration, enum direction direction)
{
    const struct history *history = find(tool);
    if (history == NULL)
        return NULL;
    g_autofree char *version = sql_quote_literal(migration->version);
    g_auto(GStrv) parts = g_strsplit(history->rows[direction], "%s", -1);
    return g_strjoinv(version, parts);
}
