/* surroundings.c - stand-ins are what the login was let into: nobody else's are touched. */
#include "rehearsal/surroundings.h"

#include "base/embedded.h"
#include "base/text.h"

bool
surroundings_read(const struct cluster *cluster, struct surroundings *surroundings, GError **error)
{
    const struct embedded *file = embedded_find("src/rehearsal/sql/surroundings.sql");
    struct rows *rows = NULL;
    g_assert(file != NULL);
    if (!cluster_ask(cluster, file->text, NULL, &rows, error))
        return false;
    surroundings_clear(surroundings);
    surroundings->newest = g_strdup(rows_value(rows, 0, rows_column(rows, "newest")));
    surroundings->settings = g_strdup(rows_value(rows, 0, rows_column(rows, "settings")));
    rows_free(rows);
    return true;
}

void
surroundings_clear(struct surroundings *surroundings)
{
    g_clear_pointer(&surroundings->newest, g_free);
    g_clear_pointer(&surroundings->settings, g_free);
}

static bool
drop_later(const struct cluster *cluster, const char *newest, GError **error)
{
    const struct embedded *file = embedded_find("src/rehearsal/sql/later_stand_ins.sql");
    struct rows *rows = NULL;
    g_assert(file != NULL);
    bool done = cluster_ask(cluster, file->text, newest, &rows, error);
    int drop = done ? rows_column(rows, "drop") : -1;
    for (size_t i = 0; done && i < rows_count(rows); i++)
        done = cluster_ask(cluster, rows_value(rows, i, drop), NULL, NULL, error);
    rows_free(rows);
    return done;
}

static bool
set_again(const struct cluster *cluster, const char *settings, GError **error)
{
    static const char reset[] =
        "DELETE FROM pg_catalog.pg_db_role_setting WHERE setdatabase = 0 "
        "AND setrole = pg_catalog.current_setting('dbdoc.login')::pg_catalog.regrole";
    static const char set[] =
        "INSERT INTO pg_catalog.pg_db_role_setting "
        "SELECT 0, pg_catalog.current_setting('dbdoc.login')::pg_catalog.regrole, "
        "$1::pg_catalog.text[]";
    return cluster_ask(cluster, reset, NULL, NULL, error) &&
           (settings == NULL || cluster_ask(cluster, set, settings, NULL, error));
}

bool
surroundings_return(const struct cluster *cluster, const struct surroundings *surroundings,
                    GError **error)
{
    struct surroundings now = {0};
    bool done = surroundings_read(cluster, &now, error);
    if (done && !text_equal(now.newest, surroundings->newest))
        done = drop_later(cluster, surroundings->newest, error);
    if (done && !text_equal(now.settings, surroundings->settings))
        done = set_again(cluster, surroundings->settings, error);
    surroundings_clear(&now);
    return done;
}
