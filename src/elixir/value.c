/* value.c - making, comparing and changing values. */
#include "elixir/value.h"

#include <string.h>

enum { DEEPEST = 200 };

const struct value value_nil = {.kind = VALUE_ATOM, .text = "nil", .length = 3};
static const struct value value_true = {.kind = VALUE_ATOM, .text = "true", .length = 4};
static const struct value value_false = {.kind = VALUE_ATOM, .text = "false", .length = 5};

static struct value *
make(struct arena *arena, enum value_kind kind)
{
    struct value *value = arena_alloc(arena, sizeof *value);
    value->kind = kind;
    return value;
}

const struct value *
value_atom(struct arena *arena, const char *name)
{
    struct value *value = make(arena, VALUE_ATOM);
    value->text = arena_intern(arena, name);
    value->length = strlen(name);
    return value;
}

const struct value *
value_boolean(bool truth)
{
    return truth ? &value_true : &value_false;
}

const struct value *
value_integer(struct arena *arena, int64_t integer)
{
    struct value *value = make(arena, VALUE_INTEGER);
    value->integer = integer;
    return value;
}

const struct value *
value_float(struct arena *arena, double real)
{
    struct value *value = make(arena, VALUE_FLOAT);
    value->real = real;
    return value;
}

const struct value *
value_string(struct arena *arena, const char *text, gssize length)
{
    struct value *value = make(arena, VALUE_STRING);
    value->text = arena_text(arena, text, length);
    value->length = length < 0 ? strlen(text) : (gsize)length;
    return value;
}

/* Nesting has a limit, because much here calls itself. */
static const struct value *
measure(struct arena *arena, struct value *value)
{
    for (size_t i = 0; i < value->count; i++)
        value->depth = MAX(value->depth, value->items[i]->depth + 1);
    return value->depth > DEEPEST ? value_opaque(arena, "the value is nested too deeply") : value;
}

static int
compare_pairs(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return value_compare(*(const struct value *const *)a, *(const struct value *const *)b);
}

const struct value *
value_of_items(struct arena *arena, enum value_kind kind, const GPtrArray *items)
{
    struct value *value = make(arena, kind);
    const struct value **copy = arena_array(arena, items->len, sizeof *copy);
    for (guint i = 0; i < items->len; i++)
        copy[i] = items->pdata[i];
    if (kind == VALUE_MAP && items->len > 2)
        g_qsort_with_data(copy, (gint)items->len / 2, 2 * sizeof(*copy), compare_pairs, NULL);
    value->count = items->len;
    value->items = copy;
    return measure(arena, value);
}

const struct value *
value_pair(struct arena *arena, const struct value *first, const struct value *second)
{
    struct value *pair = make(arena, VALUE_TUPLE);
    const struct value **items = arena_array(arena, 2, sizeof *items);
    items[0] = first;
    items[1] = second;
    pair->count = 2;
    pair->items = items;
    return measure(arena, pair);
}

const struct value *
value_opaque(struct arena *arena, const char *reason)
{
    struct value *value = make(arena, VALUE_OPAQUE);
    value->text = arena_intern(arena, reason);
    value->length = strlen(reason);
    return value;
}

/* ---- Questions ---- */

bool
value_is_atom(const struct value *value, const char *name)
{
    return value->kind == VALUE_ATOM && strcmp(value->text, name) == 0;
}

bool
value_is_nil(const struct value *value)
{
    return value_is_atom(value, "nil");
}

bool
value_is_true(const struct value *value)
{
    return !value_is_atom(value, "nil") && !value_is_atom(value, "false");
}

bool
value_is_pair(const struct value *value)
{
    return value->kind == VALUE_TUPLE && value->count == 2;
}

bool
value_is_struct(const struct value *value, const char *module)
{
    const struct value *name = value->kind == VALUE_MAP ? value_get(value, "__struct__") : NULL;
    return name != NULL && value_is_atom(name, module);
}

bool
value_is_keyword(const struct value *value)
{
    if (value->kind != VALUE_LIST)
        return false;
    for (size_t i = 0; i < value->count; i++)
        if (!value_is_pair(value->items[i]) || value->items[i]->items[0]->kind != VALUE_ATOM)
            return false;
    return true;
}

const struct value *
value_find_opaque(const struct value *value)
{
    if (value->kind == VALUE_OPAQUE)
        return value;
    for (size_t i = 0; i < value->count; i++) {
        const struct value *found = value_find_opaque(value->items[i]);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* ---- Order ---- */

static int
rank(const struct value *value)
{
    static const int ranks[] = {
        [VALUE_INTEGER] = 0,  [VALUE_FLOAT] = 0,  [VALUE_ATOM] = 1,
        [VALUE_FUNCTION] = 2, [VALUE_TUPLE] = 3,  [VALUE_MAP] = 4,
        [VALUE_LIST] = 5,     [VALUE_STRING] = 6, [VALUE_OPAQUE] = 7,
    };
    return ranks[value->kind];
}

static int
compare_numbers(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_INTEGER && b->kind == VALUE_INTEGER)
        return (a->integer > b->integer) - (a->integer < b->integer);
    double left = a->kind == VALUE_INTEGER ? (double)a->integer : a->real;
    double right = b->kind == VALUE_INTEGER ? (double)b->integer : b->real;
    return (left > right) - (left < right);
}

static int
compare_texts(const struct value *a, const struct value *b)
{
    int order = memcmp(a->text, b->text, MIN(a->length, b->length));
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

/* Tuples and maps by size first; lists item by item. */
static int
compare_items(const struct value *a, const struct value *b)
{
    if (a->kind != VALUE_LIST && a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < MIN(a->count, b->count); i++) {
        int order = value_compare(a->items[i], b->items[i]);
        if (order != 0)
            return order;
    }
    return (a->count > b->count) - (a->count < b->count);
}

int
value_compare(const struct value *a, const struct value *b)
{
    if (rank(a) != rank(b))
        return rank(a) < rank(b) ? -1 : 1;
    switch (a->kind) {
    case VALUE_INTEGER:
    case VALUE_FLOAT:
        return compare_numbers(a, b);
    case VALUE_ATOM:
    case VALUE_STRING:
        return compare_texts(a, b);
    case VALUE_LIST:
    case VALUE_TUPLE:
    case VALUE_MAP:
        return compare_items(a, b);
    case VALUE_FUNCTION:
    case VALUE_OPAQUE:
        return (a > b) - (a < b);
    }
    g_assert_not_reached();
}

bool
value_equal(const struct value *a, const struct value *b)
{
    return a->kind == b->kind && value_compare(a, b) == 0;
}

/* ---- Containers ---- */

const struct value *
value_get(const struct value *container, const char *key)
{
    for (size_t i = 0; container->kind == VALUE_MAP && i < container->count; i += 2)
        if (value_is_atom(container->items[i], key))
            return container->items[i + 1];
    for (size_t i = 0; container->kind == VALUE_LIST && i < container->count; i++)
        if (value_is_pair(container->items[i]) && value_is_atom(container->items[i]->items[0], key))
            return container->items[i]->items[1];
    return NULL;
}

const struct value *
value_map_get(const struct value *map, const struct value *key)
{
    for (size_t i = 0; i < map->count; i += 2)
        if (value_equal(map->items[i], key))
            return map->items[i + 1];
    return NULL;
}

const struct value *
value_map_put(struct arena *arena, const struct value *map, const struct value *key,
              const struct value *value)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 0; i < map->count; i += 2) {
        if (value_equal(map->items[i], key))
            continue;
        g_ptr_array_add(items, (void *)(guintptr)map->items[i]);
        g_ptr_array_add(items, (void *)(guintptr)map->items[i + 1]);
    }
    g_ptr_array_add(items, (void *)(guintptr)key);
    g_ptr_array_add(items, (void *)(guintptr)value);
    return value_of_items(arena, VALUE_MAP, items);
}

static void
add_without(GPtrArray *items, const struct value *keywords, const char *key)
{
    for (size_t i = 0; i < keywords->count; i++) {
        const struct value *pair = keywords->items[i];
        if (!value_is_pair(pair) || !value_is_atom(pair->items[0], key))
            g_ptr_array_add(items, (void *)(guintptr)pair);
    }
}

const struct value *
value_put(struct arena *arena, const struct value *container, const char *key,
          const struct value *value)
{
    const struct value *name = value_atom(arena, key);
    if (container->kind == VALUE_MAP)
        return value_map_put(arena, container, name, value);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_ptr_array_add(items, (void *)(guintptr)value_pair(arena, name, value));
    add_without(items, container, key);
    return value_of_items(arena, VALUE_LIST, items);
}

const struct value *
value_delete(struct arena *arena, const struct value *keywords, const char *key)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    add_without(items, keywords, key);
    return value_of_items(arena, VALUE_LIST, items);
}

const struct value *
value_merge(struct arena *arena, const struct value *first, const struct value *second)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 0; i < first->count; i++)
        if (!value_is_pair(first->items[i]) ||
            value_get(second, first->items[i]->items[0]->text) == NULL)
            g_ptr_array_add(items, (void *)(guintptr)first->items[i]);
    for (size_t i = 0; i < second->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)second->items[i]);
    return value_of_items(arena, VALUE_LIST, items);
}
