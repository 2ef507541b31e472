/* control.c - special forms: what decides, repeats, raises, or only concerns the compiler. */
#include "elixir/internal.h"

#include <string.h>

static const struct value *
evaluate_branch(struct evaluation *evaluation, const struct frame *frame,
                const struct syntax *branch)
{
    struct frame inner = *frame;
    return branch != NULL ? evaluate_block(evaluation, &inner, branch) : &value_nil;
}

static const struct value *
decide(struct evaluation *evaluation, struct frame *frame, const struct syntax *call,
       const char *when_true, const char *when_false)
{
    const struct value *condition = call->count == 0 ? &value_nil
                                                     : evaluate(evaluation, frame, call->items[0]);
    if (condition == NULL)
        return NULL;
    if (condition->kind == VALUE_OPAQUE)
        return evaluate_step(evaluation, call, "it depends on a value that is not known: %s",
                             condition->text);
    return evaluate_branch(evaluation, frame,
                           syntax_section(call, value_is_true(condition) ? when_true : when_false));
}

static const struct value *
evaluate_if(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    return decide(evaluation, frame, call, "do", "else");
}

static const struct value *
evaluate_unless(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    return decide(evaluation, frame, call, "else", "do");
}

static const struct value *
evaluate_case(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    const struct syntax *clauses = syntax_section(call, "do");
    const struct value *subject = call->count == 0 ? &value_nil
                                                   : evaluate(evaluation, frame, call->items[0]);
    if (subject == NULL || clauses == NULL)
        return subject;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (void *)(guintptr)subject);
    enum match matched = MATCH_NO;
    const struct value *value = clauses_evaluate(evaluation, frame, clauses, arguments, &matched);
    if (value != NULL && matched == MATCH_NO)
        return evaluate_raise(evaluation, call, "CaseClauseError", "no case clause matching: %s",
                              value_inspect(evaluation->arena, subject));
    return value;
}

static const struct value *
evaluate_is_match(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    const struct value *value = call->count != 2 ? &value_nil
                                                 : evaluate(evaluation, frame, call->items[1]);
    if (value == NULL || call->count != 2)
        return value;
    struct frame inner = *frame;
    enum match match = pattern_match(evaluation, &inner, call->items[0], value);
    if (match == MATCH_UNKNOWN)
        return evaluate_opaque(evaluation, "whether it matches is not known");
    return value_boolean(match == MATCH_YES);
}

static const struct value *
evaluate_cond(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    const struct syntax *clauses = syntax_section(call, "do");
    for (size_t i = 0; clauses != NULL && i < clauses->count; i++) {
        const struct syntax *clause = clauses->items[i];
        if (clause->kind != SYNTAX_CLAUSE || clause->count != 1)
            break;
        const struct value *condition = evaluate(evaluation, frame, clause->items[0]);
        if (condition == NULL)
            return NULL;
        if (condition->kind == VALUE_OPAQUE)
            return evaluate_step(evaluation, call, "it depends on a value that is not known: %s",
                                 condition->text);
        if (value_is_true(condition))
            return evaluate_branch(evaluation, frame, clause->body);
    }
    return evaluate_raise(evaluation, call, "CondClauseError",
                          "no cond clause evaluated to a truthy value");
}

/* ---- for ---- */

/* What one comprehension gathers. */
struct comprehension {
    const struct syntax *call;
    size_t last; /* generators and filters are the arguments before this one */
    GPtrArray *results;
};

static bool comprehend(struct evaluation *evaluation, const struct frame *frame,
                       const struct comprehension *comprehension, size_t place);

static bool
comprehend_generator(struct evaluation *evaluation, const struct frame *frame,
                     const struct comprehension *comprehension, size_t place)
{
    const struct syntax *generator = comprehension->call->items[place];
    struct frame outer = *frame;
    const struct value *source = evaluate(evaluation, &outer, generator->items[1]);
    if (source == NULL)
        return false;
    g_autoptr(GPtrArray) items = value_enumerate(evaluation->arena, source);
    if (items == NULL) {
        evaluate_step(evaluation, comprehension->call, "what it goes over is not known%s%s",
                      source->kind == VALUE_OPAQUE ? ": " : "",
                      source->kind == VALUE_OPAQUE ? source->text : "");
        return evaluation->exception == NULL;
    }
    for (guint i = 0; i < items->len; i++) {
        struct frame inner = outer;
        if (pattern_match(evaluation, &inner, generator->items[0], items->pdata[i]) == MATCH_NO)
            continue;
        if (!comprehend(evaluation, &inner, comprehension, place + 1))
            return false;
    }
    return true;
}

static bool
comprehend(struct evaluation *evaluation, const struct frame *frame,
           const struct comprehension *comprehension, size_t place)
{
    struct frame inner = *frame;
    if (place == comprehension->last) {
        const struct syntax *body = syntax_section(comprehension->call, "do");
        const struct value *value = body != NULL ? evaluate_block(evaluation, &inner, body)
                                                 : &value_nil;
        g_ptr_array_add(comprehension->results, (void *)(guintptr)value);
        return value != NULL;
    }
    const struct syntax *item = comprehension->call->items[place];
    if (item->kind == SYNTAX_BINARY && g_str_equal(item->text, "<-"))
        return comprehend_generator(evaluation, frame, comprehension, place);
    const struct value *filter = evaluate(evaluation, &inner, item);
    if (filter == NULL)
        return false;
    if (filter->kind == VALUE_OPAQUE) {
        evaluate_step(evaluation, item, "%s", filter->text);
        return evaluation->exception == NULL;
    }
    return !value_is_true(filter) || comprehend(evaluation, &inner, comprehension, place + 1);
}

static const struct value *
evaluate_for(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    struct comprehension comprehension = {.call = call, .last = call->count};
    while (comprehension.last > 0 && call->items[comprehension.last - 1]->kind == SYNTAX_LIST)
        comprehension.last--;
    for (size_t i = comprehension.last; i < call->count; i++)
        for (size_t j = 0; j < call->items[i]->count; j++)
            if (!g_str_equal(call->items[i]->items[j]->items[0]->text, "do"))
                return evaluate_step(evaluation, call, "dbdoc does not follow for with options");
    comprehension.results = g_ptr_array_new();
    const struct value *value = NULL;
    if (comprehend(evaluation, frame, &comprehension, 0))
        value = value_of_items(evaluation->arena, VALUE_LIST, comprehension.results);
    g_ptr_array_unref(comprehension.results);
    return value;
}

/* ---- with, try ---- */

static const struct value *
leave_with(struct evaluation *evaluation, const struct frame *frame, const struct syntax *call,
           const struct value *value)
{
    const struct syntax *clauses = syntax_section(call, "else");
    if (clauses == NULL)
        return value;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (void *)(guintptr)value);
    enum match matched = MATCH_NO;
    return clauses_evaluate(evaluation, frame, clauses, arguments, &matched);
}

static const struct value *
evaluate_with(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    struct frame inner = *frame;
    for (size_t i = 0; i + 1 < call->count; i++) {
        const struct syntax *item = call->items[i];
        bool arrow = item->kind == SYNTAX_BINARY && g_str_equal(item->text, "<-");
        const struct value *value = evaluate(evaluation, &inner, arrow ? item->items[1] : item);
        if (value == NULL)
            return NULL;
        enum match match = arrow ? pattern_match(evaluation, &inner, item->items[0], value)
                                 : MATCH_YES;
        if (match == MATCH_NO)
            return leave_with(evaluation, frame, call, value);
        if (match == MATCH_UNKNOWN)
            return evaluate_step(evaluation, call, "it depends on a value that is not known: %s",
                                 value->text);
    }
    return evaluate_branch(evaluation, &inner, syntax_section(call, "do"));
}

static const struct value *
evaluate_try(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    const struct value *value = evaluate_branch(evaluation, frame, syntax_section(call, "do"));
    if (value == NULL && evaluation->exception->kind == EXCEPTION_RAISED) {
        const char *message = evaluation->exception->message;
        evaluation->exception = NULL;
        value = evaluate_step(evaluation, call, "dbdoc does not follow what is rescued: %s",
                              message);
    }
    const struct syntax *after = syntax_section(call, "after");
    if (value != NULL && after != NULL && evaluate_branch(evaluation, frame, after) == NULL)
        return NULL;
    return value;
}

/* ---- raise ---- */

static const struct value *
evaluate_raise_form(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    const char *module = "RuntimeError";
    const struct value *message = &value_nil;
    for (size_t i = 0; i < call->count; i++) {
        const struct value *value = evaluate(evaluation, frame, call->items[i]);
        if (value == NULL)
            return NULL;
        if (value->kind == VALUE_ATOM && g_str_has_prefix(value->text, "Elixir."))
            module = value->text + strlen("Elixir.");
        else if (value->kind == VALUE_LIST && value_get(value, "message") != NULL)
            message = value_get(value, "message");
        else
            message = value;
    }
    if (message->kind == VALUE_STRING)
        return evaluate_raise(evaluation, call, module, "%s", message->text);
    return evaluate_raise(evaluation, call, module, "%s",
                          value_is_nil(message) ? "" : value_inspect(evaluation->arena, message));
}

/* ---- For the compiler ---- */

static void
add_alias(struct evaluation *evaluation, struct frame *frame, const char *module, const char *as)
{
    const char *dot = strrchr(module, '.');
    const char *name = as != NULL ? as : dot != NULL ? dot + 1 : module;
    frame->aliases = binding_add(evaluation->arena, frame->aliases,
                                 arena_intern(evaluation->arena, name),
                                 value_atom(evaluation->arena, module));
}

static const struct value *
evaluate_alias_form(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    const struct syntax *target = call->count > 0 ? call->items[0] : NULL;
    const struct syntax *as = syntax_section(call, "as");
    if (target != NULL && target->kind == SYNTAX_ALIAS) {
        const char *module = alias_resolve(evaluation, frame, target);
        if (module != NULL)
            add_alias(evaluation, frame, module, as != NULL ? as->text : NULL);
    } else if (target != NULL && target->kind == SYNTAX_ALIASES &&
               target->target->kind == SYNTAX_ALIAS) {
        const char *outer = alias_resolve(evaluation, frame, target->target);
        for (size_t i = 0; outer != NULL && i < target->count; i++)
            add_alias(evaluation, frame,
                      arena_printf(evaluation->arena, "%s.%s", outer, target->items[i]->text),
                      NULL);
    }
    return evaluation->exception == NULL ? &value_nil : NULL;
}

static const struct value *
evaluate_nothing(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    (void)evaluation;
    (void)frame;
    (void)call;
    return &value_nil;
}

special_form
special_form_find(const char *name)
{
    static const struct {
        const char *name;
        special_form form;
    } forms[] = {
        {"if", evaluate_if},
        {"unless", evaluate_unless},
        {"case", evaluate_case},
        {"cond", evaluate_cond},
        {"for", evaluate_for},
        {"with", evaluate_with},
        {"try", evaluate_try},
        {"raise", evaluate_raise_form},
        {"alias", evaluate_alias_form},
        {"require", evaluate_nothing},
        {"import", evaluate_nothing},
        {"match?", evaluate_is_match},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (g_str_equal(forms[i].name, name))
            return forms[i].form;
    return NULL;
}
