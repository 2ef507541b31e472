/* state.c - the same database is read many times; each state is compared with few others and then
 * forgotten. */
#include "rehearsal/state.h"

#include "base/embedded.h"
#include "base/text.h"
#include "catalog/acl.h"
#include "catalog/address.h"
#include "introspect/introspect.h"

#include <string.h>

#define LOCK_TIMEOUT_MS 10000 /* nobody else is there */

struct state {
    struct database *database;
    struct rows *facets;
    struct rows *identities;
    GHashTable *living; /* identity → row + 1 */
};

static bool
ask(struct connection *session, const char *path, struct rows **rows, GError **error)
{
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    return connection_query(session, file->text, NULL, 0, rows, error);
}

static void
index_identities(struct state *state)
{
    int identity = rows_column(state->identities, "identity");
    for (size_t i = 0; i < rows_count(state->identities); i++)
        g_hash_table_insert(state->living,
                            (gpointer)(guintptr)rows_value(state->identities, i, identity),
                            GSIZE_TO_POINTER(i + 1));
}

static bool
read_all(struct state *state, struct connection *session, enum state_depth depth, GError **error)
{
    const struct introspect_options options = {OBSERVE_NOTHING, LOCK_TIMEOUT_MS,
                                               ACCESS_OF_MIGRATIONS};
    if (!ask(session, "src/rehearsal/sql/identities.sql", &state->identities, error))
        return false;
    index_identities(state);
    if (depth == STATE_IDENTITIES)
        return true;
    if (!ask(session, "src/rehearsal/sql/facets.sql", &state->facets, error))
        return false;
    state->database = introspect(session, &options, error);
    return state->database != NULL;
}

struct state *
state_read(struct cluster *cluster, const char *database, enum state_depth depth, GError **error)
{
    struct connection *session = cluster_read(cluster, database, error);
    if (session == NULL)
        return NULL;
    struct state *state = g_new0(struct state, 1);
    state->living = g_hash_table_new(g_str_hash, g_str_equal);
    if (read_all(state, session, depth, error))
        return state;
    state_free(state);
    return NULL;
}

void
state_free(struct state *state)
{
    if (state == NULL)
        return;
    g_hash_table_unref(state->living);
    rows_free(state->facets);
    rows_free(state->identities);
    database_free(state->database);
    g_free(state);
}

const struct catalog *
state_catalog(const struct state *state)
{
    return state->database->catalog;
}

/* What has no owner that is known belongs to the role that runs the migrations. */
static const char *
text_of(const struct change *change, const char *text)
{
    bool owner = change->field != NULL && g_str_equal(change->field->name, "owner");
    return owner && text == NULL ? MIGRATING_ROLE : text;
}

static struct difference
from_change(struct arena *arena, const struct change *change)
{
    const struct object *object = change_object(change);
    return (struct difference){
        .kind = change->kind,
        .word = arena_intern(arena, object->kind->word),
        .path = arena_intern(arena, object->path),
        .title = change->field != NULL ? change->field->title : NULL,
        .before = arena_intern(arena, text_of(change, change->old_text)),
        .after = arena_intern(arena, text_of(change, change->new_text)),
    };
}

struct facet_columns {
    int word;
    int path;
    int title;
    int value;
    int physical;
};

static struct facet_columns
find_columns(const struct rows *rows)
{
    return (struct facet_columns){
        rows_column(rows, "word"),  rows_column(rows, "path"),     rows_column(rows, "title"),
        rows_column(rows, "value"), rows_column(rows, "physical"),
    };
}

/* In the order of the query. NULL stands for the end of the rows. */
static int
compare_places(const struct rows *before, size_t i, const struct rows *after, size_t j,
               const struct facet_columns *columns)
{
    bool over = i == rows_count(before);
    bool other_over = j == rows_count(after);
    if (over || other_over)
        return over - other_over;
    const int keys[] = {columns->word, columns->path, columns->title};
    for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
        int order = strcmp(rows_value(before, i, keys[k]), rows_value(after, j, keys[k]));
        if (order != 0)
            return order;
    }
    return 0;
}

/* What came or went with a whole object is told by the object. */
static bool
goes_with_object(GHashTable *objects, const char *word, const char *path)
{
    g_autofree char *key = g_strdup_printf("%s %s", word, path);
    if (g_hash_table_contains(objects, key))
        return true;
    g_autofree char *parent = g_str_equal(word, "column") ? address_parent(path) : NULL;
    g_autofree char *table = parent == NULL ? NULL : g_strconcat("table ", parent, NULL);
    return table != NULL && g_hash_table_contains(objects, table);
}

static void
compare_facets(struct arena *arena, const struct state *one, const struct state *other,
               GHashTable *objects, GArray *found)
{
    const struct rows *before = one->facets;
    const struct rows *after = other->facets;
    const struct facet_columns columns = find_columns(before);
    size_t i = 0;
    size_t j = 0;
    while (i < rows_count(before) || j < rows_count(after)) {
        int order = compare_places(before, i, after, j, &columns);
        const struct rows *rows = order <= 0 ? before : after;
        size_t row = order <= 0 ? i : j;
        const char *old_value = order <= 0 ? rows_value(before, i, columns.value) : NULL;
        const char *new_value = order >= 0 ? rows_value(after, j, columns.value) : NULL;
        i += order <= 0;
        j += order >= 0;
        const char *word = rows_value(rows, row, columns.word);
        const char *path = rows_value(rows, row, columns.path);
        if (text_equal(old_value, new_value) || goes_with_object(objects, word, path))
            continue;
        const struct difference difference = {
            .kind = CHANGE_CHANGED,
            .word = arena_intern(arena, word),
            .path = arena_intern(arena, path),
            .title = arena_intern(arena, rows_value(rows, row, columns.title)),
            .before = arena_intern(arena, old_value),
            .after = arena_intern(arena, new_value),
            .physical = *rows_value(rows, row, columns.physical) == 't',
        };
        g_array_append_val(found, difference);
    }
}

struct differences
state_compare(struct arena *arena, const struct state *before, const struct state *after)
{
    g_autoptr(GPtrArray)
        changes = catalog_compare(before->database->catalog, after->database->catalog);
    g_autoptr(GHashTable) objects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct difference));
    for (guint i = 0; i < changes->len; i++) {
        const struct difference difference = from_change(arena, changes->pdata[i]);
        if (g_str_equal(difference.word, "history"))
            continue; /* the tool's own row */
        g_array_append_val(found, difference);
        if (difference.title == NULL)
            g_hash_table_add(objects, g_strdup_printf("%s %s", difference.word, difference.path));
    }
    compare_facets(arena, before, after, objects, found);
    return (struct differences){found->len, arena_keep(arena, found)};
}

struct removals
state_removals(struct arena *arena, const struct state *original, const struct state *before,
               const struct state *after)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct removal));
    const struct rows *rows = before->identities;
    int identity = rows_column(rows, "identity");
    int word = rows_column(rows, "word");
    int path = rows_column(rows, "path");
    int derived = rows_column(rows, "derived");
    bool table_gone = false;
    for (size_t i = 0; i < rows_count(rows); i++) {
        const char *key = rows_value(rows, i, identity);
        bool is_column = g_str_equal(rows_value(rows, i, word), "column");
        bool gone = !g_hash_table_contains(after->living, key);
        if (!is_column)
            table_gone = gone;
        if (!gone || (is_column && table_gone))
            continue;
        const struct removal removal = {
            .word = arena_intern(arena, rows_value(rows, i, word)),
            .path = arena_intern(arena, rows_value(rows, i, path)),
            .made_by_up = !g_hash_table_contains(original->living, key),
            .derived = g_str_equal(rows_value(rows, i, derived), "true"),
        };
        g_array_append_val(found, removal);
    }
    return (struct removals){found->len, arena_keep(arena, found)};
}
