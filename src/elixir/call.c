/* call.c - who answers a call: the module itself, the host, Elixir's library, another module of the
 * project, or nobody that dbdoc can follow. */
#include "elixir/internal.h"

#include <string.h>

#define ELIXIR "Elixir."

enum { EXCERPT = 80 };

enum answerer { BY_MODULE, BY_HOST, BY_LIBRARY, BY_SURROUNDINGS, BY_NOBODY };

struct destination {
    enum answerer answerer;
    const char *name; /* of the module; NULL in scripts */
    const struct module *module;
    const struct library_function *function;
};

const struct value *
value_closure(struct arena *arena, const struct closure *closure)
{
    struct closure *copy = arena_alloc(arena, sizeof *copy);
    *copy = *closure;
    struct value *value = arena_alloc(arena, sizeof *value);
    value->kind = VALUE_FUNCTION;
    value->closure = copy;
    return value;
}

/* ---- Where a call goes ---- */

static const struct module *
find_module(const struct evaluation *evaluation, const char *name)
{
    return evaluation->project != NULL ? project_find(evaluation->project, name) : NULL;
}

static struct destination
find_remote(const struct evaluation *evaluation, const char *module, const char *name, size_t count)
{
    struct destination found = {.answerer = BY_NOBODY, .name = module};
    const char *plain = g_str_has_prefix(module, ELIXIR) ? module + strlen(ELIXIR) : module;
    if (evaluation->host->knows(evaluation, module, name)) {
        found.answerer = BY_HOST;
    } else if ((found.function = library_find(plain, name, count)) != NULL) {
        found.answerer = BY_LIBRARY;
    } else if (library_reads_surroundings(plain)) {
        found.answerer = BY_SURROUNDINGS;
    } else {
        found.module = find_module(evaluation, module);
        if (found.module != NULL && module_defines(found.module, name, count))
            found.answerer = BY_MODULE;
    }
    return found;
}

/* Queries are built, not run, by these words; what runs them is a call of its own. */
static bool
builds_query(const char *name)
{
    static const char *const words[] = {"from",          "where",
                                        "or_where",      "select",
                                        "select_merge",  "join",
                                        "order_by",      "subquery",
                                        "dynamic",       "limit",
                                        "offset",        "update",
                                        "exclude",       "distinct",
                                        "group_by",      "having",
                                        "preload",       "first",
                                        "last",          "lock",
                                        "union",         "with_cte",
                                        "union_all",     "windows",
                                        "reverse_order", "put_query_prefix"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i], name))
            return true;
    return false;
}

static struct destination
find_local(const struct evaluation *evaluation, const struct frame *frame, const char *name,
           size_t count)
{
    struct destination found = {.answerer = BY_MODULE, .module = frame->module};
    if (frame->module != NULL && module_defines(frame->module, name, count))
        return found;
    for (guint i = 0; frame->module != NULL && i < frame->module->imports->len; i++) {
        found = find_remote(evaluation, frame->module->imports->pdata[i], name, count);
        /* Of Ecto.Query, which nobody reads here, only its own words: others may be a helper's. */
        if (found.answerer != BY_NOBODY &&
            (found.answerer != BY_SURROUNDINGS || builds_query(name)))
            return found;
    }
    found = (struct destination){.answerer = BY_NOBODY};
    if ((found.function = library_find("Kernel", name, count)) != NULL)
        found.answerer = BY_LIBRARY;
    else if (frame->module == NULL && evaluation->host->knows(evaluation, NULL, name))
        found.answerer = BY_HOST;
    return found;
}

/* ---- Calling ---- */

static const struct value *
call_library(struct evaluation *evaluation, const struct destination *to, const struct call *call)
{
    const struct value *opaque = NULL;
    bool function = false;
    for (size_t i = 0; i < call->count; i++) {
        function = function || call->arguments[i]->kind == VALUE_FUNCTION;
        if (opaque == NULL && call->arguments[i]->kind == VALUE_OPAQUE)
            opaque = call->arguments[i];
    }
    if (opaque == NULL)
        return to->function->run(evaluation, call);
    /* What a function would do with the value happens, but nobody knows how often. */
    return function ? evaluate_step(evaluation, call->syntax, "%s", opaque->text) : opaque;
}

static const struct value *
dispatch(struct evaluation *evaluation, const struct destination *to, const struct call *call)
{
    switch (to->answerer) {
    case BY_MODULE:
        return evaluate_function(evaluation, call, to->module);
    case BY_HOST:
        return evaluation->host->call(evaluation, call);
    case BY_LIBRARY:
        return call_library(evaluation, to, call);
    case BY_SURROUNDINGS:
        return evaluate_opaque(evaluation, "%s is known only when it runs",
                               syntax_excerpt(evaluation->arena, call->syntax, EXCERPT));
    case BY_NOBODY:
        break;
    }
    const char *module = to->name != NULL ? to->name : "";
    if (g_str_has_prefix(module, ELIXIR))
        module += strlen(ELIXIR);
    return evaluate_step(evaluation, call->syntax, "dbdoc does not follow the call of %s%s%s",
                         module, *module != '\0' ? "." : "", call->name);
}

static const struct value *
evaluate_do_block(struct evaluation *evaluation, const struct frame *frame,
                  const struct syntax *sections)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    for (size_t i = 0; i < sections->count; i++) {
        struct closure closure = {
            .kind = CLOSURE_BLOCK, .syntax = sections->items[i]->items[1], .frame = *frame};
        const struct value *key = value_atom(evaluation->arena, sections->items[i]->items[0]->text);
        g_ptr_array_add(pairs,
                        (void *)(guintptr)value_pair(evaluation->arena, key,
                                                     value_closure(evaluation->arena, &closure)));
    }
    return value_of_items(evaluation->arena, VALUE_LIST, pairs);
}

static bool
evaluate_arguments(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax,
                   const struct destination *to, GPtrArray *arguments)
{
    bool block = syntax_section(syntax, "do") != NULL && to->answerer == BY_HOST;
    for (size_t i = 0; i < syntax->count; i++) {
        const struct value *argument = block && i + 1 == syntax->count
                                           ? evaluate_do_block(evaluation, frame, syntax->items[i])
                                           : evaluate(evaluation, frame, syntax->items[i]);
        if (argument == NULL)
            return false;
        g_ptr_array_add(arguments, (void *)(guintptr)argument);
    }
    return true;
}

static const struct value *
call_destination(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax,
                 const struct destination *to)
{
    struct call call = {.module = to->name, .name = syntax->text, .syntax = syntax, .frame = frame};
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    /* The arguments of what is not followed may be macros' own language. */
    if (to->answerer != BY_NOBODY && to->answerer != BY_SURROUNDINGS &&
        !evaluate_arguments(evaluation, frame, syntax, to, arguments))
        return NULL;
    call.count = arguments->len;
    call.arguments = (const struct value *const *)arguments->pdata;
    return dispatch(evaluation, to, &call);
}

static bool
is_followed_query(const struct evaluation *evaluation, const struct syntax *syntax)
{
    return evaluation->host->query != NULL &&
           (g_str_equal(syntax->text, "from") || g_str_equal(syntax->text, "where") ||
            g_str_equal(syntax->text, "update"));
}

static const struct value *
call_local(struct evaluation *evaluation, struct frame *frame, const struct syntax *syntax)
{
    special_form form = special_form_find(syntax->text);
    if (form != NULL && syntax->kind == SYNTAX_CALL)
        return form(evaluation, frame, syntax);
    struct destination to = find_local(evaluation, frame, syntax->text, syntax->count);
    bool imported = to.answerer == BY_SURROUNDINGS && g_strcmp0(to.name, ELIXIR "Ecto.Query") == 0;
    if (imported && is_followed_query(evaluation, syntax))
        return evaluation->host->query(evaluation, frame, syntax);
    return call_destination(evaluation, frame, syntax, &to);
}

static const struct value *
read_field(struct evaluation *evaluation, const struct syntax *syntax, const struct value *map)
{
    const struct value *value = value_get(map, syntax->text);
    if (value == NULL)
        return evaluate_raise(evaluation, syntax, "KeyError", "key :%s not found in: %s",
                              syntax->text, value_inspect(evaluation->arena, map));
    return value;
}

const struct value *
call_evaluate(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    if (call->target == NULL)
        return call_local(evaluation, frame, call);
    const struct value *target = evaluate(evaluation, frame, call->target);
    if (target == NULL)
        return NULL;
    if (target->kind == VALUE_OPAQUE)
        return call->count > 0 ? evaluate_step(evaluation, call, "%s", target->text) : target;
    if (target->kind == VALUE_MAP && call->count == 0)
        return read_field(evaluation, call, target);
    if (target->kind != VALUE_ATOM)
        return evaluate_step(evaluation, call, "%s is no module",
                             value_inspect(evaluation->arena, target));
    if (g_str_equal(target->text, "Elixir.Ecto.Query") && is_followed_query(evaluation, call))
        return evaluation->host->query(evaluation, frame, call);
    struct destination to;
    if (frame->module != NULL && g_str_equal(frame->module->name, target->text) &&
        module_defines(frame->module, call->text, call->count))
        to = (struct destination){.answerer = BY_MODULE, .module = frame->module};
    else
        to = find_remote(evaluation, target->text, call->text, call->count);
    return call_destination(evaluation, frame, call, &to);
}

/* ---- Functions as values ---- */

static const struct value *
capture_name(struct evaluation *evaluation, struct frame *frame, const struct syntax *capture)
{
    const struct syntax *name = capture->items[0]->items[0];
    struct closure closure = {
        .kind = CLOSURE_NAMED, .syntax = capture, .frame = *frame, .name = name->text};
    if (name->target != NULL) {
        const struct value *module = evaluate(evaluation, frame, name->target);
        if (module == NULL || module->kind != VALUE_ATOM)
            return module;
        closure.module = module->text;
    }
    return value_closure(evaluation->arena, &closure);
}

const struct value *
capture_evaluate(struct evaluation *evaluation, struct frame *frame, const struct syntax *capture)
{
    const struct syntax *operand = capture->items[0];
    if (operand->kind == SYNTAX_INTEGER) {
        g_autofree char *name = g_strdup_printf("&%" G_GINT64_FORMAT, operand->integer);
        const struct value *value = binding_find(frame->variables, name);
        return value != NULL ? value : evaluate_opaque(evaluation, "%s is not known", name);
    }
    if (operand->kind == SYNTAX_BINARY && g_str_equal(operand->text, "/") &&
        operand->items[1]->kind == SYNTAX_INTEGER && operand->items[0]->count == 0 &&
        (operand->items[0]->kind == SYNTAX_VARIABLE || operand->items[0]->kind == SYNTAX_CALL))
        return capture_name(evaluation, frame, capture);
    struct closure closure = {.kind = CLOSURE_CAPTURE, .syntax = operand, .frame = *frame};
    return value_closure(evaluation->arena, &closure);
}

static const struct value *
apply_clauses(struct evaluation *evaluation, const struct syntax *syntax,
              const struct closure *closure, const GPtrArray *arguments)
{
    enum match matched = MATCH_NO;
    const struct value *value = clauses_evaluate(evaluation, &closure->frame, closure->syntax,
                                                 arguments, &matched);
    if (value != NULL && matched == MATCH_NO)
        return evaluate_raise(evaluation, syntax, "FunctionClauseError",
                              "no function clause matching in anonymous function");
    return value;
}

static const struct value *
apply_capture(struct evaluation *evaluation, const struct closure *closure,
              const GPtrArray *arguments)
{
    struct frame frame = closure->frame;
    for (guint i = 0; i < arguments->len; i++)
        frame.variables = binding_add(evaluation->arena, frame.variables,
                                      arena_printf(evaluation->arena, "&%u", i + 1),
                                      arguments->pdata[i]);
    return evaluate(evaluation, &frame, closure->syntax);
}

const struct value *
evaluate_apply(struct evaluation *evaluation, const struct syntax *syntax,
               const struct value *function, size_t count, const struct value *const *arguments)
{
    if (function->kind == VALUE_OPAQUE)
        return evaluate_step(evaluation, syntax, "%s", function->text);
    if (function->kind != VALUE_FUNCTION)
        return evaluate_raise(evaluation, syntax, "BadFunctionError",
                              "expected a function, got: %s",
                              value_inspect(evaluation->arena, function));
    const struct closure *closure = function->closure;
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (size_t i = 0; i < count; i++)
        g_ptr_array_add(list, (void *)(guintptr)arguments[i]);
    struct frame frame = closure->frame;
    switch (closure->kind) {
    case CLOSURE_FUNCTION:
        return apply_clauses(evaluation, syntax, closure, list);
    case CLOSURE_BLOCK:
        return evaluate_block(evaluation, &frame, closure->syntax);
    case CLOSURE_CAPTURE:
        return apply_capture(evaluation, closure, list);
    case CLOSURE_NAMED:
        break;
    }
    struct destination to = closure->module != NULL
                                ? find_remote(evaluation, closure->module, closure->name, count)
                                : find_local(evaluation, &frame, closure->name, count);
    struct call call = {.module = to.name,
                        .name = closure->name,
                        .syntax = syntax,
                        .frame = &frame,
                        .count = count,
                        .arguments = arguments};
    return dispatch(evaluation, &to, &call);
}

/* ---- Functions of modules ---- */

static bool
is_default(const struct syntax *pattern)
{
    return pattern->kind == SYNTAX_BINARY && g_str_equal(pattern->text, "\\\\");
}

/* The arguments with the defaults that this definition sets for those left out. */
static bool
fill_defaults(struct evaluation *evaluation, const struct definition *definition,
              struct frame *frame, const struct call *call, GPtrArray *arguments)
{
    size_t given = call->count - (definition->arity - definition->defaults);
    size_t next = 0;
    for (size_t i = 0; i < definition->arity; i++) {
        const struct syntax *pattern = definition->head->items[i];
        const struct value *argument;
        if (!is_default(pattern) || given > 0) {
            argument = call->arguments[next++];
            given -= is_default(pattern) ? 1 : 0;
        } else {
            argument = evaluate(evaluation, frame, pattern->items[1]);
        }
        if (argument == NULL)
            return false;
        g_ptr_array_add(arguments, (void *)(guintptr)argument);
    }
    return true;
}

static enum match
match_definition(struct evaluation *evaluation, const struct definition *definition,
                 struct frame *frame, const GPtrArray *arguments)
{
    enum match match = MATCH_YES;
    for (size_t i = 0; i < definition->arity && match != MATCH_NO; i++) {
        enum match one = pattern_match(evaluation, frame, definition->head->items[i],
                                       arguments->pdata[i]);
        match = one == MATCH_YES ? match : one;
    }
    return match == MATCH_YES ? guard_holds(evaluation, frame, definition->guard) : match;
}

static const struct value *
run_definitions(struct evaluation *evaluation, const struct call *call, const struct module *module,
                const GPtrArray *arguments)
{
    for (guint i = 0; i < module->definitions->len; i++) {
        const struct definition *definition = module->definitions->pdata[i];
        if (definition->body == NULL || definition->arity != arguments->len ||
            !g_str_equal(definition->name, call->name))
            continue;
        struct frame frame = {
            .module = module, .attributes = definition->attributes, .aliases = definition->aliases};
        enum match match = match_definition(evaluation, definition, &frame, arguments);
        if (evaluation->exception != NULL)
            return NULL;
        if (match == MATCH_UNKNOWN)
            return evaluate_step(evaluation, call->syntax,
                                 "which clause of %s applies depends on a value that is not known",
                                 call->name);
        if (match == MATCH_YES)
            return evaluate_block(evaluation, &frame, definition->body);
    }
    return evaluate_raise(evaluation, call->syntax, "FunctionClauseError",
                          "no function clause matching in %s.%s/%u", module->name + strlen(ELIXIR),
                          call->name, arguments->len);
}

const struct value *
evaluate_function(struct evaluation *evaluation, const struct call *call,
                  const struct module *module)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (guint i = 0; i < module->definitions->len && arguments->len == 0; i++) {
        const struct definition *definition = module->definitions->pdata[i];
        if (!g_str_equal(definition->name, call->name) || call->count > definition->arity ||
            call->count + definition->defaults < definition->arity)
            continue;
        struct frame frame = {
            .module = module, .attributes = definition->attributes, .aliases = definition->aliases};
        if (!fill_defaults(evaluation, definition, &frame, call, arguments))
            return NULL;
        break;
    }
    return run_definitions(evaluation, call, module, arguments);
}
