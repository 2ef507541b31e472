/* library_lists.c - functions that make lists and maps out of others, and some of String. */
#include "elixir/internal.h"

#include <string.h>

#define FIRST  (call->arguments[0])
#define SECOND (call->arguments[1])

static const struct value *
wrong(struct evaluation *evaluation, const struct call *call)
{
    return evaluate_opaque(evaluation, "dbdoc does not follow %s of these arguments", call->name);
}

static const struct value *
list_of(struct evaluation *evaluation, const GPtrArray *items)
{
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

/* concat/1 of lists of lists, concat/2 of two. */
static const struct value *
run_concat(struct evaluation *evaluation, const struct call *call)
{
    const struct value *const *lists = call->count > 1 ? call->arguments : FIRST->items;
    size_t count = call->count > 1 ? 2 : FIRST->count;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    if (call->count == 1 && FIRST->kind != VALUE_LIST)
        return wrong(evaluation, call);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(GPtrArray) part = value_enumerate(evaluation->arena, lists[i]);
        if (part == NULL)
            return wrong(evaluation, call);
        if (!evaluate_afford(evaluation, call->syntax, part->len * sizeof(void *)))
            return NULL;
        for (guint j = 0; j < part->len; j++)
            g_ptr_array_add(items, part->pdata[j]);
    }
    return list_of(evaluation, items);
}

/* take and drop, of so many from the start. */
static const struct value *
run_take(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) items = value_enumerate(evaluation->arena, FIRST);
    if (items == NULL || SECOND->kind != VALUE_INTEGER || SECOND->integer < 0)
        return wrong(evaluation, call);
    guint count = (guint)MIN((guint64)SECOND->integer, items->len);
    if (g_str_equal(call->name, "take"))
        g_ptr_array_set_size(items, (gint)count);
    else if (count > 0)
        g_ptr_array_remove_range(items, 0, count);
    return list_of(evaluation, items);
}

static const struct value *
run_is_empty(struct evaluation *evaluation, const struct call *call)
{
    return FIRST->kind == VALUE_LIST || FIRST->kind == VALUE_MAP ? value_boolean(FIRST->count == 0)
                                                                 : wrong(evaluation, call);
}

static const struct value *
run_wrap(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    if (FIRST->kind == VALUE_LIST)
        return FIRST;
    if (!value_is_nil(FIRST))
        g_ptr_array_add(items, (void *)(guintptr)FIRST);
    return list_of(evaluation, items);
}

/* Lists of so many; the last may be shorter. */
static const struct value *
run_chunk_every(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) items = value_enumerate(evaluation->arena, FIRST);
    g_autoptr(GPtrArray) chunks = g_ptr_array_new();
    if (items == NULL || SECOND->kind != VALUE_INTEGER || SECOND->integer < 1)
        return wrong(evaluation, call);
    for (guint i = 0; i < items->len;) {
        g_autoptr(GPtrArray) chunk = g_ptr_array_new();
        for (int64_t j = 0; j < SECOND->integer && i < items->len; j++)
            g_ptr_array_add(chunk, items->pdata[i++]);
        g_ptr_array_add(chunks, (void *)(guintptr)list_of(evaluation, chunk));
    }
    return list_of(evaluation, chunks);
}

/* ---- Parts of maps and keyword lists ---- */

static bool
has_item(const struct value *list, const struct value *item)
{
    for (size_t i = 0; i < list->count; i++)
        if (value_equal(list->items[i], item))
            return true;
    return false;
}

/* take, drop and delete by keys. */
static const struct value *
run_part(struct evaluation *evaluation, const struct call *call)
{
    bool map = FIRST->kind == VALUE_MAP;
    bool one = g_str_equal(call->name, "delete");
    size_t width = map ? 2 : 1;
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    if ((!map && !value_is_keyword(FIRST)) || (!one && SECOND->kind != VALUE_LIST) ||
        value_find_opaque(SECOND) != NULL)
        return wrong(evaluation, call);
    if (!evaluate_afford(evaluation, call->syntax, FIRST->count * (SECOND->count + 1)))
        return NULL;
    for (size_t i = 0; i < FIRST->count; i += width) {
        const struct value *key = map ? FIRST->items[i] : FIRST->items[i]->items[0];
        bool named = one ? value_equal(SECOND, key) : has_item(SECOND, key);
        for (size_t j = 0; named == g_str_equal(call->name, "take") && j < width; j++)
            g_ptr_array_add(kept, (void *)(guintptr)FIRST->items[i + j]);
    }
    return value_of_items(evaluation->arena, map ? VALUE_MAP : VALUE_LIST, kept);
}

/* ---- String ---- */

static const struct value *
run_to_integer(struct evaluation *evaluation, const struct call *call)
{
    gint64 number = 0;
    const char *digits = FIRST->kind == VALUE_STRING ? FIRST->text : "";
    const char *number_at = *digits == '+' ? digits + 1 : digits;
    if (strlen(digits) != FIRST->length || (*digits == '+' && !g_ascii_isdigit(*number_at)) ||
        !g_ascii_string_to_signed(number_at, 10, G_MININT64, G_MAXINT64, &number, NULL))
        return evaluate_opaque(evaluation, "dbdoc does not read this number");
    return value_integer(evaluation->arena, number);
}

/* replace_prefix and replace_suffix */
static const struct value *
run_replace_end(struct evaluation *evaluation, const struct call *call)
{
    const struct value *match = SECOND;
    const struct value *other = call->arguments[2];
    if (FIRST->kind != VALUE_STRING || match->kind != VALUE_STRING || other->kind != VALUE_STRING)
        return wrong(evaluation, call);
    bool prefix = g_str_equal(call->name, "replace_prefix");
    gsize rest = FIRST->length - MIN(match->length, FIRST->length);
    if (FIRST->length < match->length ||
        memcmp(FIRST->text + (prefix ? 0 : rest), match->text, match->length) != 0)
        return FIRST;
    g_autoptr(GString) text = g_string_new(NULL);
    if (prefix)
        g_string_append_len(text, other->text, (gssize)other->length);
    g_string_append_len(text, FIRST->text + (prefix ? match->length : 0), (gssize)rest);
    if (!prefix)
        g_string_append_len(text, other->text, (gssize)other->length);
    return evaluate_afford(evaluation, call->syntax, text->len)
               ? value_string(evaluation->arena, text->str, (gssize)text->len)
               : NULL;
}

const struct library_function library_lists[] = {
    {"Enum", "concat", 1, 2, run_concat},
    {"Enum", "take", 2, 2, run_take},
    {"Enum", "drop", 2, 2, run_take},
    {"Enum", "empty?", 1, 1, run_is_empty},
    {"Enum", "chunk_every", 2, 2, run_chunk_every},
    {"List", "wrap", 1, 1, run_wrap},
    {"Map", "take", 2, 2, run_part},
    {"Map", "drop", 2, 2, run_part},
    {"Map", "delete", 2, 2, run_part},
    {"Keyword", "take", 2, 2, run_part},
    {"Keyword", "drop", 2, 2, run_part},
    {"String", "to_integer", 1, 1, run_to_integer},
    {"String", "replace_prefix", 3, 3, run_replace_end},
    {"String", "replace_suffix", 3, 3, run_replace_end},
    {NULL, NULL, 0, 0, NULL},
};
