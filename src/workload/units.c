/* units.c - all of it has a most: units at once, statements of a unit, values of a statement. What
 * is beyond is not looked at; the unit that was quiet for longest ends first. */
#include "workload/deeds.h"

#include <string.h>

#define UNITS_MOST      512
#define STATEMENTS_MOST 96
#define VALUES_MOST     64
#define BEFORE_MOST     16
#define REPEATED_MOST   5000
#define WORST_MOST      4 /* repetitions that are kept of one query at one place */

/* Different values, by their hashes. */
struct distinct {
    unsigned count;
    uint64_t items[VALUES_MOST];
};

/* A query of a unit, from one place of the program. */
struct seen {
    const struct query *query;
    struct call_site site;
    uint64_t calls;
    double ms;
    struct equalities equalities;
    unsigned counted;
    struct distinct *values; /* of each equality, then of all; NULL: none yet */
};

struct unit {
    uint64_t id;
    enum unit_kind kind;
    GArray *seen; /* struct seen, as they came */
    struct transactions transactions;
    GList link;
};

struct units {
    GHashTable *by_id;
    GQueue order; /* the one that was quiet for longest first */
};

struct units *
units_new(void)
{
    struct units *units = g_new0(struct units, 1);
    units->by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    return units;
}

void
units_free(struct units *units)
{
    g_hash_table_unref(units->by_id);
    g_free(units);
}

/* ---- repetitions ---- */

struct repeated {
    size_t units;
    GPtrArray *worst; /* struct repetition, the most calls first */
};

static void
repetition_free(void *data)
{
    struct repetition *repetition = data;
    g_free((gpointer)(guintptr)repetition->before);
    g_free(repetition);
}

static void
repeated_free(void *data)
{
    struct repeated *repeated = data;
    g_ptr_array_unref(repeated->worst);
    g_free(repeated);
}

GHashTable *
repetitions_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, repeated_free);
}

/* SELECTs that came before the statement at `place`, the latest first. */
static void
add_before(const struct unit *unit, guint place, struct repetition *repetition)
{
    const struct query **before = g_new0(const struct query *, BEFORE_MOST);
    for (guint i = place; i-- > 0 && repetition->before_count < BEFORE_MOST;) {
        const struct query *query = g_array_index(unit->seen, struct seen, i).query;
        bool known = query == repetition->query || query->kind != SHAPE_SELECT;
        for (size_t j = 0; !known && j < repetition->before_count; j++)
            known = before[j] == query;
        if (!known)
            before[repetition->before_count++] = query;
    }
    repetition->before = before;
}

static struct repetition *
repetition_new(const struct unit *unit, guint place)
{
    const struct seen *seen = &g_array_index(unit->seen, struct seen, place);
    struct repetition *repetition = g_new0(struct repetition, 1);
    *repetition = (struct repetition){
        .query = seen->query,
        .site = seen->site,
        .unit = unit->kind,
        .ms = seen->ms,
        .counted = seen->counted,
        .equalities = seen->equalities,
    };
    repetition->site.calls = seen->calls;
    for (size_t i = 0; seen->values != NULL && i < seen->equalities.count; i++)
        repetition->values[i] = seen->values[i].count;
    if (seen->values != NULL)
        repetition->keys = seen->values[seen->equalities.count].count;
    add_before(unit, place, repetition);
    return repetition;
}

static struct repeated *
find_repeated(GHashTable *table, const struct unit *unit, const struct seen *seen)
{
    const char *const texts[] = {seen->site.function, seen->site.file};
    uint64_t hash = (uint64_t)(guintptr)seen->query + ((uint64_t)unit->kind << 60) +
                    seen->site.line;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct span text = {(char *)(guintptr)texts[i],
                                  texts[i] != NULL ? strlen(texts[i]) : 0};
        hash = span_hash(text, hash);
    }
    struct repeated *repeated = g_hash_table_lookup(table, &hash);
    if (repeated != NULL || g_hash_table_size(table) >= REPEATED_MOST)
        return repeated;
    uint64_t *key = g_new(uint64_t, 1);
    *key = hash;
    repeated = g_new0(struct repeated, 1);
    repeated->worst = g_ptr_array_new_with_free_func(repetition_free);
    g_hash_table_insert(table, key, repeated);
    return repeated;
}

static gint
most_calls(gconstpointer a, gconstpointer b)
{
    const struct repetition *const *x = a;
    const struct repetition *const *y = b;
    return ((*x)->site.calls < (*y)->site.calls) - ((*x)->site.calls > (*y)->site.calls);
}

static void
note_repetition(GHashTable *table, const struct unit *unit, guint place)
{
    const struct seen *seen = &g_array_index(unit->seen, struct seen, place);
    struct repeated *repeated = find_repeated(table, unit, seen);
    if (repeated == NULL)
        return;
    GPtrArray *worst = repeated->worst;
    repeated->units++;
    if (worst->len == WORST_MOST) {
        const struct repetition *least = worst->pdata[WORST_MOST - 1];
        if (least->site.calls >= seen->calls)
            return;
        g_ptr_array_set_size(worst, WORST_MOST - 1);
    }
    g_ptr_array_add(worst, repetition_new(unit, place));
    g_ptr_array_sort(worst, most_calls);
}

/* How often a query must run to be looked at: tests have few rows. */
static uint64_t
least_calls(enum unit_kind kind)
{
    enum { OF_TESTS = 4, OF_PRODUCTION = 10 };
    return kind == UNIT_TEST || kind == UNIT_ROLLED_BACK ? OF_TESTS : OF_PRODUCTION;
}

/* ---- units ---- */

static void
unit_finish(struct units *units, struct unit *unit, struct gathering *gathering)
{
    for (guint i = 0; i < unit->seen->len; i++) {
        const struct seen *seen = &g_array_index(unit->seen, struct seen, i);
        if (seen->calls >= least_calls(unit->kind) &&
            (seen->equalities.count > 0 || seen->query->kind == SHAPE_INSERT))
            note_repetition(gathering->repetitions, unit, i);
    }
    transactions_finish(&unit->transactions, unit->kind, gathering);
    for (guint i = 0; i < unit->seen->len; i++)
        g_free(g_array_index(unit->seen, struct seen, i).values);
    g_hash_table_remove(units->by_id, &unit->id);
    g_queue_unlink(&units->order, &unit->link);
    g_array_unref(unit->seen);
    g_free(unit);
}

void
units_end(struct units *units, uint64_t id, enum unit_kind kind, struct gathering *gathering)
{
    struct unit *unit = g_hash_table_lookup(units->by_id, &id);
    if (unit == NULL)
        return;
    unit->kind = kind;
    unit_finish(units, unit, gathering);
}

void
units_end_all(struct units *units, struct gathering *gathering)
{
    while (units->order.head != NULL)
        unit_finish(units, units->order.head->data, gathering);
}

static struct unit *
unit_find(struct units *units, uint64_t id, enum unit_kind kind, struct gathering *gathering)
{
    struct unit *unit = g_hash_table_lookup(units->by_id, &id);
    if (unit != NULL) {
        g_queue_unlink(&units->order, &unit->link);
        g_queue_push_tail_link(&units->order, &unit->link);
        return unit;
    }
    if (units->order.length >= UNITS_MOST)
        unit_finish(units, units->order.head->data, gathering);
    unit = g_new0(struct unit, 1);
    *unit = (struct unit){.id = id, .kind = kind};
    unit->seen = g_array_new(FALSE, FALSE, sizeof(struct seen));
    unit->link.data = unit;
    g_hash_table_insert(units->by_id, &unit->id, unit);
    g_queue_push_tail_link(&units->order, &unit->link);
    return unit;
}

static struct seen *
seen_find(struct unit *unit, const struct known *known, const struct call_site *site)
{
    static const struct call_site nowhere = {NULL, NULL, 0, 0};
    const struct call_site *place = site != NULL ? site : &nowhere;
    for (guint i = 0; i < unit->seen->len; i++) {
        struct seen *seen = &g_array_index(unit->seen, struct seen, i);
        if (seen->query == known->query && seen->site.function == place->function &&
            seen->site.file == place->file && seen->site.line == place->line)
            return seen;
    }
    if (unit->seen->len == STATEMENTS_MOST)
        return NULL;
    const struct seen seen = {
        .query = known->query, .site = *place, .equalities = known->equalities};
    g_array_append_val(unit->seen, seen);
    return &g_array_index(unit->seen, struct seen, unit->seen->len - 1);
}

static void
distinct_add(struct distinct *distinct, uint64_t hash)
{
    for (unsigned i = 0; i < distinct->count; i++)
        if (distinct->items[i] == hash)
            return;
    if (distinct->count < VALUES_MOST)
        distinct->items[distinct->count++] = hash;
}

/* Values are compared until there are as many different ones as there is room for. */
static void
compare_values(struct seen *seen, const struct known *known, const struct log_event *event)
{
    const size_t count = seen->equalities.count;
    uint64_t hashes[EQUALITIES_MOST];
    uint64_t all = 0;
    if (count == 0 || (seen->values != NULL && seen->values[count].count == VALUES_MOST))
        return;
    for (size_t i = 0; i < count; i++) {
        struct span value;
        if (!value_find(event, known->parameters, known->equalities.items[i].parameter, &value))
            return;
        hashes[i] = span_hash(value, i);
        all = all * 31 + hashes[i];
    }
    if (seen->values == NULL)
        seen->values = g_new0(struct distinct, count + 1);
    for (size_t i = 0; i < count; i++)
        distinct_add(&seen->values[i], hashes[i]);
    distinct_add(&seen->values[count], all);
    seen->counted++;
}

static void
take_control(struct unit *unit, const struct known *known, const struct log_event *event,
             const struct call_site *site, struct gathering *gathering)
{
    switch (known->control) {
    case CONTROL_NONE:
        transactions_take(&unit->transactions, known, event, site);
        break;
    case CONTROL_BEGIN:
        transactions_begin(&unit->transactions, known);
        break;
    case CONTROL_COMMIT:
        transactions_commit(&unit->transactions, unit->kind, gathering);
        break;
    case CONTROL_ROLLBACK:
        transactions_roll_back(&unit->transactions);
        break;
    }
}

void
units_take(struct units *units, uint64_t id, enum unit_kind kind, const struct known *known,
           const struct log_event *event, const struct call_site *site, struct gathering *gathering)
{
    struct unit *unit = unit_find(units, id, kind, gathering);
    take_control(unit, known, event, site, gathering);
    struct seen *seen = known->query != NULL ? seen_find(unit, known, site) : NULL;
    if (seen == NULL)
        return;
    seen->calls++;
    seen->ms += MAX(event->ms, 0);
    if (seen->equalities.count == known->equalities.count)
        compare_values(seen, known, event);
}

/* ---- what is kept ---- */

static gint
by_query(gconstpointer a, gconstpointer b)
{
    const struct repetition *x = a;
    const struct repetition *y = b;
    if (x->site.calls != y->site.calls)
        return x->site.calls < y->site.calls ? 1 : -1;
    int order = strcmp(x->query->fingerprint, y->query->fingerprint);
    if (order == 0)
        order = g_strcmp0(x->site.file, y->site.file);
    if (order == 0)
        order = (x->site.line > y->site.line) - (x->site.line < y->site.line);
    return order != 0 ? order : (int)x->unit - (int)y->unit;
}

/* To where its queries stay. */
static struct repetition
move(struct gathering *gathering, GHashTable *moved, const struct repetition *repetition)
{
    struct repetition kept = *repetition;
    const struct query **before = arena_array(gathering->arena, kept.before_count, sizeof *before);
    for (size_t i = 0; i < kept.before_count; i++)
        before[i] = g_hash_table_lookup(moved, kept.before[i]);
    kept.query = g_hash_table_lookup(moved, kept.query);
    kept.before = before;
    return kept;
}

void
repetitions_keep(struct gathering *gathering, GHashTable *moved, struct workload *workload)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct repetition));
    GHashTableIter iter;
    gpointer value = NULL;
    for (size_t i = 0; i < workload->repetition_count; i++) {
        const struct repetition kept = move(gathering, moved, &workload->repetitions[i]);
        g_array_append_val(list, kept);
    }
    for (g_hash_table_iter_init(&iter, gathering->repetitions);
         g_hash_table_iter_next(&iter, NULL, &value);) {
        const struct repeated *repeated = value;
        for (guint i = 0; i < repeated->worst->len; i++) {
            struct repetition kept = move(gathering, moved, repeated->worst->pdata[i]);
            kept.units = repeated->units;
            g_array_append_val(list, kept);
        }
    }
    g_array_sort(list, by_query);
    workload->repetition_count = list->len;
    workload->repetitions = arena_keep(gathering->arena, list);
}
