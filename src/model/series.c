/* series.c - observations by the server that counted, and what stayed the same in them. */
#include "model/series.h"

#include "base/group.h"
#include "base/text.h"
#include "model/size.h"

#include <string.h>

#define FRESH 7 /* days that the servers' newest observations may lie apart */

int64_t
days_between(const char *from, const char *to)
{
    g_autoptr(GDateTime) first = from == NULL ? NULL : g_date_time_new_from_iso8601(from, NULL);
    g_autoptr(GDateTime) last = to == NULL ? NULL : g_date_time_new_from_iso8601(to, NULL);
    if (first == NULL || last == NULL || g_date_time_compare(first, last) > 0)
        return -1;
    return g_date_time_difference(last, first) / G_TIME_SPAN_DAY;
}

/* ---- moments ---- */

/* The first field of an observation refers to the object observed. */
static void
add_object(const struct object *object, void *data)
{
    GHashTable *objects = data;
    if (object->kind->rule != PATH_REF)
        return;
    const struct ref *ref = field_ref(&object->kind->fields[0], object);
    if (ref->object != NULL)
        g_hash_table_insert(objects, group_key(ref->object), group_key(object));
}

static gint
compare_moments(gconstpointer a, gconstpointer b)
{
    const struct moment *x = a;
    const struct moment *y = b;
    return g_strcmp0(x->seen->taken_at, y->seen->taken_at);
}

static void
fill_moments(struct arena *arena, const struct database *database, struct series *series)
{
    g_autoptr(GArray) moments = g_array_new(FALSE, FALSE, sizeof(struct moment));
    for (size_t i = 0; i < database_observed(database); i++) {
        const struct moment moment = {database_observation(database, i),
                                      g_hash_table_new(NULL, NULL)};
        object_walk(moment.seen, add_object, moment.objects);
        g_array_append_val(moments, moment);
    }
    g_array_sort(moments, compare_moments);
    series->count = moments->len;
    series->moments = arena_keep(arena, moments);
}

/* ---- servers ---- */

static bool
is_of(const struct observations *seen, const struct observations *present)
{
    return text_equal(seen->system_identifier, present->system_identifier) &&
           text_equal(seen->database, present->database) && seen->counters_era != NULL &&
           seen->taken_at != NULL;
}

static bool
counts_on(const struct observations *earlier, const struct observations *later)
{
    return text_equal(earlier->counters_era, later->counters_era) &&
           text_equal(earlier->node, later->node);
}

static struct server
server_of(struct arena *arena, const struct series *series, const struct moment *last,
          const struct observations *present)
{
    g_autoptr(GPtrArray) moments = g_ptr_array_new();
    for (size_t i = 0; i < series->count && &series->moments[i] <= last; i++)
        if (is_of(series->moments[i].seen, present) &&
            counts_on(series->moments[i].seen, last->seen))
            g_ptr_array_add(moments, &series->moments[i]);
    return (struct server){moments->len, group_keep(arena, moments)};
}

static bool
is_last(const struct series *series, const struct moment *moment)
{
    for (const struct moment *later = moment + 1; later < series->moments + series->count; later++)
        if (counts_on(moment->seen, later->seen))
            return false;
    return true;
}

/* Eras that ended before the last days are those of servers that are gone, or that a crash ended.
 */
static void
fill_servers(struct arena *arena, struct series *series, const struct observations *present)
{
    g_autoptr(GArray) servers = g_array_new(FALSE, FALSE, sizeof(struct server));
    const char *newest = series->moments[series->count - 1].seen->taken_at;
    for (size_t i = 0; i < series->count; i++) {
        const struct moment *moment = &series->moments[i];
        int64_t age = days_between(moment->seen->taken_at, newest);
        if (age < 0 || age > FRESH || !is_of(moment->seen, present) || !is_last(series, moment))
            continue;
        const struct server server = server_of(arena, series, moment, present);
        g_array_append_val(servers, server);
    }
    series->server_count = servers->len;
    series->servers = arena_keep(arena, servers);
}

/* The most that it said in its era: one that is gone may have used what is there. */
static int64_t
standbys_of(const struct server *server)
{
    int64_t most = 0;
    for (size_t i = 0; i < server->count; i++) {
        if (server->moments[i]->seen->standbys == NUMBER_UNKNOWN)
            return NUMBER_UNKNOWN;
        most = MAX(most, server->moments[i]->seen->standbys);
    }
    return most;
}

static const char *
find_gap(const struct series *series)
{
    size_t primaries = 0;
    int64_t standbys = 0;
    for (size_t i = 0; i < series->server_count; i++) {
        const struct server *server = &series->servers[i];
        int64_t own = standbys_of(server);
        if (own == NUMBER_UNKNOWN)
            return "a server does not say how many standbys it has";
        standbys += own;
        primaries += text_equal(server->moments[server->count - 1]->seen->node, "primary");
    }
    if (primaries == 0)
        return "the primary was not observed";
    if (standbys > (int64_t)(series->server_count - primaries))
        return "a standby was not observed";
    return NULL;
}

struct series *
series_new(struct arena *arena, const struct database *database)
{
    struct series *series = arena_alloc(arena, sizeof *series);
    const struct observations *present = database->observations;
    *series = (struct series){.gap = "there are no two observations"};
    fill_moments(arena, database, series);
    if (series->count < 2)
        return series;
    if (present->system_identifier == NULL || present->counters_era == NULL) {
        series->gap = "the observation does not say which server it is of";
        return series;
    }
    fill_servers(arena, series, present);
    series->gap = find_gap(series);
    return series;
}

void
series_free(struct series *series)
{
    for (size_t i = 0; series != NULL && i < series->count; i++)
        g_hash_table_unref(series->moments[i].objects);
}

/* ---- what did not change ---- */

/* What is asked of the moments: an object, and the table that it stands in. */
struct subject {
    const void *object;
    const struct table *table;
    /* Whether its counters say that nobody used it from the first to the second. */
    bool (*is_same)(const void *earlier, const void *later);
};

static bool
is_known_and_same(int64_t earlier, int64_t later)
{
    return earlier != NUMBER_UNKNOWN && earlier == later;
}

static bool
index_is_same(const void *earlier, const void *later)
{
    const struct index_observation *a = earlier;
    const struct index_observation *b = later;
    return is_known_and_same(a->scans, b->scans);
}

static bool
table_is_same(const void *earlier, const void *later)
{
    const struct table_observation *a = earlier;
    const struct table_observation *b = later;
    return is_known_and_same(a->sequential_scans, b->sequential_scans) &&
           is_known_and_same(a->inserted, b->inserted) &&
           is_known_and_same(a->updated, b->updated) && is_known_and_same(a->deleted, b->deleted);
}

/* Counters only grow within an era: where one fell, the table was made anew. */
static bool
was_made_anew(const struct moment *earlier, const struct moment *later, const struct table *table)
{
    const struct table_observation *a = g_hash_table_lookup(earlier->objects, table);
    const struct table_observation *b = g_hash_table_lookup(later->objects, table);
    return a == NULL || b == NULL || b->inserted < a->inserted || b->updated < a->updated ||
           b->deleted < a->deleted || b->sequential_scans < a->sequential_scans;
}

static const struct moment *
last_of(const struct server *server)
{
    return server->moments[server->count - 1];
}

/* The first moment of the server from which on the object stayed the same; NULL: not even the last
 * one knows it. */
static const struct moment *
same_since(const struct server *server, const struct subject *subject)
{
    const struct moment *since = last_of(server);
    const void *last = g_hash_table_lookup(since->objects, subject->object);
    if (last == NULL || !subject->is_same(last, last))
        return NULL;
    for (size_t i = server->count - 1; i > 0; i--) {
        const struct moment *earlier = server->moments[i - 1];
        const void *seen = g_hash_table_lookup(earlier->objects, subject->object);
        if (seen == NULL || !subject->is_same(seen, last) ||
            was_made_anew(earlier, since, subject->table))
            break;
        since = earlier;
    }
    return since;
}

static void
narrow(struct window *window, const char *from, const char *to)
{
    if (window->from == NULL || strcmp(from, window->from) > 0)
        window->from = from;
    if (window->to == NULL || strcmp(to, window->to) < 0)
        window->to = to;
}

/* Adds an object to the window; false when a server does not know it. */
static bool
narrow_to(const struct series *series, const struct subject *subject, struct window *window)
{
    for (size_t i = 0; i < series->server_count; i++) {
        const struct moment *since = same_since(&series->servers[i], subject);
        if (since == NULL)
            return false;
        narrow(window, since->seen->taken_at, last_of(&series->servers[i])->seen->taken_at);
    }
    return true;
}

static bool
is_long_enough(const struct series *series, struct window *window)
{
    window->days = days_between(window->from, window->to);
    window->servers = series->server_count;
    return window->days >= WINDOW_LEAST;
}

/* PostgreSQL 16 says when, which must not be within. */
static bool
was_scanned_since(const struct series *series, const struct index *index, const char *from)
{
    for (size_t i = 0; i < series->server_count; i++) {
        const struct index_observation *seen = g_hash_table_lookup(
            last_of(&series->servers[i])->objects, index);
        if (seen != NULL && g_strcmp0(seen->last_scan, from) > 0)
            return true;
    }
    return false;
}

/* The index itself, or its parts that hold rows. */
static void
add_parts(const struct model *model, const struct index *index, GPtrArray *parts)
{
    const struct table *table = object_table(index);
    if (table == NULL || table->kind != TABLE_PARTITIONED) {
        g_ptr_array_add(parts, (gpointer)(guintptr)index);
        return;
    }
    g_autoptr(GPtrArray) family = table_family(model, table);
    for (guint i = 0; i < family->len; i++) {
        const struct table *member = family->pdata[i];
        for (size_t j = 0; member->kind == TABLE_ORDINARY && j < member->indexes.count; j++) {
            const struct index *part = &member->indexes.items[j];
            const struct index *whole = part;
            while (whole != NULL && whole != index)
                whole = whole->partition_of.object;
            if (whole == index)
                g_ptr_array_add(parts, (gpointer)(guintptr)part);
        }
    }
}

/* A partition that came later has counted from its beginning on: without a scan it hides none. */
static bool
is_new_and_unused(const struct series *series, const struct index *part)
{
    for (size_t i = 0; i < series->server_count; i++) {
        const struct server *server = &series->servers[i];
        const struct index_observation *seen = g_hash_table_lookup(last_of(server)->objects, part);
        if (seen == NULL || seen->scans != 0 ||
            g_hash_table_contains(server->moments[0]->objects, part))
            return false;
    }
    return true;
}

bool
series_index_unused(const struct model *model, const struct index *index, struct window *window)
{
    const struct series *series = model->series;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    *window = (struct window){0};
    if (series == NULL || series->gap != NULL)
        return false;
    add_parts(model, index, parts);
    for (guint i = 0; i < parts->len; i++) {
        const struct subject part = {parts->pdata[i], object_table(parts->pdata[i]), index_is_same};
        bool is_late = part.object != index && is_new_and_unused(series, part.object);
        if (!is_late && !narrow_to(series, &part, window))
            return false;
    }
    if (!is_long_enough(series, window))
        return false;
    for (guint i = 0; i < parts->len; i++)
        if (was_scanned_since(series, parts->pdata[i], window->from))
            return false;
    return true;
}

static bool
narrow_to_table(const struct series *series, const struct table *table, struct window *window)
{
    const struct subject rows = {table, table, table_is_same};
    if (!narrow_to(series, &rows, window))
        return false;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct subject index = {&table->indexes.items[i], table, index_is_same};
        if (!narrow_to(series, &index, window))
            return false;
    }
    return true;
}

bool
series_table_unused(const struct model *model, const struct table *table, struct window *window)
{
    const struct series *series = model->series;
    g_autoptr(GPtrArray) family = table_family(model, table);
    *window = (struct window){0};
    if (series == NULL || series->gap != NULL)
        return false;
    for (guint i = 0; i < family->len; i++) {
        const struct table *member = family->pdata[i];
        if (member->kind == TABLE_ORDINARY && !narrow_to_table(series, member, window))
            return false;
    }
    return is_long_enough(series, window);
}

/* ---- sizes ---- */

bool
series_is_alike(const struct moment *moment, const struct observations *present)
{
    const char *database = moment->seen->database;
    return text_equal(moment->seen->node, present->node) && moment->seen->taken_at != NULL &&
           (database == NULL || text_equal(database, present->database));
}

static int64_t
index_bytes(const struct moment *moment, const struct index *index)
{
    const struct index_observation *seen = g_hash_table_lookup(moment->objects, index);
    return seen != NULL ? seen->bytes : NUMBER_UNKNOWN;
}

static int64_t
table_bytes(const struct moment *moment, const struct table *table)
{
    const struct table_observation *seen = g_hash_table_lookup(moment->objects, table);
    if (seen == NULL || seen->bytes == NUMBER_UNKNOWN)
        return NUMBER_UNKNOWN;
    int64_t bytes = known_sum(seen->bytes, seen->toast_bytes);
    for (size_t i = 0; i < table->indexes.count; i++)
        bytes = known_sum(bytes, index_bytes(moment, &table->indexes.items[i]));
    return bytes;
}

int64_t
series_bytes(const struct model *model, const struct moment *moment, const void *object)
{
    bool is_index = ((const struct object *)object)->kind == &kind_index;
    int64_t bytes = NUMBER_UNKNOWN;
    g_autoptr(GPtrArray) all = is_index ? g_ptr_array_new() : table_family(model, object);
    if (is_index)
        add_parts(model, object, all);
    for (guint i = 0; i < all->len; i++)
        bytes = known_sum(bytes, is_index ? index_bytes(moment, all->pdata[i])
                                          : table_bytes(moment, all->pdata[i]));
    return bytes;
}

int64_t
series_rows(const struct model *model, const struct moment *moment, const struct table *table)
{
    int64_t rows = NUMBER_UNKNOWN;
    g_autoptr(GPtrArray) family = table_family(model, table);
    for (guint i = 0; i < family->len; i++) {
        const struct table_observation *seen = g_hash_table_lookup(moment->objects,
                                                                   family->pdata[i]);
        rows = known_sum(rows, seen != NULL ? seen->row_estimate : NUMBER_UNKNOWN);
    }
    return rows;
}
