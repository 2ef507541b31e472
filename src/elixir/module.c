/* module.c - the statements of a module's body, in order: an attribute means what it held where a
 * function stands. */
#include "elixir/module.h"

#include "elixir/internal.h"

#include <string.h>

enum { DEEPEST_USE = 8 };

struct reader {
    struct arena *arena;
    struct project *project;
    struct module *module;
    struct evaluation evaluation; /* of attributes */
    unsigned depth;               /* of `use` */
};

static void read_body(struct reader *reader, const struct syntax *body);

static struct frame
module_frame(const struct reader *reader)
{
    return (struct frame){.module = reader->module,
                          .attributes = reader->module->attributes,
                          .aliases = reader->module->aliases};
}

static void
read_attribute(struct reader *reader, const struct syntax *unary)
{
    static const char *const silent[] = {"doc",     "spec",   "type",     "typep",
                                         "typedoc", "impl",   "callback", "behaviour",
                                         "opaque",  "derive", "dialyzer"};
    const struct syntax *call = unary->items[0];
    if (call->kind != SYNTAX_CALL || call->count != 1)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
        if (g_str_equal(silent[i], call->text))
            return;
    struct frame frame = module_frame(reader);
    const struct value *value = evaluate(&reader->evaluation, &frame, call->items[0]);
    if (value == NULL)
        value = value_opaque(reader->arena, "the attribute's value is not known");
    reader->evaluation.exception = NULL;
    reader->module->attributes = binding_add(reader->arena, reader->module->attributes, call->text,
                                             value);
}

/* The function or macro; NULL when its head is none of a name and patterns. */
static struct definition *
define(const struct reader *reader, const struct syntax *call)
{
    if (call->count == 0)
        return NULL;
    const struct syntax *head = call->items[0];
    struct definition *definition = arena_alloc(reader->arena, sizeof *definition);
    if (head->kind == SYNTAX_BINARY && g_str_equal(head->text, "when")) {
        definition->guard = head->items[1];
        head = head->items[0];
    }
    if ((head->kind != SYNTAX_CALL && head->kind != SYNTAX_VARIABLE) || head->target != NULL)
        return NULL;
    definition->name = head->text;
    definition->arity = head->count;
    definition->head = head;
    definition->body = syntax_section(call, "do");
    definition->attributes = reader->module->attributes;
    definition->aliases = reader->module->aliases;
    for (size_t i = 0; i < head->count; i++)
        if (head->items[i]->kind == SYNTAX_BINARY && g_str_equal(head->items[i]->text, "\\\\"))
            definition->defaults++;
    return definition;
}

static void
read_definition(struct reader *reader, const struct syntax *call)
{
    struct definition *definition = define(reader, call);
    if (definition != NULL)
        g_ptr_array_add(reader->module->definitions, definition);
}

static bool
is_call(const struct syntax *syntax, const char *name)
{
    return syntax->kind == SYNTAX_CALL && g_strcmp0(syntax->text, name) == 0;
}

/* What the last quote in a body holds; NULL when there is none. */
static const struct syntax *
find_quote(const struct syntax *body)
{
    if (body == NULL || is_call(body, "quote"))
        return body == NULL ? NULL : syntax_section(body, "do");
    const struct syntax *quote = NULL;
    for (size_t i = 0; body->kind == SYNTAX_BLOCK && i < body->count; i++)
        if (is_call(body->items[i], "quote"))
            quote = syntax_section(body->items[i], "do");
    return quote;
}

/* defmacro __using__(which), do: apply(__MODULE__, which, []) */
static bool
is_choice(const struct syntax *body)
{
    if (body != NULL && body->kind == SYNTAX_BLOCK && body->count == 1)
        body = body->items[0];
    return body != NULL && is_call(body, "apply") && body->count == 3 &&
           g_strcmp0(body->items[0]->text, "__MODULE__") == 0;
}

/* What the quote of __using__ holds becomes part of who uses the module; what another macro's
 * quote holds, part of who calls it. */
static void
read_macro(struct reader *reader, const struct syntax *call)
{
    struct definition *definition = define(reader, call);
    if (definition == NULL)
        return;
    const struct syntax *quote = find_quote(definition->body);
    if (!g_str_equal(definition->name, "__using__")) {
        definition->body = quote;
        if (quote != NULL)
            g_ptr_array_add(reader->module->macros, definition);
        return;
    }
    if (quote != NULL)
        reader->module->using = quote;
    reader->module->chooses = reader->module->chooses || is_choice(definition->body);
}

static const char *
module_named(struct reader *reader, const struct syntax *call)
{
    const struct syntax *name = call->count > 0 ? call->items[0] : NULL;
    if (name == NULL || name->kind != SYNTAX_ALIAS)
        return NULL;
    struct frame frame = module_frame(reader);
    return alias_resolve(&reader->evaluation, &frame, name);
}

static void
read_import(struct reader *reader, const struct syntax *call)
{
    const char *name = module_named(reader, call);
    if (name != NULL)
        g_ptr_array_add(reader->module->imports, (void *)(guintptr)name);
}

/* The part of a module that `use X` or `use X, :name` makes part of who uses it. */
static const struct syntax *
find_part(const struct module *used, const struct syntax *call)
{
    const struct syntax *which = call->count > 1 ? call->items[1] : NULL;
    for (guint i = 0; used->chooses && which != NULL && i < used->definitions->len; i++) {
        const struct definition *definition = used->definitions->pdata[i];
        if (which->kind == SYNTAX_ATOM && definition->arity == 0 &&
            g_str_equal(definition->name, which->text))
            return find_quote(definition->body);
    }
    return used->using;
}

/* `use X` is an import of X for what the host knows, and X's own quote for what it does not. */
static void
read_use(struct reader *reader, const struct syntax *call)
{
    const char *name = module_named(reader, call);
    if (name == NULL || reader->depth >= DEEPEST_USE)
        return;
    g_ptr_array_add(reader->module->imports, (void *)(guintptr)name);
    const struct module *used = g_str_equal(name, reader->module->name)
                                    ? NULL
                                    : project_find(reader->project, name);
    const struct syntax *part = used != NULL ? find_part(used, call) : NULL;
    if (part == NULL)
        return;
    reader->depth++;
    read_body(reader, part);
    reader->depth--;
}

static void
read_alias(struct reader *reader, const struct syntax *call)
{
    struct frame frame = module_frame(reader);
    special_form_find("alias")(&reader->evaluation, &frame, call);
    reader->module->aliases = frame.aliases;
}

static const struct {
    const char *name;
    void (*read)(struct reader *reader, const struct syntax *call);
} statements[] = {
    {"def", read_definition},  {"defp", read_definition}, {"defmacro", read_macro},
    {"defmacrop", read_macro}, {"use", read_use},         {"import", read_import},
    {"alias", read_alias},
};

static void
read_body(struct reader *reader, const struct syntax *body)
{
    for (size_t i = 0; body->kind == SYNTAX_BLOCK && i < body->count; i++) {
        const struct syntax *item = body->items[i];
        if (item->kind == SYNTAX_UNARY && g_str_equal(item->text, "@"))
            read_attribute(reader, item);
        for (size_t j = 0;
             item->kind == SYNTAX_CALL && item->target == NULL && j < G_N_ELEMENTS(statements); j++)
            if (g_str_equal(statements[j].name, item->text))
                statements[j].read(reader, item);
    }
}

void
module_fill(struct arena *arena, struct project *project, struct module *module)
{
    struct reader reader = {.arena = arena, .project = project, .module = module};
    reader.evaluation = (struct evaluation){.arena = arena, .project = project, .host = &no_host};
    read_body(&reader, syntax_section(module->syntax, "do"));
}

const struct definition *
module_macro(const struct module *module, const char *name, size_t count)
{
    for (guint i = 0; i < module->macros->len; i++) {
        const struct definition *macro = module->macros->pdata[i];
        if (g_str_equal(macro->name, name) && count <= macro->arity &&
            count + macro->defaults >= macro->arity)
            return macro;
    }
    return NULL;
}

bool
module_imports(const struct module *module, const char *name)
{
    for (guint i = 0; i < module->imports->len; i++)
        if (g_str_equal(module->imports->pdata[i], name))
            return true;
    return false;
}

bool
module_defines(const struct module *module, const char *name, size_t count)
{
    for (guint i = 0; i < module->definitions->len; i++) {
        const struct definition *definition = module->definitions->pdata[i];
        if (g_str_equal(definition->name, name) && count <= definition->arity &&
            count + definition->defaults >= definition->arity)
            return true;
    }
    return false;
}
