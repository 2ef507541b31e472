/* fuzz_compare.c - differences of random catalogs, made from the field tables: none from a catalog
 * to itself or to its snapshot, and the same in both directions. */
#include "catalog/compare.h"
#include "catalog/snapshot.h"
#include "input.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

struct maker {
    struct choices *choices;
    struct arena *arena;
};

static const char *const texts[] = {
    "a", "A",        "a.b",          "\"",        "'a'::text",        "(a OR b) OR c",
    "ä", "a\nb\n",   "a, b",         "",          "ARRAY['a'::text]", "(a AND (b AND c))",
    "~", "</title>", "\xE2\x80\xAE", "a /* b */",
};

static const char *
make_text(struct maker *maker)
{
    return texts[choose(maker->choices, G_N_ELEMENTS(texts))];
}

static void make_facts(struct maker *maker, struct object *object, unsigned number);

static void
make_list(struct maker *maker, const struct kind *kind, struct object *parent, struct list *list)
{
    list->count = choose(maker->choices, 4);
    list->items = arena_array(maker->arena, list->count, kind->size);
    unsigned number = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct object *item = (struct object *)(void *)((char *)list->items + i * kind->size);
        object_init(item, kind, parent);
        number += 1 + choose(maker->choices, 2); /* no two alike, and gaps */
        make_facts(maker, item, number);
    }
}

static struct names
make_names(struct maker *maker)
{
    struct names names = {.count = choose(maker->choices, 3)};
    names.items = arena_array(maker->arena, names.count, sizeof *names.items);
    for (size_t i = 0; i < names.count; i++)
        names.items[i] = make_text(maker);
    return names;
}

/* The name tells siblings apart, so that it holds their number. */
static const char *
make_fact_text(struct maker *maker, const struct field *field, unsigned number)
{
    if (g_str_equal(field->name, "name"))
        return arena_printf(maker->arena, "%s%u", make_text(maker), number);
    if ((field->flags & (KEY | REQUIRED)) == 0 && choose(maker->choices, 2) == 0)
        return NULL;
    return make_text(maker);
}

static int64_t
make_number(struct maker *maker, const struct field *field, unsigned number)
{
    return (field->flags & (KEY | ORDER)) != 0 ? number : choose(maker->choices, 3);
}

static void
make_fact(struct maker *maker, const struct field *field, struct object *object, unsigned number)
{
    void *place = (char *)object + field->offset;
    unsigned value = 0;
    switch (field->type) {
    case TEXT:
    case SQL:
        *(const char **)place = make_fact_text(maker, field, number);
        break;
    case BOOL:
        *(enum truth *)place = (enum truth)choose(maker->choices, 3);
        break;
    case NUMBER:
        *(int64_t *)place = make_number(maker, field, number);
        break;
    case ENUM:
        value = choose(maker->choices, field->enumeration->count);
        memcpy(place, &value, sizeof value);
        break;
    case NAMES:
        *(struct names *)place = make_names(maker);
        break;
    case REF:
        ((struct ref *)place)->path = choose(maker->choices, 2) == 0 ? NULL : "a.a1";
        break;
    case REFS:
        break;
    case LIST:
        make_list(maker, field->child, object, place);
        break;
    }
}

static void
make_facts(struct maker *maker, struct object *object, unsigned number)
{
    for (size_t i = 0; i < object->kind->field_count; i++)
        make_fact(maker, &object->kind->fields[i], object, number);
}

static struct database *
make_database(struct choices choices)
{
    struct database *database = database_new();
    struct maker maker = {&choices, database->arena};
    make_facts(&maker, &database->catalog->object, 1);
    database_finish(database);
    return database;
}

static void
assert_equal(const struct database *before, const struct database *after)
{
    g_autoptr(GPtrArray) changes = catalog_compare(before->catalog, after->catalog);
    g_assert_cmpuint(changes->len, ==, 0);
}

static unsigned
count_changes(const GPtrArray *changes, enum change_kind kind)
{
    unsigned count = 0;
    for (guint i = 0; i < changes->len; i++)
        count += ((const struct change *)changes->pdata[i])->kind == kind;
    return count;
}

static void
assert_symmetric(const struct database *one, const struct database *other)
{
    static const enum change_kind pairs[][2] = {{CHANGE_ADDED, CHANGE_REMOVED},
                                                {CHANGE_REMOVED, CHANGE_ADDED},
                                                {CHANGE_CHANGED, CHANGE_CHANGED},
                                                {CHANGE_MOVED, CHANGE_MOVED}};
    g_autoptr(GPtrArray) forth = catalog_compare(one->catalog, other->catalog);
    g_autoptr(GPtrArray) back = catalog_compare(other->catalog, one->catalog);
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        g_assert_cmpuint(count_changes(forth, pairs[i][0]), ==, count_changes(back, pairs[i][1]));
    for (guint i = 0; i < forth->len; i++) {
        const struct change *change = forth->pdata[i];
        g_assert(change->old_text == NULL || change->new_text == NULL ||
                 !g_str_equal(change->old_text, change->new_text)); /* people can see it */
    }
}

static void
assert_same_by_snapshot(const struct database *database)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) written = snapshot_write(database->catalog);
    struct database *read = database_new();
    bool done = snapshot_read(read, "snapshot.json", written, warnings, &error);
    g_assert_no_error(error);
    g_assert(done && warnings->len == 0);
    database_finish(read);
    g_autoptr(GString) again = snapshot_write(read->catalog);
    g_assert_cmpstr(written->str, ==, again->str);
    assert_equal(database, read);
    assert_equal(read, database);
    database_free(read);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct choices first = {data, size};
    const struct choices second = {data + size / 2, size - size / 2};
    struct database *one = make_database(first);
    struct database *twin = make_database(first);
    struct database *other = make_database(second);
    assert_equal(one, twin);
    assert_symmetric(one, other);
    assert_same_by_snapshot(one);
    database_free(other);
    database_free(twin);
    database_free(one);
    return 0;
}
