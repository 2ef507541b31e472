/* states.c - a table in the cluster's own database says which state is where. Foreign SQL does not
 * come there. */
#include "rehearsal/states.h"

#include "base/failure.h"

#include <string.h>

static const char table[] = "CREATE TABLE public.dbdoc_states (key pg_catalog.text PRIMARY KEY, "
                            "newest pg_catalog.text NOT NULL, settings pg_catalog.text)";

/* Named by what it holds: names of an earlier rehearsal and of this one do not meet. */
static char *
database_of(const char *key)
{
    return g_strdup_printf("state_%.32s", key);
}

size_t
states_find(const char *label, const struct keys *keys, size_t most)
{
    if (label == NULL)
        return 0;
    g_auto(GStrv) lines = g_strsplit(label, "\n", -1);
    for (size_t i = most; i > 0; i--)
        if (g_strv_contains((const char *const *)lines, keys->items[i]))
            return i;
    return 0;
}

bool
states_begin(const struct cluster *cluster, GError **error)
{
    return cluster_ask(cluster, table, NULL, NULL, error);
}

/* Values are given as literals: one parameter is all that cluster_ask takes. */
static bool
note(const struct cluster *cluster, const char *key, const struct surroundings *surroundings,
     GError **error)
{
    g_autofree char *newest = sql_quote_literal(surroundings->newest);
    g_autofree char *settings = surroundings->settings == NULL
                                    ? g_strdup("NULL")
                                    : sql_quote_literal(surroundings->settings);
    g_autofree char *sql = g_strdup_printf("INSERT INTO public.dbdoc_states VALUES ($1, %s, %s)",
                                           newest, settings);
    return cluster_ask(cluster, sql, key, NULL, error);
}

bool
states_take(struct cluster *cluster, const char *database, const char *key,
            const struct surroundings *surroundings, GError **error)
{
    g_autofree char *copy = cluster_fork_database(cluster, database, OWNED_BY_SUPERUSER, error);
    g_autofree char *name = database_of(key);
    g_autofree char *rename = g_strdup_printf("ALTER DATABASE %s RENAME TO %s", copy, name);
    return copy != NULL && cluster_ask(cluster, rename, NULL, NULL, error) &&
           note(cluster, key, surroundings, error);
}

/* The keys of all states that are there. */
static char **
read_keys(const struct cluster *cluster, GError **error)
{
    struct rows *rows = NULL;
    if (!cluster_ask(cluster, "SELECT key FROM public.dbdoc_states ORDER BY key", NULL, &rows,
                     error))
        return NULL;
    char **keys = g_new0(char *, rows_count(rows) + 1);
    for (size_t i = 0; i < rows_count(rows); i++)
        keys[i] = g_strdup(rows_value(rows, i, 0));
    rows_free(rows);
    return keys;
}

/* Drops what is not the line's after `first` to `last` migrations. */
static bool
drop_others(struct cluster *cluster, const struct keys *keys, size_t first, size_t last,
            GError **error)
{
    g_auto(GStrv) found = read_keys(cluster, error);
    bool done = found != NULL;
    for (size_t i = 0; done && found[i] != NULL; i++) {
        bool wanted = false;
        for (size_t k = first; k <= last; k++)
            wanted = wanted || g_str_equal(found[i], keys->items[k]);
        g_autofree char *database = database_of(found[i]);
        done = wanted || (cluster_drop_database(cluster, database, error) &&
                          cluster_ask(cluster, "DELETE FROM public.dbdoc_states WHERE key = $1",
                                      found[i], NULL, error));
    }
    return done;
}

/* The surroundings of the state with that key, as they were noted. */
static bool
read_note(const struct cluster *cluster, const char *key, struct surroundings *surroundings,
          GError **error)
{
    struct rows *rows = NULL;
    if (!cluster_ask(cluster, "SELECT newest, settings FROM public.dbdoc_states WHERE key = $1",
                     key, &rows, error))
        return false;
    bool there = rows_count(rows) == 1;
    if (there) {
        surroundings_clear(surroundings);
        surroundings->newest = g_strdup(rows_value(rows, 0, 0));
        surroundings->settings = g_strdup(rows_value(rows, 0, 1));
    }
    rows_free(rows);
    return there || failure_set(error, FAILURE_DATABASE, "a state that was kept is not there.");
}

char *
states_return(struct cluster *cluster, const struct keys *keys, size_t place,
              struct surroundings *surroundings, GError **error)
{
    g_autofree char *database = database_of(keys->items[place]);
    if (!drop_others(cluster, keys, 0, place, error) ||
        !read_note(cluster, keys->items[place], surroundings, error) ||
        !surroundings_return(cluster, surroundings, error))
        return NULL;
    return cluster_fork_database(cluster, database, OWNED_BY_LOGIN, error);
}

char *
states_close(struct cluster *cluster, const struct keys *keys, GError **error)
{
    size_t first = keys->count > STATES_MOST ? keys->count - STATES_MOST + 1 : 1;
    if (!drop_others(cluster, keys, first, keys->count, error))
        return NULL;
    g_auto(GStrv) left = read_keys(cluster, error);
    if (left == NULL || left[0] == NULL)
        return NULL;
    g_autofree char *lines = g_strjoinv("\n", left);
    return g_strconcat(lines, "\n", NULL);
}
