/* evaluate.c - expressions that are not calls: literals, collections, names, blocks. */
#include "elixir/evaluate.h"

#include "elixir/internal.h"

#include <string.h>

enum {
    MOST_WORK = 2000000, /* expressions; the largest real migration takes a few thousand */
    BYTES_OF_WORK = 64,  /* memory counts as work */
    DEEPEST = 300,
    EXCERPT = 80,
};

static bool
knows_nothing(const struct evaluation *evaluation, const char *module, const char *name)
{
    (void)evaluation;
    (void)module;
    (void)name;
    return false;
}

const struct host no_host = {.knows = knows_nothing};

/* ---- Endings ---- */

const struct value *
evaluate_raise(struct evaluation *evaluation, const struct syntax *syntax, const char *module,
               const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct exception *exception = arena_alloc(evaluation->arena, sizeof *exception);
    exception->kind = EXCEPTION_RAISED;
    exception->module = module;
    exception->message = arena_intern(evaluation->arena, message);
    exception->syntax = syntax;
    evaluation->exception = exception;
    return NULL;
}

static const struct value *
give_up(struct evaluation *evaluation, const struct syntax *syntax)
{
    struct exception *exception = arena_alloc(evaluation->arena, sizeof *exception);
    exception->kind = EXCEPTION_LIMIT;
    exception->message = "it does not end within dbdoc's limits";
    exception->syntax = syntax;
    evaluation->exception = exception;
    return NULL;
}

bool
evaluate_afford(struct evaluation *evaluation, const struct syntax *syntax, size_t bytes)
{
    evaluation->work += (unsigned)MIN(bytes / BYTES_OF_WORK + 1, MOST_WORK);
    return evaluation->work <= MOST_WORK || give_up(evaluation, syntax) != NULL;
}

const struct value *
evaluate_step(struct evaluation *evaluation, const struct syntax *syntax, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (evaluation->host->step != NULL)
        evaluation->host->step(evaluation, syntax, reason);
    return value_opaque(evaluation->arena, reason);
}

const struct value *
evaluate_opaque(struct evaluation *evaluation, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return value_opaque(evaluation->arena, reason);
}

/* ---- Literals ---- */

static const struct value *
evaluate_atom(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    (void)frame;
    return value_atom(evaluation->arena, syntax->text);
}

static const struct value *
evaluate_integer(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    (void)frame;
    return value_integer(evaluation->arena, syntax->integer);
}

static const struct value *
evaluate_float(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    (void)frame;
    return value_float(evaluation->arena, syntax->real);
}

static const struct value *
evaluate_string(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    (void)frame;
    return value_string(evaluation->arena, syntax->text, (gssize)syntax->length);
}

/* Joins the pieces of an interpolated literal into `text`: false with *result opaque or NULL. */
static bool
join_pieces(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax,
            GString *text, const struct value **result)
{
    for (size_t i = 0; i < syntax->count; i++) {
        const struct value *piece = evaluate(evaluation, frame, syntax->items[i]);
        *result = piece;
        if (piece == NULL)
            return false;
        const struct value *opaque = value_find_opaque(piece);
        if (opaque != NULL) {
            *result = opaque;
            return false;
        }
        if (!evaluate_afford(evaluation, syntax, text->len + piece->length)) {
            *result = NULL;
            return false;
        }
        if (!value_append_text(text, piece)) {
            *result = evaluate_opaque(evaluation, "%s has no text",
                                      value_inspect(evaluation->arena, piece));
            return false;
        }
    }
    return true;
}

static const struct value *
evaluate_interpolated(struct evaluation *evaluation, struct frame *frame,
                      const struct syntax *syntax)
{
    const struct value *result = NULL;
    GString *text = g_string_new(NULL);
    if (join_pieces(evaluation, frame, syntax, text, &result))
        result = syntax->makes == SYNTAX_ATOM
                     ? value_atom(evaluation->arena, text->str)
                     : value_string(evaluation->arena, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return result;
}

/* ~w(a b)a */
static const struct value *
split_words(struct evaluation *evaluation, const GString *text, const char *modifiers)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_auto(GStrv) words = g_strsplit_set(text->str, " \t\r\n", -1);
    for (size_t i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_ptr_array_add(
                items, (void *)(guintptr)(*modifiers == 'a'
                                              ? value_atom(evaluation->arena, words[i])
                                              : value_string(evaluation->arena, words[i], -1)));
    return value_of_items(evaluation->arena, VALUE_LIST, items);
}

static const struct value *
evaluate_sigil(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    char name = g_ascii_tolower(syntax->text[0]);
    if (strlen(syntax->text) != 1 || strchr("sw", name) == NULL)
        return evaluate_opaque(evaluation, "dbdoc does not read the sigil ~%s", syntax->text);
    const struct value *result = NULL;
    GString *text = g_string_new(NULL);
    if (join_pieces(evaluation, frame, syntax, text, &result))
        result = name == 'w' ? split_words(evaluation, text, syntax->modifiers)
                             : value_string(evaluation->arena, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return result;
}

/* ---- Collections ---- */

static bool
is_operator(const struct syntax *syntax, const char *operator)
{
    return syntax->kind == SYNTAX_BINARY && g_str_equal(syntax->text, operator);
}

static bool
add_item(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax,
         GPtrArray *items)
{
    const struct value *item = evaluate(evaluation, frame, syntax);
    g_ptr_array_add(items, (void *)(guintptr)item);
    return item != NULL;
}

static const struct value *
evaluate_items(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 0; i < syntax->count; i++) {
        const struct syntax *item = syntax->items[i];
        if (syntax->kind == SYNTAX_TUPLE || !is_operator(item, "|")) {
            if (!add_item(evaluation, frame, item, items))
                return NULL;
            continue;
        }
        if (!add_item(evaluation, frame, item->items[0], items))
            return NULL;
        const struct value *tail = evaluate(evaluation, frame, item->items[1]);
        if (tail == NULL || tail->kind == VALUE_OPAQUE)
            return tail;
        if (!evaluate_afford(evaluation, syntax, tail->count * sizeof tail))
            return NULL;
        for (size_t j = 0; j < tail->count; j++)
            g_ptr_array_add(items, (void *)(guintptr)tail->items[j]);
    }
    return value_of_items(evaluation->arena,
                          syntax->kind == SYNTAX_TUPLE ? VALUE_TUPLE : VALUE_LIST, items);
}

static const struct value *
evaluate_map(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *map = value_of_items(evaluation->arena, VALUE_MAP, none);
    if (syntax->base != NULL)
        map = evaluate(evaluation, frame, syntax->base);
    if (map == NULL || map->kind == VALUE_OPAQUE)
        return map;
    if (map->kind != VALUE_MAP)
        return evaluate_raise(evaluation, syntax, "BadMapError", "expected a map, got: %s",
                              value_inspect(evaluation->arena, map));
    if (syntax->target != NULL) {
        const struct value *name = evaluate(evaluation, frame, syntax->target);
        if (name == NULL || name->kind == VALUE_OPAQUE)
            return name;
        map = value_put(evaluation->arena, map, "__struct__", name);
    }
    for (size_t i = 0; i < syntax->count; i++) {
        if (syntax->items[i]->kind != SYNTAX_TUPLE)
            return evaluate_opaque(evaluation, "dbdoc does not read this map");
        const struct value *key = evaluate(evaluation, frame, syntax->items[i]->items[0]);
        const struct value *value = key == NULL
                                        ? NULL
                                        : evaluate(evaluation, frame, syntax->items[i]->items[1]);
        if (value == NULL || key->kind == VALUE_OPAQUE)
            return value == NULL ? NULL : key;
        if (!evaluate_afford(evaluation, syntax, map->count * sizeof map))
            return NULL;
        map = value_map_put(evaluation->arena, map, key, value);
    }
    return map;
}

static const struct value *
evaluate_access(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    const struct value *container = evaluate(evaluation, frame, syntax->items[0]);
    const struct value *key = container == NULL ? NULL
                                                : evaluate(evaluation, frame, syntax->items[1]);
    if (key == NULL)
        return NULL;
    if (container->kind == VALUE_OPAQUE || key->kind == VALUE_OPAQUE)
        return container->kind == VALUE_OPAQUE ? container : key;
    const struct value *found = NULL;
    if (container->kind == VALUE_MAP)
        found = value_map_get(container, key);
    else if (key->kind == VALUE_ATOM)
        found = value_get(container, key->text);
    return found != NULL ? found : &value_nil;
}

/* ---- Names ---- */

const char *
alias_resolve(struct evaluation *evaluation, const struct frame *frame, const struct syntax *alias)
{
    if (alias->target != NULL) {
        struct frame copy = *frame;
        const struct value *target = evaluate(evaluation, &copy, alias->target);
        if (target == NULL || target->kind != VALUE_ATOM)
            return NULL;
        return arena_printf(evaluation->arena, "%s.%s", target->text, alias->text);
    }
    const char *dot = strchr(alias->text, '.');
    g_autofree char *first = g_strndup(alias->text, dot != NULL ? (gsize)(dot - alias->text)
                                                                : strlen(alias->text));
    if (g_str_equal(first, "Elixir"))
        return alias->text;
    const struct value *full = binding_find(frame->aliases, first);
    if (full != NULL)
        return arena_printf(evaluation->arena, "%s%s", full->text, dot != NULL ? dot : "");
    return arena_printf(evaluation->arena, "Elixir.%s", alias->text);
}

static const struct value *
evaluate_alias(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    const char *name = alias_resolve(evaluation, frame, syntax);
    if (name == NULL)
        return evaluation->exception != NULL
                   ? NULL
                   : evaluate_opaque(evaluation, "the module's name is not known");
    return value_atom(evaluation->arena, name);
}

static const struct value *
evaluate_variable(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    const struct value *value = binding_find(frame->variables, syntax->text);
    if (value != NULL)
        return value;
    if (g_str_equal(syntax->text, "__MODULE__"))
        return frame->module != NULL ? value_atom(evaluation->arena, frame->module->name)
                                     : &value_nil;
    if (g_str_equal(syntax->text, "__DIR__")) {
        g_autofree char *folder = g_path_get_dirname(syntax->source->path);
        return value_string(evaluation->arena, folder, -1);
    }
    return call_evaluate(evaluation, frame, syntax);
}

/* ---- Blocks ---- */

const struct value *
evaluate_block(struct evaluation *evaluation, struct frame *frame, const struct syntax *block)
{
    if (block->kind != SYNTAX_BLOCK)
        return evaluate(evaluation, frame, block);
    const struct syntax *outer = evaluation->statement;
    const struct value *value = &value_nil;
    for (size_t i = 0; i < block->count && value != NULL; i++) {
        evaluation->statement = block->items[i];
        value = evaluate(evaluation, frame, block->items[i]);
    }
    evaluation->statement = outer;
    return value;
}

static const struct value *
evaluate_function_literal(struct evaluation *evaluation, struct frame *frame,
                          const struct syntax *syntax)
{
    struct closure closure = {.kind = CLOSURE_FUNCTION, .syntax = syntax, .frame = *frame};
    return value_closure(evaluation->arena, &closure);
}

static const struct value *
evaluate_application(struct evaluation *evaluation, struct frame *frame,
                     const struct syntax *syntax)
{
    const struct value *function = evaluate(evaluation, frame, syntax->target);
    if (function == NULL)
        return NULL;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (size_t i = 0; i < syntax->count; i++)
        if (!add_item(evaluation, frame, syntax->items[i], arguments))
            return NULL;
    return evaluate_apply(evaluation, syntax, function, arguments->len,
                          (const struct value *const *)arguments->pdata);
}

static const struct value *
evaluate_unknown(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    (void)frame;
    return evaluate_step(evaluation, syntax, "dbdoc does not follow \"%s\"",
                         syntax_excerpt(evaluation->arena, syntax, EXCERPT));
}

const struct value *
evaluate(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    static const special_form ways[] = {
        [SYNTAX_ATOM] = evaluate_atom,
        [SYNTAX_ALIAS] = evaluate_alias,
        [SYNTAX_ALIASES] = evaluate_unknown,
        [SYNTAX_VARIABLE] = evaluate_variable,
        [SYNTAX_INTEGER] = evaluate_integer,
        [SYNTAX_FLOAT] = evaluate_float,
        [SYNTAX_STRING] = evaluate_string,
        [SYNTAX_INTERPOLATED] = evaluate_interpolated,
        [SYNTAX_SIGIL] = evaluate_sigil,
        [SYNTAX_LIST] = evaluate_items,
        [SYNTAX_TUPLE] = evaluate_items,
        [SYNTAX_MAP] = evaluate_map,
        [SYNTAX_CALL] = call_evaluate,
        [SYNTAX_APPLY] = evaluate_application,
        [SYNTAX_ACCESS] = evaluate_access,
        [SYNTAX_UNARY] = unary_evaluate,
        [SYNTAX_BINARY] = operator_evaluate,
        [SYNTAX_BLOCK] = evaluate_block,
        [SYNTAX_FUNCTION] = evaluate_function_literal,
        [SYNTAX_CLAUSE] = evaluate_unknown,
        [SYNTAX_UNKNOWN] = evaluate_unknown,
    };
    if (evaluation->exception != NULL)
        return NULL;
    if (++evaluation->work > MOST_WORK || evaluation->depth >= DEEPEST)
        return give_up(evaluation, syntax);
    evaluation->depth++;
    const struct value *value = ways[syntax->kind](evaluation, frame, syntax);
    evaluation->depth--;
    return value;
}
