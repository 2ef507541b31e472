/* library_texts.c - functions of String and Atom. */
#include "elixir/internal.h"

#include <string.h>

#define FIRST (call->arguments[0])

/* Takes the text. */
static const struct value *
make(struct evaluation *evaluation, const struct call *call, char *text)
{
    size_t length = strlen(text);
    const struct value *value = evaluate_afford(evaluation, call->syntax, length)
                                    ? value_string(evaluation->arena, text, (gssize)length)
                                    : NULL;
    g_free(text);
    return value;
}

static const struct value *
wrong(struct evaluation *evaluation, const struct call *call)
{
    return evaluate_opaque(evaluation, "dbdoc does not follow %s of these arguments", call->name);
}

static bool
are_texts(const struct call *call, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (call->arguments[i]->kind != VALUE_STRING)
            return false;
    return true;
}

static const struct value *
run_to_atom(struct evaluation *evaluation, const struct call *call)
{
    if (!are_texts(call, 1))
        return wrong(evaluation, call);
    return value_atom(evaluation->arena, FIRST->text);
}

static const struct value *
run_atom_to_string(struct evaluation *evaluation, const struct call *call)
{
    if (FIRST->kind != VALUE_ATOM)
        return wrong(evaluation, call);
    return value_string(evaluation->arena, FIRST->text, -1);
}

static const struct value *
run_integer_to_string(struct evaluation *evaluation, const struct call *call)
{
    if (FIRST->kind != VALUE_INTEGER)
        return wrong(evaluation, call);
    return make(evaluation, call, g_strdup_printf("%" G_GINT64_FORMAT, FIRST->integer));
}

static const struct value *
run_downcase(struct evaluation *evaluation, const struct call *call)
{
    return are_texts(call, 1) ? make(evaluation, call, g_utf8_strdown(FIRST->text, -1))
                              : wrong(evaluation, call);
}

static const struct value *
run_upcase(struct evaluation *evaluation, const struct call *call)
{
    return are_texts(call, 1) ? make(evaluation, call, g_utf8_strup(FIRST->text, -1))
                              : wrong(evaluation, call);
}

static const struct value *
run_capitalize(struct evaluation *evaluation, const struct call *call)
{
    if (!are_texts(call, 1) || FIRST->length == 0)
        return are_texts(call, 1) ? FIRST : wrong(evaluation, call);
    g_autofree char *lower = g_utf8_strdown(FIRST->text, -1);
    g_autofree char *initial = g_utf8_strup(lower, g_utf8_next_char(lower) - lower);
    return make(evaluation, call, g_strconcat(initial, g_utf8_next_char(lower), NULL));
}

static const struct value *
run_trim(struct evaluation *evaluation, const struct call *call)
{
    if (!are_texts(call, 1))
        return wrong(evaluation, call);
    char *text = g_strdup(FIRST->text);
    if (!g_str_equal(call->name, "trim_leading"))
        g_strchomp(text);
    if (!g_str_equal(call->name, "trim_trailing"))
        g_strchug(text);
    return make(evaluation, call, text);
}

/* Where the part, which is not empty, stands in the text next; `end` when it does not. */
static const char *
find_next(const char *text, const char *end, const struct value *part)
{
    while (text < end && (text = memchr(text, *part->text, (size_t)(end - text))) != NULL) {
        if ((gsize)(end - text) >= part->length && memcmp(text, part->text, part->length) == 0)
            return text;
        text++;
    }
    return end;
}

/* Only plain texts: regular expressions and lists of patterns are not followed. */
static const struct value *
run_replace(struct evaluation *evaluation, const struct call *call)
{
    if (call->count != 3 || !are_texts(call, 3) || call->arguments[1]->length == 0)
        return wrong(evaluation, call);
    const struct value *pattern = call->arguments[1];
    const struct value *replacement = call->arguments[2];
    const char *end = FIRST->text + FIRST->length;
    g_autoptr(GString) text = g_string_new(NULL);
    for (const char *from = FIRST->text;; from += pattern->length) {
        const char *at = find_next(from, end, pattern);
        g_string_append_len(text, from, at - from);
        if (at == end)
            return value_string(evaluation->arena, text->str, (gssize)text->len);
        g_string_append_len(text, replacement->text, (gssize)replacement->length);
        if (!evaluate_afford(evaluation, call->syntax,
                             (size_t)(at - from) + replacement->length + pattern->length))
            return NULL;
        from = at;
    }
}

static const char *
find_space(const char *text, const char *end)
{
    while (text < end && strchr(" \t\r\n", *text) == NULL)
        text++;
    return text;
}

/* Adds a part of a text unless it is empty and those are not wanted. */
static bool
add_part(struct evaluation *evaluation, const struct call *call, GPtrArray *parts, const char *from,
         const char *to, bool empty)
{
    if (from == to && !empty)
        return true;
    if (!evaluate_afford(evaluation, call->syntax, (size_t)(to - from) + sizeof(struct value)))
        return false;
    g_ptr_array_add(parts, (void *)(guintptr)value_string(evaluation->arena, from, to - from));
    return true;
}

static const struct value *
run_split(struct evaluation *evaluation, const struct call *call)
{
    const struct value *options = call->count > 2 ? call->arguments[2] : NULL;
    const struct value *trim = options != NULL ? value_get(options, "trim") : NULL;
    if (!are_texts(call, MIN(call->count, 2)) ||
        (options != NULL && options->count != (trim != NULL ? 1 : 0)))
        return wrong(evaluation, call);
    const struct value *pattern = call->count > 1 ? call->arguments[1] : NULL;
    if (pattern != NULL && pattern->length == 0)
        return wrong(evaluation, call);
    bool empty = pattern != NULL && (trim == NULL || !value_is_true(trim));
    const char *end = FIRST->text + FIRST->length;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (const char *from = FIRST->text;;) {
        const char *at = pattern != NULL ? find_next(from, end, pattern) : find_space(from, end);
        if (!add_part(evaluation, call, parts, from, at, empty))
            return NULL;
        if (at == end)
            return value_of_items(evaluation->arena, VALUE_LIST, parts);
        from = at + (pattern != NULL ? pattern->length : 1);
    }
}

static const struct value *
run_contains(struct evaluation *evaluation, const struct call *call)
{
    if (!are_texts(call, 2))
        return wrong(evaluation, call);
    const char *text = FIRST->text;
    const char *part = call->arguments[1]->text;
    if (g_str_equal(call->name, "starts_with?"))
        return value_boolean(g_str_has_prefix(text, part));
    if (g_str_equal(call->name, "ends_with?"))
        return value_boolean(g_str_has_suffix(text, part));
    return value_boolean(strstr(text, part) != NULL);
}

static const struct value *
run_text_length(struct evaluation *evaluation, const struct call *call)
{
    for (gsize i = 0; i < FIRST->length; i++)
        if ((FIRST->text[i] & 0x80) != 0)
            return wrong(evaluation, call); /* graphemes */
    return are_texts(call, 1) ? value_integer(evaluation->arena, (int64_t)FIRST->length)
                              : wrong(evaluation, call);
}

static const struct value *
run_duplicate(struct evaluation *evaluation, const struct call *call)
{
    const struct value *times = call->arguments[1];
    if (!are_texts(call, 1) || times->kind != VALUE_INTEGER || times->integer < 0)
        return wrong(evaluation, call);
    g_autoptr(GString) text = g_string_new(NULL);
    for (int64_t i = 0; i < times->integer; i++) {
        if (!evaluate_afford(evaluation, call->syntax, FIRST->length))
            return NULL;
        g_string_append_len(text, FIRST->text, (gssize)FIRST->length);
    }
    return value_string(evaluation->arena, text->str, (gssize)text->len);
}

const struct library_function library_texts[] = {
    {"String", "to_atom", 1, 1, run_to_atom},
    {"String", "to_existing_atom", 1, 1, run_to_atom},
    {"Atom", "to_string", 1, 1, run_atom_to_string},
    {"Integer", "to_string", 1, 1, run_integer_to_string},
    {"String", "downcase", 1, 1, run_downcase},
    {"String", "upcase", 1, 1, run_upcase},
    {"String", "capitalize", 1, 1, run_capitalize},
    {"String", "trim", 1, 1, run_trim},
    {"String", "trim_leading", 1, 1, run_trim},
    {"String", "trim_trailing", 1, 1, run_trim},
    {"String", "replace", 3, 4, run_replace},
    {"String", "split", 1, 3, run_split},
    {"String", "contains?", 2, 2, run_contains},
    {"String", "starts_with?", 2, 2, run_contains},
    {"String", "ends_with?", 2, 2, run_contains},
    {"String", "length", 1, 1, run_text_length},
    {"String", "duplicate", 2, 2, run_duplicate},
    {NULL, NULL, 0, 0, NULL},
};
