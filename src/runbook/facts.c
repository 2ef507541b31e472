/* facts.c - two queries, and what their rows mean. */
#include "runbook/facts.h"

#include "base/text.h"
#include "catalog/address.h"
#include "runbook/queries.h"

#include <string.h>

static struct connection *
connect(const struct cluster *cluster, const char *database, GError **error)
{
    struct connection *session = cluster_connect(cluster, database, error);
    if (session == NULL || connection_query(session, "SET search_path = ''", NULL, 0, NULL, error))
        return session;
    connection_close(session);
    return NULL;
}

GHashTable *
facts_digests(const struct cluster *cluster, const char *database, GError **error)
{
    struct arena *arena = arena_new();
    struct rows *rows = NULL;
    struct connection *session = connect(cluster, database, error);
    GHashTable *digests = NULL;
    if (session != NULL &&
        connection_query(session, query_of_digests(arena), NULL, 0, &rows, error)) {
        digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        for (size_t i = 0; i < rows_count(rows); i++)
            g_hash_table_insert(digests, g_strdup(rows_value(rows, i, 0)),
                                g_strdup(rows_value(rows, i, 1)));
        rows_free(rows);
    }
    connection_close(session);
    arena_free(arena);
    return digests;
}

/* All texts of a query's rows. */
static bool
ask_names(const struct cluster *cluster, const char *database, const char *query,
          struct arena *arena, struct names *names, GError **error)
{
    struct rows *rows = NULL;
    struct connection *session = connect(cluster, database, error);
    bool good = session != NULL && connection_query(session, query, NULL, 0, &rows, error);
    connection_close(session);
    if (!good)
        return false;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (size_t i = 0; i < rows_count(rows); i++)
        for (int column = 0; column < 2; column++)
            g_ptr_array_add(found,
                            (gpointer)(guintptr)arena_intern(arena, rows_value(rows, i, column)));
    *names = names_keep(arena, found);
    rows_free(rows);
    return true;
}

bool
facts_unvalidated(const struct cluster *cluster, const char *database, struct arena *arena,
                  struct names *names, GError **error)
{
    static const struct names none = {0, NULL};
    struct names pairs;
    if (!ask_names(cluster, database, query_of_unvalidated(arena, &none), arena, &pairs, error))
        return false;
    *names = (struct names){pairs.count / 2, arena_array(arena, pairs.count / 2, sizeof(char *))};
    for (size_t i = 0; i < names->count; i++)
        names->items[i] = pairs.items[2 * i + 1]; /* the constraint of the relation */
    return true;
}

bool
facts_published(const struct cluster *cluster, const char *database, struct arena *arena,
                struct names *names, GError **error)
{
    return ask_names(cluster, database, query_of_file(arena, "published"), arena, names, error);
}

bool
facts_agree(GHashTable *some, GHashTable *other, const char *object)
{
    return text_equal(g_hash_table_lookup(some, object), g_hash_table_lookup(other, object));
}

/* ---- savings ---- */

/* One that is being asked for, with what decides its place. */
struct found {
    struct saving saving;
    const char *parent; /* of a partition */
    int64_t depth;
};

static struct names
keep_names(struct arena *arena, const char *array)
{
    g_auto(GStrv) items = array_split(array);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; items != NULL && items[i] != NULL; i++)
        g_ptr_array_add(names, (gpointer)(guintptr)arena_intern(arena, items[i]));
    return names_keep(arena, names);
}

static bool
ask(const struct procedure_sources *sources, struct connection *session, const char *column,
    struct found *found, bool *there, GError **error)
{
    struct arena *arena = sources->arena;
    const char *const parameters[] = {found->saving.relation, column != NULL ? column : ""};
    struct rows *rows = NULL;
    if (!connection_query(session, query_of_file(arena, "saving"), parameters,
                          G_N_ELEMENTS(parameters), &rows, error))
        return false;
    *there = rows_count(rows) > 0;
    if (*there) {
        found->saving.keys = keep_names(arena, rows_value(rows, 0, rows_column(rows, "keys")));
        found->saving.columns = keep_names(arena,
                                           rows_value(rows, 0, rows_column(rows, "columns")));
        found->saving.counted = keep_names(arena,
                                           rows_value(rows, 0, rows_column(rows, "counted")));
        found->saving.derived = *rows_value(rows, 0, rows_column(rows, "derived")) == 't';
        found->parent = arena_intern(arena, rows_value(rows, 0, rows_column(rows, "parent")));
        found->depth = g_ascii_strtoll(rows_value(rows, 0, rows_column(rows, "depth")), NULL, 10);
    }
    rows_free(rows);
    return true;
}

static bool
is_listed(const GArray *list, const char *path)
{
    for (guint i = 0; i < list->len; i++)
        if (g_str_equal(g_array_index(list, struct found, i).saving.path, path))
            return true;
    return false;
}

/* "table" or "column", by its path. */
static bool
add(const struct procedure_sources *sources, struct connection *session, const char *word,
    const char *path, GArray *list, GError **error)
{
    enum { OF_TABLE = 2, OF_COLUMN = 3 };
    struct address_parts parts;
    struct arena *arena = sources->arena;
    bool is_column = g_str_equal(word, "column");
    if ((!is_column && !g_str_equal(word, "table")) || is_listed(list, path) ||
        !address_parse(path, &parts))
        return true;
    bool good = true;
    bool there = false;
    if (parts.count == (is_column ? OF_COLUMN : OF_TABLE)) {
        g_autofree char *relation = sql_quote_qualified(parts.names[0], parts.names[1]);
        g_autofree char *column = is_column ? sql_quote_name(parts.names[2]) : NULL;
        struct found found = {.saving = {
                                  .path = arena_intern(arena, path),
                                  .relation = arena_intern(arena, relation),
                                  .column = arena_intern(arena, column),
                              }};
        good = ask(sources, session, is_column ? parts.names[2] : NULL, &found, &there, error);
        if (there)
            g_array_append_val(list, found);
    }
    address_parts_clear(&parts);
    return good;
}

static bool
add_of_migration(const struct procedure_sources *sources, struct connection *session,
                 const struct migration_evidence *evidence, GArray *list, GError **error)
{
    const struct removals *removals = &evidence->down_removes;
    for (size_t i = 0; i < removals->count; i++)
        if (!add(sources, session, removals->items[i].word, removals->items[i].path, list, error))
            return false;
    for (size_t i = 0; i < evidence->changes.count; i++) {
        const struct difference *change = &evidence->changes.items[i];
        if (change->kind == CHANGE_CHANGED && g_str_equal(change->title, "Type") &&
            !add(sources, session, change->word, change->path, list, error))
            return false;
    }
    return true;
}

/* A partition's rows are saved with its table, when that goes too, and a column's values with the
 * rows of its table. */
static bool
goes_with_other(const GArray *list, const struct found *found)
{
    const char *whole = found->saving.column != NULL ? found->saving.relation : found->parent;
    for (guint i = 0; whole != NULL && i < list->len; i++) {
        const struct saving *other = &g_array_index(list, struct found, i).saving;
        if (other->column == NULL && g_str_equal(other->relation, whole))
            return true;
    }
    return false;
}

static int
compare_found(const void *a, const void *b)
{
    const struct found *x = a;
    const struct found *y = b;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return strcmp(x->saving.path, y->saving.path);
}

bool
facts_savings(const struct procedure_sources *sources, const struct span *span,
              const struct cluster *cluster, const char *database, struct proof *proof,
              GError **error)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct found));
    struct connection *session = connect(cluster, database, error);
    bool good = session != NULL;
    for (size_t i = span->first; good && i <= span->last; i++)
        good = add_of_migration(sources, session, &sources->rehearsal->items[i], list, error);
    connection_close(session);
    if (!good)
        return false;
    g_array_sort(list, compare_found);
    proof->savings = arena_array(sources->arena, list->len, sizeof *proof->savings);
    for (guint i = 0; i < list->len; i++) {
        const struct found found = g_array_index(list, struct found, i);
        if (!goes_with_other(list, &found))
            proof->savings[proof->saving_count++] = found.saving;
    }
    return true;
}
