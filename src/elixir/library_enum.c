/* library_enum.c - functions of Enum and List. */
#include "elixir/internal.h"

#include <string.h>

#define FIRST (call->arguments[0])

/* The items of the first argument; NULL with *result opaque. Where a function would be called for
 * each of them, that is a step. Free them. */
static GPtrArray *
items_of(struct evaluation *evaluation, const struct call *call, const struct value **result)
{
    static const char reason[] = "what it goes over is not known, or has no order";
    GPtrArray *items = value_enumerate(evaluation->arena, FIRST);
    bool calls = call->count > 1 && call->arguments[call->count - 1]->kind == VALUE_FUNCTION;
    if (items == NULL && calls)
        *result = evaluate_step(evaluation, call->syntax, "%s", reason);
    else if (items == NULL)
        *result = evaluate_opaque(evaluation, "%s", reason);
    if (items == NULL || evaluate_afford(evaluation, call->syntax, items->len * sizeof(void *)))
        return items;
    *result = NULL;
    g_ptr_array_unref(items);
    return NULL;
}

static const struct value *
apply_one(struct evaluation *evaluation, const struct call *call, const struct value *item)
{
    return evaluate_apply(evaluation, call->syntax, call->arguments[call->count - 1], 1, &item);
}

static const struct value *
run_each(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    for (guint i = 0; items != NULL && i < items->len; i++)
        if (apply_one(evaluation, call, items->pdata[i]) == NULL)
            return NULL;
    return items != NULL ? value_atom(evaluation->arena, "ok") : result;
}

/* Appends a list's items, or the value itself. */
static void
append_flat(GPtrArray *results, const struct value *value, unsigned depth)
{
    if (value->kind != VALUE_LIST || depth == 0) {
        g_ptr_array_add(results, (void *)(guintptr)value);
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        append_flat(results, value->items[i], depth - 1);
}

/* What the function makes of each item; NULL with *result. Free it. */
static GPtrArray *
map_items(struct evaluation *evaluation, const struct call *call, const struct value **result)
{
    g_autoptr(GPtrArray) items = items_of(evaluation, call, result);
    if (items == NULL)
        return NULL;
    GPtrArray *results = g_ptr_array_new();
    for (guint i = 0; i < items->len; i++) {
        const struct value *value = apply_one(evaluation, call, items->pdata[i]);
        if (value == NULL) {
            g_ptr_array_unref(results);
            *result = NULL;
            return NULL;
        }
        g_ptr_array_add(results, (void *)(guintptr)value);
    }
    return results;
}

static const struct value *
run_map(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) results = map_items(evaluation, call, &result);
    return results != NULL ? value_of_items(evaluation->arena, VALUE_LIST, results) : result;
}

static const struct value *
run_flat_map(struct evaluation *evaluation, const struct call *call)
{
    const struct value *lists = run_map(evaluation, call);
    if (lists == NULL || lists->kind == VALUE_OPAQUE)
        return lists;
    g_autoptr(GPtrArray) results = g_ptr_array_new();
    append_flat(results, lists, 2);
    return value_of_items(evaluation->arena, VALUE_LIST, results);
}

static const struct value *
run_flatten(struct evaluation *evaluation, const struct call *call)
{
    enum { DEEPEST = 50 };
    g_autoptr(GPtrArray) results = g_ptr_array_new();
    append_flat(results, FIRST, DEEPEST);
    return value_of_items(evaluation->arena, VALUE_LIST, results);
}

/* Texts with a joiner between them. */
static const struct value *
join(struct evaluation *evaluation, const struct call *call, const GPtrArray *items,
     const struct value *joiner)
{
    GString *text = g_string_new(NULL);
    const struct value *result = NULL;
    for (guint i = 0; i < items->len && result == NULL; i++) {
        if (i > 0)
            g_string_append_len(text, joiner->text, (gssize)joiner->length);
        result = value_find_opaque(items->pdata[i]);
        if (!evaluate_afford(evaluation, call->syntax, text->len))
            break;
        if (result == NULL && !value_append_text(text, items->pdata[i]))
            result = evaluate_opaque(evaluation, "%s has no text",
                                     value_inspect(evaluation->arena, items->pdata[i]));
    }
    if (result == NULL && evaluation->exception == NULL)
        result = value_string(evaluation->arena, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return result;
}

static const struct value *
joiner_of(struct evaluation *evaluation, const struct value *given)
{
    return given != NULL && given->kind == VALUE_STRING ? given
                                                        : value_string(evaluation->arena, "", 0);
}

static const struct value *
run_join(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    return items == NULL ? result
                         : join(evaluation, call, items,
                                joiner_of(evaluation, call->count > 1 ? call->arguments[1] : NULL));
}

static const struct value *
run_map_join(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = map_items(evaluation, call, &result);
    return items == NULL ? result
                         : join(evaluation, call, items,
                                joiner_of(evaluation, call->count > 2 ? call->arguments[1] : NULL));
}

static const struct value *
run_with_index(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    if (items == NULL)
        return result;
    int64_t first = call->count > 1 && call->arguments[1]->kind == VALUE_INTEGER
                        ? call->arguments[1]->integer
                        : 0;
    for (guint i = 0; i < items->len; i++)
        items->pdata[i] = (void *)(guintptr)value_pair(evaluation->arena, items->pdata[i],
                                                       value_integer(evaluation->arena, first + i));
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

static const struct value *
run_reverse(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    if (items == NULL)
        return result;
    g_autoptr(GPtrArray) turned = g_ptr_array_new();
    for (guint i = items->len; i > 0; i--)
        g_ptr_array_add(turned, items->pdata[i - 1]);
    return value_of_items(evaluation->arena, VALUE_LIST, turned);
}

static const struct value *
run_is_member(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    for (guint i = 0; items != NULL && i < items->len; i++)
        if (value_equal(items->pdata[i], call->arguments[1]))
            return value_boolean(true);
    return items != NULL ? value_boolean(false) : result;
}

/* Enum.filter and Enum.reject. */
static const struct value *
run_filter(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    if (items == NULL)
        return result;
    bool wanted = g_str_equal(call->name, "filter");
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (guint i = 0; i < items->len; i++) {
        const struct value *keep = apply_one(evaluation, call, items->pdata[i]);
        if (keep == NULL || keep->kind == VALUE_OPAQUE)
            return keep;
        if (value_is_true(keep) == wanted)
            g_ptr_array_add(kept, items->pdata[i]);
    }
    return value_of_items(evaluation->arena, VALUE_LIST, kept);
}

/* Enum.any? and Enum.all? with a function. */
static const struct value *
run_quantify(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    bool any = g_str_equal(call->name, "any?");
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const struct value *truth = call->count > 1 ? apply_one(evaluation, call, items->pdata[i])
                                                    : items->pdata[i];
        if (truth == NULL || truth->kind == VALUE_OPAQUE)
            return truth;
        if (value_is_true(truth) == any)
            return value_boolean(any);
    }
    return items != NULL ? value_boolean(!any) : result;
}

static const struct value *
run_reduce(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    const struct value *accumulator = call->arguments[1];
    for (guint i = 0; items != NULL && i < items->len && accumulator != NULL; i++) {
        const struct value *both[] = {items->pdata[i], accumulator};
        accumulator = evaluate_apply(evaluation, call->syntax, call->arguments[2], 2, both);
    }
    return items != NULL ? accumulator : result;
}

static const struct value *
run_at(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    if (items == NULL || call->arguments[1]->kind != VALUE_INTEGER)
        return items == NULL ? result : &value_nil;
    int64_t place = call->arguments[1]->integer;
    place += place < 0 ? items->len : 0;
    return place >= 0 && place < items->len ? items->pdata[place] : &value_nil;
}

static const struct value *
run_first(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    if (FIRST->kind != VALUE_LIST || FIRST->count == 0)
        return &value_nil;
    return FIRST->items[g_str_equal(call->name, "last") ? FIRST->count - 1 : 0];
}

static const struct value *
run_uniq(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    if (items == NULL)
        return result;
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    if (!evaluate_afford(evaluation, call->syntax, (size_t)items->len * items->len))
        return NULL;
    for (guint i = 0; i < items->len; i++) {
        bool known = false;
        for (guint j = 0; j < kept->len && !known; j++)
            known = value_equal(kept->pdata[j], items->pdata[i]);
        if (!known)
            g_ptr_array_add(kept, items->pdata[i]);
    }
    return value_of_items(evaluation->arena, VALUE_LIST, kept);
}

static gint
compare_items(gconstpointer a, gconstpointer b)
{
    return value_compare(*(const struct value *const *)a, *(const struct value *const *)b);
}

static const struct value *
run_sort(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    if (items == NULL)
        return result;
    g_ptr_array_sort(items, compare_items);
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

static const struct value *
run_zip(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) left = value_enumerate(evaluation->arena, FIRST);
    g_autoptr(GPtrArray) right = value_enumerate(evaluation->arena, call->arguments[1]);
    if (left == NULL || right == NULL)
        return evaluate_opaque(evaluation, "what it goes over is not known");
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    for (guint i = 0; i < MIN(left->len, right->len); i++)
        g_ptr_array_add(pairs, (void *)(guintptr)value_pair(evaluation->arena, left->pdata[i],
                                                            right->pdata[i]));
    return value_of_items(evaluation->arena, VALUE_LIST, pairs);
}

static const struct value *
run_count(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    return items == NULL ? result : value_integer(evaluation->arena, items->len);
}

static const struct value *
run_to_list(struct evaluation *evaluation, const struct call *call)
{
    const struct value *result = NULL;
    g_autoptr(GPtrArray) items = items_of(evaluation, call, &result);
    return items == NULL ? result : value_of_items(evaluation->arena, VALUE_LIST, items);
}

const struct library_function library_enum[] = {
    {"Enum", "each", 2, 2, run_each},
    {"Enum", "map", 2, 2, run_map},
    {"Enum", "flat_map", 2, 2, run_flat_map},
    {"Enum", "map_join", 2, 3, run_map_join},
    {"Enum", "join", 1, 2, run_join},
    {"Enum", "with_index", 1, 2, run_with_index},
    {"Enum", "reverse", 1, 1, run_reverse},
    {"Enum", "member?", 2, 2, run_is_member},
    {"Enum", "filter", 2, 2, run_filter},
    {"Enum", "reject", 2, 2, run_filter},
    {"Enum", "any?", 1, 2, run_quantify},
    {"Enum", "all?", 1, 2, run_quantify},
    {"Enum", "reduce", 3, 3, run_reduce},
    {"Enum", "at", 2, 2, run_at},
    {"Enum", "uniq", 1, 1, run_uniq},
    {"Enum", "sort", 1, 1, run_sort},
    {"Enum", "zip", 2, 2, run_zip},
    {"Enum", "count", 1, 1, run_count},
    {"Enum", "to_list", 1, 1, run_to_list},
    {"List", "first", 1, 1, run_first},
    {"List", "last", 1, 1, run_first},
    {"List", "flatten", 1, 1, run_flatten},
    {NULL, NULL, 0, 0, NULL},
};
