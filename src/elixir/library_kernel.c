/* library_kernel.c - functions of Kernel: questions about values, and conversions. */
#include "elixir/internal.h"

#include <string.h>

#define FIRST (call->arguments[0])

static const struct value *
run_inspect(struct evaluation *evaluation, const struct call *call)
{
    const struct value *opaque = value_find_opaque(FIRST);
    return opaque != NULL
               ? opaque
               : value_string(evaluation->arena, value_inspect(evaluation->arena, FIRST), -1);
}

static const struct value *
run_to_string(struct evaluation *evaluation, const struct call *call)
{
    GString *text = g_string_new(NULL);
    const struct value *value = value_append_text(text, FIRST)
                                    ? value_string(evaluation->arena, text->str, (gssize)text->len)
                                    : evaluate_opaque(evaluation, "%s has no text",
                                                      value_inspect(evaluation->arena, FIRST));
    g_string_free(text, TRUE);
    return value;
}

static const struct value *
run_length(struct evaluation *evaluation, const struct call *call)
{
    return value_integer(evaluation->arena, FIRST->kind == VALUE_MAP ? (int64_t)FIRST->count / 2
                                                                     : (int64_t)FIRST->count);
}

static const struct value *
run_hd(struct evaluation *evaluation, const struct call *call)
{
    if (FIRST->kind != VALUE_LIST || FIRST->count == 0)
        return evaluate_raise(evaluation, call->syntax, "ArgumentError", "the list is empty");
    return FIRST->items[0];
}

static const struct value *
run_tl(struct evaluation *evaluation, const struct call *call)
{
    if (FIRST->kind != VALUE_LIST || FIRST->count == 0)
        return evaluate_raise(evaluation, call->syntax, "ArgumentError", "the list is empty");
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 1; i < FIRST->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)FIRST->items[i]);
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

static const struct value *
run_elem(struct evaluation *evaluation, const struct call *call)
{
    const struct value *place = call->arguments[1];
    if (FIRST->kind != VALUE_TUPLE || place->kind != VALUE_INTEGER || place->integer < 0 ||
        (size_t)place->integer >= FIRST->count)
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "there is no such element");
    return FIRST->items[place->integer];
}

static const struct value *
run_is_nil(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    return value_boolean(value_is_nil(FIRST));
}

static const struct value *
run_is_boolean(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    return value_boolean(value_is_atom(FIRST, "true") || value_is_atom(FIRST, "false"));
}

/* is_atom and its like. */
static const struct value *
run_is_kind(struct evaluation *evaluation, const struct call *call)
{
    static const struct {
        const char *name;
        enum value_kind kinds[2];
    } questions[] = {
        {"is_atom", {VALUE_ATOM, VALUE_ATOM}},
        {"is_binary", {VALUE_STRING, VALUE_STRING}},
        {"is_integer", {VALUE_INTEGER, VALUE_INTEGER}},
        {"is_float", {VALUE_FLOAT, VALUE_FLOAT}},
        {"is_number", {VALUE_INTEGER, VALUE_FLOAT}},
        {"is_list", {VALUE_LIST, VALUE_LIST}},
        {"is_tuple", {VALUE_TUPLE, VALUE_TUPLE}},
        {"is_map", {VALUE_MAP, VALUE_MAP}},
        {"is_function", {VALUE_FUNCTION, VALUE_FUNCTION}},
    };
    (void)evaluation;
    for (size_t i = 0; i < G_N_ELEMENTS(questions); i++)
        if (g_str_equal(questions[i].name, call->name))
            return value_boolean(FIRST->kind == questions[i].kinds[0] ||
                                 FIRST->kind == questions[i].kinds[1]);
    g_assert_not_reached();
}

static const struct value *
run_is_map_key(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    return value_boolean(FIRST->kind == VALUE_MAP &&
                         value_map_get(FIRST, call->arguments[1]) != NULL);
}

static const struct value *
run_divide(struct evaluation *evaluation, const struct call *call)
{
    const struct value *by = call->arguments[1];
    if (FIRST->kind != VALUE_INTEGER || by->kind != VALUE_INTEGER || by->integer == 0 ||
        by->integer == -1)
        return evaluate_opaque(evaluation, "dbdoc does not divide this");
    return value_integer(evaluation->arena, g_str_equal(call->name, "div")
                                                ? FIRST->integer / by->integer
                                                : FIRST->integer % by->integer);
}

static const struct value *
run_then(struct evaluation *evaluation, const struct call *call)
{
    return evaluate_apply(evaluation, call->syntax, call->arguments[1], 1, call->arguments);
}

static const struct value *
run_tap(struct evaluation *evaluation, const struct call *call)
{
    return run_then(evaluation, call) != NULL ? FIRST : NULL;
}

const struct library_function library_kernel[] = {
    {"Kernel", "inspect", 1, 2, run_inspect},
    {"Kernel", "to_string", 1, 1, run_to_string},
    {"String.Chars", "to_string", 1, 1, run_to_string},
    {"Kernel", "length", 1, 1, run_length},
    {"Kernel", "map_size", 1, 1, run_length},
    {"Kernel", "tuple_size", 1, 1, run_length},
    {"Kernel", "hd", 1, 1, run_hd},
    {"Kernel", "tl", 1, 1, run_tl},
    {"Kernel", "elem", 2, 2, run_elem},
    {"Kernel", "is_nil", 1, 1, run_is_nil},
    {"Kernel", "is_boolean", 1, 1, run_is_boolean},
    {"Kernel", "is_atom", 1, 1, run_is_kind},
    {"Kernel", "is_binary", 1, 1, run_is_kind},
    {"Kernel", "is_integer", 1, 1, run_is_kind},
    {"Kernel", "is_float", 1, 1, run_is_kind},
    {"Kernel", "is_number", 1, 1, run_is_kind},
    {"Kernel", "is_list", 1, 1, run_is_kind},
    {"Kernel", "is_tuple", 1, 1, run_is_kind},
    {"Kernel", "is_map", 1, 1, run_is_kind},
    {"Kernel", "is_function", 1, 2, run_is_kind},
    {"Kernel", "is_map_key", 2, 2, run_is_map_key},
    {"Kernel", "div", 2, 2, run_divide},
    {"Kernel", "rem", 2, 2, run_divide},
    {"Kernel", "then", 2, 2, run_then},
    {"Kernel", "tap", 2, 2, run_tap},
    {NULL, NULL, 0, 0, NULL},
};
