/* library_containers.c - functions of Map, Keyword and Erlang's timer. */
#include "elixir/internal.h"

#include <string.h>

#define FIRST (call->arguments[0])
#define KEY   (call->arguments[1])

static const struct value *
wrong(struct evaluation *evaluation, const struct call *call)
{
    return evaluate_opaque(evaluation, "dbdoc does not follow %s of these arguments", call->name);
}

static const struct value *
find(const struct value *container, const struct value *key)
{
    if (container->kind == VALUE_MAP)
        return value_map_get(container, key);
    return key->kind == VALUE_ATOM ? value_get(container, key->text) : NULL;
}

static const struct value *
run_get(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    const struct value *found = find(FIRST, KEY);
    if (found != NULL)
        return found;
    return call->count > 2 ? call->arguments[2] : &value_nil;
}

static const struct value *
run_fetch(struct evaluation *evaluation, const struct call *call)
{
    const struct value *found = find(FIRST, KEY);
    if (g_str_equal(call->name, "fetch!"))
        return found != NULL
                   ? found
                   : evaluate_raise(evaluation, call->syntax, "KeyError", "key %s not found in: %s",
                                    value_inspect(evaluation->arena, KEY),
                                    value_inspect(evaluation->arena, FIRST));
    return found != NULL ? value_pair(evaluation->arena, value_atom(evaluation->arena, "ok"), found)
                         : value_atom(evaluation->arena, "error");
}

static const struct value *
run_has_key(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    return value_boolean(find(FIRST, KEY) != NULL);
}

/* put, put_new */
static const struct value *
run_put(struct evaluation *evaluation, const struct call *call)
{
    if (g_str_equal(call->name, "put_new") && find(FIRST, KEY) != NULL)
        return FIRST;
    if (!evaluate_afford(evaluation, call->syntax, FIRST->count * sizeof FIRST))
        return NULL;
    if (FIRST->kind == VALUE_MAP)
        return value_map_put(evaluation->arena, FIRST, KEY, call->arguments[2]);
    if (FIRST->kind != VALUE_LIST || KEY->kind != VALUE_ATOM)
        return wrong(evaluation, call);
    return value_put(evaluation->arena, FIRST, KEY->text, call->arguments[2]);
}

static const struct value *
run_delete(struct evaluation *evaluation, const struct call *call)
{
    if (FIRST->kind != VALUE_LIST || KEY->kind != VALUE_ATOM)
        return wrong(evaluation, call);
    return value_delete(evaluation->arena, FIRST, KEY->text);
}

static const struct value *
run_merge(struct evaluation *evaluation, const struct call *call)
{
    if (FIRST->kind != KEY->kind)
        return wrong(evaluation, call);
    if (!evaluate_afford(evaluation, call->syntax, FIRST->count * (KEY->count + 1)))
        return NULL;
    if (FIRST->kind == VALUE_LIST && value_is_keyword(FIRST) && value_is_keyword(KEY))
        return value_merge(evaluation->arena, FIRST, KEY);
    if (FIRST->kind != VALUE_MAP)
        return wrong(evaluation, call);
    const struct value *map = FIRST;
    for (size_t i = 0; i < KEY->count; i += 2)
        map = value_map_put(evaluation->arena, map, KEY->items[i], KEY->items[i + 1]);
    return map;
}

/* Keys or values of a list of pairs, or of a map whose order does not matter. */
static const struct value *
run_sides(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) pairs = value_enumerate(evaluation->arena, FIRST);
    if (pairs == NULL)
        return evaluate_opaque(evaluation, "the order of a map's keys is not defined");
    size_t side = g_str_equal(call->name, "values") ? 1 : 0;
    for (guint i = 0; i < pairs->len; i++) {
        const struct value *pair = pairs->pdata[i];
        if (!value_is_pair(pair))
            return wrong(evaluation, call);
        pairs->pdata[i] = (void *)(guintptr)pair->items[side];
    }
    return value_of_items(evaluation->arena, VALUE_LIST, pairs);
}

static const struct value *
run_map_new(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *map = value_of_items(evaluation->arena, VALUE_MAP, none);
    g_autoptr(GPtrArray) items = call->count > 0 ? value_enumerate(evaluation->arena, FIRST)
                                                 : g_ptr_array_new();
    if (items == NULL)
        return wrong(evaluation, call);
    for (guint i = 0; i < items->len; i++) {
        const struct value *pair = items->pdata[i];
        if (call->count > 1)
            pair = evaluate_apply(evaluation, call->syntax, KEY, 1, &pair);
        if (pair == NULL || !value_is_pair(pair))
            return pair == NULL ? NULL : wrong(evaluation, call);
        if (!evaluate_afford(evaluation, call->syntax, map->count * sizeof map))
            return NULL;
        map = value_map_put(evaluation->arena, map, pair->items[0], pair->items[1]);
    }
    return map;
}

static const struct value *
run_timer(struct evaluation *evaluation, const struct call *call)
{
    static const struct {
        const char *name;
        int64_t milliseconds;
    } units[] = {{"seconds", 1000}, {"minutes", 60000}, {"hours", 3600000}};
    for (size_t i = 0; FIRST->kind == VALUE_INTEGER && i < G_N_ELEMENTS(units); i++)
        if (g_str_equal(units[i].name, call->name) && FIRST->integer < G_MAXINT32)
            return value_integer(evaluation->arena, FIRST->integer * units[i].milliseconds);
    return wrong(evaluation, call);
}

const struct library_function library_containers[] = {
    {"Map", "get", 2, 3, run_get},
    {"Keyword", "get", 2, 3, run_get},
    {"Access", "get", 2, 3, run_get},
    {"Map", "fetch!", 2, 2, run_fetch},
    {"Keyword", "fetch!", 2, 2, run_fetch},
    {"Map", "fetch", 2, 2, run_fetch},
    {"Keyword", "fetch", 2, 2, run_fetch},
    {"Map", "has_key?", 2, 2, run_has_key},
    {"Keyword", "has_key?", 2, 2, run_has_key},
    {"Map", "put", 3, 3, run_put},
    {"Keyword", "put", 3, 3, run_put},
    {"Map", "put_new", 3, 3, run_put},
    {"Keyword", "put_new", 3, 3, run_put},
    {"Keyword", "delete", 2, 2, run_delete},
    {"Map", "merge", 2, 2, run_merge},
    {"Keyword", "merge", 2, 2, run_merge},
    {"Map", "keys", 1, 1, run_sides},
    {"Map", "values", 1, 1, run_sides},
    {"Keyword", "keys", 1, 1, run_sides},
    {"Keyword", "values", 1, 1, run_sides},
    {"Map", "new", 0, 2, run_map_new},
    {"timer", "seconds", 1, 1, run_timer},
    {"timer", "minutes", 1, 1, run_timer},
    {"timer", "hours", 1, 1, run_timer},
    {NULL, NULL, 0, 0, NULL},
};
