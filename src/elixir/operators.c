/* operators.c - unary and binary operators. */
#include "elixir/internal.h"

#include <string.h>

typedef const struct value *(*operator_run)(struct evaluation *evaluation,
                                            const struct syntax *syntax, const struct value *left,
                                            const struct value *right);

static bool
are_numbers(const struct value *a, const struct value *b)
{
    return (a->kind == VALUE_INTEGER || a->kind == VALUE_FLOAT) &&
           (b->kind == VALUE_INTEGER || b->kind == VALUE_FLOAT);
}

static double
as_real(const struct value *number)
{
    return number->kind == VALUE_INTEGER ? (double)number->integer : number->real;
}

static const struct value *
wrong_arguments(struct evaluation *evaluation, const struct syntax *syntax)
{
    return evaluate_raise(evaluation, syntax, "ArithmeticError",
                          "bad argument in arithmetic expression");
}

static const struct value *
run_add(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
        const struct value *right)
{
    int64_t sum;
    if (!are_numbers(left, right))
        return wrong_arguments(evaluation, syntax);
    if (left->kind == VALUE_INTEGER && right->kind == VALUE_INTEGER)
        return __builtin_add_overflow(left->integer, right->integer, &sum)
                   ? evaluate_opaque(evaluation, "the number is too large")
                   : value_integer(evaluation->arena, sum);
    return value_float(evaluation->arena, as_real(left) + as_real(right));
}

static const struct value *
run_subtract(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
             const struct value *right)
{
    int64_t difference;
    if (!are_numbers(left, right))
        return wrong_arguments(evaluation, syntax);
    if (left->kind == VALUE_INTEGER && right->kind == VALUE_INTEGER)
        return __builtin_sub_overflow(left->integer, right->integer, &difference)
                   ? evaluate_opaque(evaluation, "the number is too large")
                   : value_integer(evaluation->arena, difference);
    return value_float(evaluation->arena, as_real(left) - as_real(right));
}

static const struct value *
run_multiply(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
             const struct value *right)
{
    int64_t product;
    if (!are_numbers(left, right))
        return wrong_arguments(evaluation, syntax);
    if (left->kind == VALUE_INTEGER && right->kind == VALUE_INTEGER)
        return __builtin_mul_overflow(left->integer, right->integer, &product)
                   ? evaluate_opaque(evaluation, "the number is too large")
                   : value_integer(evaluation->arena, product);
    return value_float(evaluation->arena, as_real(left) * as_real(right));
}

static const struct value *
run_divide(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
           const struct value *right)
{
    if (!are_numbers(left, right) || as_real(right) == 0)
        return wrong_arguments(evaluation, syntax);
    return value_float(evaluation->arena, as_real(left) / as_real(right));
}

static const struct value *
run_join_texts(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
               const struct value *right)
{
    if (left->kind != VALUE_STRING || right->kind != VALUE_STRING)
        return evaluate_raise(evaluation, syntax, "ArgumentError",
                              "expected binary argument in <>");
    if (!evaluate_afford(evaluation, syntax, left->length + right->length))
        return NULL;
    GString *text = g_string_new_len(left->text, (gssize)left->length);
    g_string_append_len(text, right->text, (gssize)right->length);
    const struct value *value = value_string(evaluation->arena, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return value;
}

static const struct value *
run_join_lists(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
               const struct value *right)
{
    if (left->kind != VALUE_LIST || right->kind != VALUE_LIST)
        return evaluate_raise(evaluation, syntax, "ArgumentError", "expected lists around ++");
    if (!evaluate_afford(evaluation, syntax, (left->count + right->count) * sizeof left))
        return NULL;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 0; i < left->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)left->items[i]);
    for (size_t i = 0; i < right->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)right->items[i]);
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

/* Each item on the right takes its first equal away on the left. */
static const struct value *
run_take_away(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
              const struct value *right)
{
    if (left->kind != VALUE_LIST || right->kind != VALUE_LIST)
        return evaluate_raise(evaluation, syntax, "ArgumentError", "expected lists around --");
    if (!evaluate_afford(evaluation, syntax, left->count * (right->count + 1) * sizeof left))
        return NULL;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 0; i < left->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)left->items[i]);
    for (size_t i = 0; i < right->count; i++) {
        for (guint j = 0; j < items->len; j++) {
            if (value_equal(items->pdata[j], right->items[i])) {
                g_ptr_array_remove_index(items, j);
                break;
            }
        }
    }
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

static const struct value *
run_range(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
          const struct value *right)
{
    if (left->kind != VALUE_INTEGER || right->kind != VALUE_INTEGER)
        return evaluate_raise(evaluation, syntax, "ArgumentError", "ranges go over integers");
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *range = value_of_items(evaluation->arena, VALUE_MAP, none);
    range = value_put(evaluation->arena, range, "first", left);
    range = value_put(evaluation->arena, range, "last", right);
    range = value_put(evaluation->arena, range, "step",
                      value_integer(evaluation->arena, left->integer <= right->integer ? 1 : -1));
    return value_put(evaluation->arena, range, "__struct__",
                     value_atom(evaluation->arena, "Elixir.Range"));
}

static const struct value *
run_range_step(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
               const struct value *right)
{
    if (!value_is_struct(left, "Elixir.Range") || right->kind != VALUE_INTEGER ||
        right->integer == 0)
        return evaluate_raise(evaluation, syntax, "ArgumentError", "a range's step is an integer");
    return value_put(evaluation->arena, left, "step", right);
}

static const struct value *
run_in(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
       const struct value *right)
{
    (void)syntax;
    g_autoptr(GPtrArray) items = value_enumerate(evaluation->arena, right);
    if (items == NULL)
        return evaluate_opaque(evaluation, "what it goes over is not known");
    for (guint i = 0; i < items->len; i++)
        if (value_equal(items->pdata[i], left))
            return value_boolean(true);
    return value_boolean(false);
}

static const struct value *
run_not_in(struct evaluation *evaluation, const struct syntax *syntax, const struct value *left,
           const struct value *right)
{
    const struct value *in = run_in(evaluation, syntax, left, right);
    return in == NULL || in->kind == VALUE_OPAQUE ? in : value_boolean(!value_is_true(in));
}

/* ---- Comparison: the sign of value_compare, and whether numbers of two kinds can be equal. ----
 */

static const struct {
    const char *name;
    bool below, same, above;
    bool strict;
} comparisons[] = {
    {"==", false, true, false, false}, {"!=", true, false, true, false},
    {"===", false, true, false, true}, {"!==", true, false, true, true},
    {"<", true, false, false, false},  {"<=", true, true, false, false},
    {">", false, false, true, false},  {">=", false, true, true, false},
};

static const struct value *
compare(const struct syntax *syntax, const struct value *left, const struct value *right)
{
    for (size_t i = 0; i < G_N_ELEMENTS(comparisons); i++) {
        if (!g_str_equal(comparisons[i].name, syntax->text))
            continue;
        int order = value_compare(left, right);
        if (order == 0 && comparisons[i].strict && left->kind != right->kind)
            order = 1;
        return value_boolean(order < 0    ? comparisons[i].below
                             : order == 0 ? comparisons[i].same
                                          : comparisons[i].above);
    }
    return NULL;
}

static const struct {
    const char *name;
    operator_run run;
} operators[] = {
    {"+", run_add},         {"-", run_subtract},    {"*", run_multiply},    {"/", run_divide},
    {"<>", run_join_texts}, {"++", run_join_lists}, {"--", run_take_away},  {"..", run_range},
    {"//", run_range_step}, {"in", run_in},         {"not in", run_not_in},
};

static const struct value *
evaluate_match(struct evaluation *evaluation, struct frame *frame, const struct syntax *binary)
{
    const struct value *value = evaluate(evaluation, frame, binary->items[1]);
    if (value == NULL)
        return NULL;
    if (pattern_match(evaluation, frame, binary->items[0], value) == MATCH_NO)
        return evaluate_raise(evaluation, binary, "MatchError",
                              "no match of right hand side value: %s",
                              value_inspect(evaluation->arena, value));
    return value;
}

/* && || and or: the right side only where it counts. */
static const struct value *
evaluate_short(struct evaluation *evaluation, struct frame *frame, const struct syntax *binary)
{
    bool conjunction = binary->text[0] == '&' || binary->text[0] == 'a';
    const struct value *left = evaluate(evaluation, frame, binary->items[0]);
    if (left == NULL || left->kind == VALUE_OPAQUE || value_is_true(left) != conjunction)
        return left;
    return evaluate(evaluation, frame, binary->items[1]);
}

const struct value *
operator_evaluate(struct evaluation *evaluation, struct frame *frame, const struct syntax *binary)
{
    static const char *const shorts[] = {"&&", "||", "and", "or"};
    if (g_str_equal(binary->text, "="))
        return evaluate_match(evaluation, frame, binary);
    for (size_t i = 0; i < G_N_ELEMENTS(shorts); i++)
        if (g_str_equal(binary->text, shorts[i]))
            return evaluate_short(evaluation, frame, binary);
    const struct value *left = evaluate(evaluation, frame, binary->items[0]);
    const struct value *right = left == NULL ? NULL : evaluate(evaluation, frame, binary->items[1]);
    if (right == NULL)
        return NULL;
    const struct value *opaque = value_find_opaque(left);
    if (opaque == NULL)
        opaque = value_find_opaque(right);
    if (opaque != NULL)
        return opaque;
    const struct value *truth = compare(binary, left, right);
    if (truth != NULL)
        return truth;
    for (size_t i = 0; i < G_N_ELEMENTS(operators); i++)
        if (g_str_equal(operators[i].name, binary->text))
            return operators[i].run(evaluation, binary, left, right);
    return evaluate_step(evaluation, binary, "dbdoc does not follow the operator %s", binary->text);
}

static const struct value *
read_attribute(struct evaluation *evaluation, struct frame *frame, const struct syntax *unary)
{
    const struct syntax *name = unary->items[0];
    const struct value *value = name->text != NULL ? binding_find(frame->attributes, name->text)
                                                   : NULL;
    return value != NULL ? value
                         : evaluate_opaque(evaluation, "@%s is not known",
                                           name->text != NULL ? name->text : "");
}

const struct value *
unary_evaluate(struct evaluation *evaluation, struct frame *frame, const struct syntax *unary)
{
    if (g_str_equal(unary->text, "&"))
        return capture_evaluate(evaluation, frame, unary);
    if (g_str_equal(unary->text, "@"))
        return read_attribute(evaluation, frame, unary);
    const struct value *operand = evaluate(evaluation, frame, unary->items[0]);
    if (operand == NULL || operand->kind == VALUE_OPAQUE)
        return operand;
    if (g_str_equal(unary->text, "not") || g_str_equal(unary->text, "!"))
        return value_boolean(!value_is_true(operand));
    const struct value *zero = value_integer(evaluation->arena, 0);
    if (g_str_equal(unary->text, "-") && operand->kind == VALUE_FLOAT)
        return value_float(evaluation->arena, -operand->real);
    if (g_str_equal(unary->text, "-"))
        return run_subtract(evaluation, unary, zero, operand);
    if (g_str_equal(unary->text, "+"))
        return run_add(evaluation, unary, zero, operand);
    return evaluate_step(evaluation, unary, "dbdoc does not follow the operator %s", unary->text);
}
