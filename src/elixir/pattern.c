/* pattern.c - matching values against patterns, and guards. */
#include "elixir/internal.h"

#include <string.h>

static enum match
both(enum match a, enum match b)
{
    if (a == MATCH_NO || b == MATCH_NO)
        return MATCH_NO;
    return a == MATCH_UNKNOWN || b == MATCH_UNKNOWN ? MATCH_UNKNOWN : MATCH_YES;
}

static enum match
match_variable(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
               const struct value *value)
{
    if (pattern->text[0] == '_' && pattern->text[1] == '\0')
        return MATCH_YES;
    frame->variables = binding_add(evaluation->arena, frame->variables, pattern->text, value);
    return MATCH_YES;
}

/* All variables of a pattern that an opaque value meets are opaque. */
static enum match
match_opaque(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
             const struct value *value)
{
    if (pattern->kind == SYNTAX_VARIABLE)
        return match_variable(evaluation, frame, pattern, value);
    bool pins = pattern->kind == SYNTAX_UNARY || pattern->kind == SYNTAX_CALL;
    for (size_t i = 0; !pins && i < pattern->count; i++)
        match_opaque(evaluation, frame, pattern->items[i], value);
    return MATCH_UNKNOWN;
}

static enum match
match_value(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
            const struct value *value)
{
    const struct value *expected = evaluate(evaluation, frame, pattern);
    if (expected == NULL || value_find_opaque(expected) != NULL)
        return MATCH_UNKNOWN;
    return value_equal(expected, value) ? MATCH_YES : MATCH_NO;
}

static enum match
match_tuple(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
            const struct value *value)
{
    if (value->kind != VALUE_TUPLE || value->count != pattern->count)
        return MATCH_NO;
    enum match match = MATCH_YES;
    for (size_t i = 0; i < pattern->count; i++)
        match = both(match, pattern_match(evaluation, frame, pattern->items[i], value->items[i]));
    return match;
}

static enum match
match_list(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
           const struct value *value)
{
    const struct syntax *last = pattern->count > 0 ? pattern->items[pattern->count - 1] : NULL;
    bool open = last != NULL && last->kind == SYNTAX_BINARY && g_str_equal(last->text, "|");
    if (value->kind != VALUE_LIST ||
        (open ? value->count < pattern->count : value->count != pattern->count))
        return MATCH_NO;
    enum match match = MATCH_YES;
    for (size_t i = 0; i < pattern->count; i++) {
        const struct syntax *item = open && i + 1 == pattern->count ? last->items[0]
                                                                    : pattern->items[i];
        match = both(match, pattern_match(evaluation, frame, item, value->items[i]));
    }
    if (!open)
        return match;
    g_autoptr(GPtrArray) rest = g_ptr_array_new();
    for (size_t i = pattern->count; i < value->count; i++)
        g_ptr_array_add(rest, (void *)(guintptr)value->items[i]);
    return both(match, pattern_match(evaluation, frame, last->items[1],
                                     value_of_items(evaluation->arena, VALUE_LIST, rest)));
}

static enum match
match_map(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
          const struct value *value)
{
    if (value->kind != VALUE_MAP)
        return MATCH_NO;
    enum match match = MATCH_YES;
    if (pattern->target != NULL) {
        const struct value *name = value_get(value, "__struct__");
        match = name == NULL ? MATCH_NO : pattern_match(evaluation, frame, pattern->target, name);
    }
    for (size_t i = 0; i < pattern->count; i++) {
        const struct syntax *pair = pattern->items[i];
        const struct value *key = pair->kind == SYNTAX_TUPLE
                                      ? evaluate(evaluation, frame, pair->items[0])
                                      : NULL;
        if (key == NULL)
            return MATCH_UNKNOWN;
        const struct value *found = value_map_get(value, key);
        if (found == NULL)
            return MATCH_NO;
        match = both(match, pattern_match(evaluation, frame, pair->items[1], found));
    }
    return match;
}

/* "text" <> rest */
static enum match
match_prefix(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
             const struct value *value)
{
    const struct value *prefix = evaluate(evaluation, frame, pattern->items[0]);
    if (prefix == NULL || prefix->kind != VALUE_STRING)
        return MATCH_UNKNOWN;
    if (value->kind != VALUE_STRING || value->length < prefix->length ||
        memcmp(value->text, prefix->text, prefix->length) != 0)
        return MATCH_NO;
    return pattern_match(evaluation, frame, pattern->items[1],
                         value_string(evaluation->arena, value->text + prefix->length,
                                      (gssize)(value->length - prefix->length)));
}

/* first..last and first..last//step */
static enum match
match_range(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
            const struct value *value)
{
    if (!value_is_struct(value, "Elixir.Range"))
        return MATCH_NO;
    if (g_str_equal(pattern->text, "//"))
        return both(pattern_match(evaluation, frame, pattern->items[0], value),
                    pattern_match(evaluation, frame, pattern->items[1], value_get(value, "step")));
    return both(pattern_match(evaluation, frame, pattern->items[0], value_get(value, "first")),
                pattern_match(evaluation, frame, pattern->items[1], value_get(value, "last")));
}

static enum match
match_operator(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
               const struct value *value)
{
    if (g_str_equal(pattern->text, "="))
        return both(pattern_match(evaluation, frame, pattern->items[0], value),
                    pattern_match(evaluation, frame, pattern->items[1], value));
    if (g_str_equal(pattern->text, "\\\\"))
        return pattern_match(evaluation, frame, pattern->items[0], value);
    if (g_str_equal(pattern->text, "..") || g_str_equal(pattern->text, "//"))
        return match_range(evaluation, frame, pattern, value);
    if (g_str_equal(pattern->text, "<>"))
        return match_prefix(evaluation, frame, pattern, value);
    return match_value(evaluation, frame, pattern, value);
}

enum match
pattern_match(struct evaluation *evaluation, struct frame *frame, const struct syntax *pattern,
              const struct value *value)
{
    if (value->kind == VALUE_OPAQUE)
        return match_opaque(evaluation, frame, pattern, value);
    switch (pattern->kind) {
    case SYNTAX_VARIABLE:
        return match_variable(evaluation, frame, pattern, value);
    case SYNTAX_TUPLE:
        return match_tuple(evaluation, frame, pattern, value);
    case SYNTAX_LIST:
        return match_list(evaluation, frame, pattern, value);
    case SYNTAX_MAP:
        return match_map(evaluation, frame, pattern, value);
    case SYNTAX_BINARY:
        return match_operator(evaluation, frame, pattern, value);
    case SYNTAX_UNARY:
        if (g_str_equal(pattern->text, "^"))
            return match_value(evaluation, frame, pattern->items[0], value);
        return match_value(evaluation, frame, pattern, value);
    case SYNTAX_BLOCK:
        if (pattern->count == 1)
            return pattern_match(evaluation, frame, pattern->items[0], value);
        return match_opaque(evaluation, frame, pattern, value);
    case SYNTAX_ATOM:
    case SYNTAX_ALIAS:
    case SYNTAX_INTEGER:
    case SYNTAX_FLOAT:
    case SYNTAX_STRING:
    case SYNTAX_INTERPOLATED:
    case SYNTAX_SIGIL:
        return match_value(evaluation, frame, pattern, value);
    case SYNTAX_ALIASES:
    case SYNTAX_CALL:
    case SYNTAX_APPLY:
    case SYNTAX_ACCESS:
    case SYNTAX_FUNCTION:
    case SYNTAX_CLAUSE:
    case SYNTAX_UNKNOWN:
        return match_opaque(evaluation, frame, pattern, value);
    }
    g_assert_not_reached();
}

enum match
guard_holds(struct evaluation *evaluation, struct frame *frame, const struct syntax *guard)
{
    if (guard == NULL)
        return MATCH_YES;
    const struct value *value = evaluate(evaluation, frame, guard);
    if (value == NULL || value->kind == VALUE_OPAQUE)
        return MATCH_UNKNOWN;
    return value_is_atom(value, "true") ? MATCH_YES : MATCH_NO;
}

static enum match
match_clause(struct evaluation *evaluation, struct frame *frame, const struct syntax *clause,
             const GPtrArray *arguments)
{
    if (clause->kind != SYNTAX_CLAUSE || clause->count != arguments->len)
        return MATCH_NO;
    enum match match = MATCH_YES;
    for (size_t i = 0; i < clause->count; i++)
        match = both(match,
                     pattern_match(evaluation, frame, clause->items[i], arguments->pdata[i]));
    return match == MATCH_YES ? guard_holds(evaluation, frame, clause->guard) : match;
}

const struct value *
clauses_evaluate(struct evaluation *evaluation, const struct frame *frame,
                 const struct syntax *clauses, const GPtrArray *arguments, enum match *matched)
{
    for (size_t i = 0; i < clauses->count; i++) {
        struct frame inner = *frame;
        *matched = match_clause(evaluation, &inner, clauses->items[i], arguments);
        if (evaluation->exception != NULL)
            return NULL;
        if (*matched == MATCH_YES)
            return clauses->items[i]->body != NULL
                       ? evaluate_block(evaluation, &inner, clauses->items[i]->body)
                       : &value_nil;
        if (*matched == MATCH_UNKNOWN)
            return evaluate_step(evaluation, clauses->items[i],
                                 "which clause applies depends on a value that is not known");
    }
    *matched = MATCH_NO;
    return &value_nil;
}
