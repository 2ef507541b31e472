/* import.c - what is known of production's rows goes into a throw-away database: into the catalog
 * by SQL, and into the lengths of its files, which the planner looks at first. */
#include "statistics/statistics.h"

#include "base/failure.h"
#include "cluster/cluster.h"

#include <stdlib.h>

/* The server's own words may cite values. */
static bool
hide_words(const struct connection *session, GError **error)
{
    const struct server_error *said = connection_error(session);
    if (said->message == NULL || *said->state == '\0')
        return false;
    g_clear_error(error);
    return failure_set(error, FAILURE_DATABASE,
                       "the statistics do not fit the tables (SQLSTATE %s). Export them again, "
                       "with the script of \"dbdoc stats export\".",
                       said->state);
}

static bool
ask(struct connection *session, const char *sql, const struct row_statistics *statistics,
    struct rows **rows, GError **error)
{
    return connection_query(session, sql, &statistics->document, 1, rows, error) ||
           hide_words(session, error);
}

static bool
fill_catalog(struct connection *session, const struct row_statistics *statistics,
             struct known_rows *known, GError **error)
{
    struct rows *rows = NULL;
    if (!ask(session, "SELECT pg_catalog.dbdoc_import_statistics($1::pg_catalog.jsonb) AS misfits",
             statistics, &rows, error))
        return false;
    const char *misfits = rows_value(rows, 0, rows_column(rows, "misfits"));
    known->misfits = (unsigned)strtoul(misfits, NULL, 10);
    rows_free(rows);
    return true;
}

static bool
stretch_one(const struct rows *rows, size_t row, struct known_rows *known, GError **error)
{
    const char *file = rows_value(rows, row, rows_column(rows, "file"));
    const char *bytes = rows_value(rows, row, rows_column(rows, "bytes"));
    if (g_str_equal(rows_value(rows, row, rows_column(rows, "is_table")), "t"))
        g_hash_table_add(known->tables,
                         g_strdup_printf("%s\1%s",
                                         rows_value(rows, row, rows_column(rows, "schema")),
                                         rows_value(rows, row, rows_column(rows, "name"))));
    return file == NULL || statistics_stretch(file, g_ascii_strtoull(bytes, NULL, 10), error);
}

static bool
stretch_files(struct connection *session, const struct row_statistics *statistics,
              struct known_rows *known, GError **error)
{
    struct rows *rows = NULL;
    if (!ask(session, "SELECT * FROM pg_catalog.dbdoc_statistics_files($1::pg_catalog.jsonb)",
             statistics, &rows, error))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < rows_count(rows); i++)
        good = stretch_one(rows, i, known, error);
    rows_free(rows);
    return good;
}

bool
statistics_import(const struct row_statistics *statistics, struct cluster *cluster,
                  const char *database, struct known_rows *known, GError **error)
{
    *known = (struct known_rows){
        .date = statistics->date,
        .setting_count = statistics->setting_count,
        .settings = statistics->settings,
    };
    if (cluster_folder(cluster) == NULL)
        return failure_set(error, FAILURE_DATABASE,
                           "statistics need a throw-away PostgreSQL of dbdoc's own: the files of a "
                           "server that is lent are out of reach.");
    if (!cluster_equip_database(cluster, database, "src/statistics/sql/import.sql", error))
        return false;
    struct connection *session = cluster_connect(cluster, database, error);
    known->tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool done = session != NULL && fill_catalog(session, statistics, known, error) &&
                stretch_files(session, statistics, known, error);
    connection_close(session);
    if (!done)
        known_rows_clear(known);
    return done;
}

bool
known_rows_of(const struct known_rows *known, const char *schema, const char *table)
{
    g_autofree char *key = g_strdup_printf("%s\1%s", schema, table);
    return known->tables == NULL || g_hash_table_contains(known->tables, key);
}

void
known_rows_clear(struct known_rows *known)
{
    g_clear_pointer(&known->tables, g_hash_table_unref);
}
