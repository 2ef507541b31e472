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

/* While a module is read nothing happens to a database. */
static bool
knows_nothing(const struct evaluation *evaluation, const char *module, const char *name)
{
    (void)evaluation;
    (void)module;
    (void)name;
    return false;
}

static void
ignore_step(struct evaluation *evaluation, const struct syntax *syntax, const char *reason)
{
    (void)evaluation;
    (void)syntax;
    (void)reason;
}

static const struct host no_host = {.knows = knows_nothing, .step = ignore_step};

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

static void
read_definition(struct reader *reader, const struct syntax *call)
{
    if (call->count == 0)
        return;
    const struct syntax *head = call->items[0];
    struct definition *definition = arena_alloc(reader->arena, sizeof *definition);
    if (head->kind == SYNTAX_BINARY && g_str_equal(head->text, "when")) {
        definition->guard = head->items[1];
        head = head->items[0];
    }
    if ((head->kind != SYNTAX_CALL && head->kind != SYNTAX_VARIABLE) || head->target != NULL)
        return;
    definition->name = head->text;
    definition->arity = head->count;
    definition->head = head;
    definition->body = syntax_section(call, "do");
    definition->attributes = reader->module->attributes;
    definition->aliases = reader->module->aliases;
    for (size_t i = 0; i < head->count; i++)
        if (head->items[i]->kind == SYNTAX_BINARY && g_str_equal(head->items[i]->text, "\\\\"))
            definition->defaults++;
    g_ptr_array_add(reader->module->definitions, definition);
}

/* Only __using__ matters: what its quote holds becomes part of who uses the module. */
static void
read_macro(struct reader *reader, const struct syntax *call)
{
    const struct syntax *head = call->count > 0 ? call->items[0] : NULL;
    const struct syntax *body = syntax_section(call, "do");
    if (head == NULL || g_strcmp0(head->text, "__using__") != 0 || body == NULL)
        return;
    for (size_t i = 0; i < body->count; i++)
        if (body->items[i]->kind == SYNTAX_CALL && g_strcmp0(body->items[i]->text, "quote") == 0)
            reader->module->using = syntax_section(body->items[i], "do");
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
    if (used == NULL || used->using == NULL)
        return;
    reader->depth++;
    read_body(reader, used->using);
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
    {"def", read_definition}, {"defp", read_definition}, {"defmacro", read_macro},
    {"use", read_use},        {"import", read_import},   {"alias", read_alias},
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
