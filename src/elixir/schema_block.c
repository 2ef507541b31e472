/* schema_block.c - what stands inside `schema … do`, evaluated with Ecto.Schema's macros as the
 * host: loops, attributes and macros of the project come out as fields. */
#include "elixir/schema_block.h"

#include <string.h>

static struct block *
block_of(const struct evaluation *evaluation)
{
    return evaluation->data;
}

/* ---- The host ---- */

static const struct module *
find_macros(const struct evaluation *evaluation, const char *module, const char *name)
{
    const struct module *found = module != NULL ? project_find(evaluation->project, module) : NULL;
    for (guint i = 0; found != NULL && i < found->macros->len; i++)
        if (g_str_equal(((const struct definition *)found->macros->pdata[i])->name, name))
            return found;
    return NULL;
}

static bool
knows(const struct evaluation *evaluation, const char *module, const char *name)
{
    if (g_str_equal(name, "unquote"))
        return true;
    return block_knows(name) || find_macros(evaluation, module, name) != NULL;
}

/* A macro of the project: its quote stands where it is called. */
static const struct value *
expand(struct evaluation *evaluation, const struct call *call)
{
    const struct module *module = find_macros(evaluation, call->module, call->name);
    const struct definition *macro = module != NULL ? module_macro(module, call->name, call->count)
                                                    : NULL;
    if (macro == NULL) {
        block_give_up_at(block_of(evaluation), call->syntax);
        return &value_nil;
    }
    struct frame frame = *call->frame;
    frame.aliases = macro->aliases;
    for (size_t i = 0; i < macro->arity; i++) {
        const struct syntax *parameter = macro->head->items[i];
        bool optional = parameter->kind == SYNTAX_BINARY;
        const struct syntax *name = optional ? parameter->items[0] : parameter;
        const struct value *value = i < call->count ? call->arguments[i]
                                    : optional ? evaluate(evaluation, &frame, parameter->items[1])
                                               : NULL;
        if (value != NULL && name->kind == SYNTAX_VARIABLE)
            frame.variables = binding_add(evaluation->arena, frame.variables, name->text, value);
    }
    return evaluate_block(evaluation, &frame, macro->body);
}

static const struct value *
answer(struct evaluation *evaluation, const struct call *call)
{
    if (g_str_equal(call->name, "unquote"))
        return call->count == 1 ? call->arguments[0] : &value_nil;
    return block_run(block_of(evaluation), call) ? &value_nil : expand(evaluation, call);
}

/* What is inside a field's options may be unknown; a statement of the block may not. */
static void
step(struct evaluation *evaluation, const struct syntax *syntax, const char *reason)
{
    (void)reason;
    if (syntax == evaluation->statement)
        block_give_up_at(block_of(evaluation), syntax);
}

static const struct host host = {.knows = knows, .call = answer, .step = step};

/* ---- The module ---- */

const struct syntax *
schema_call(const struct module *module)
{
    static const char *const names[] = {"schema", "embedded_schema", "typed_schema",
                                        "typed_embedded_schema"};
    const struct syntax *body = syntax_section(module->syntax, "do");
    for (size_t i = 0; i < body->count; i++)
        for (size_t j = 0; body->items[i]->kind == SYNTAX_CALL && j < G_N_ELEMENTS(names); j++)
            if (g_strcmp0(body->items[i]->text, names[j]) == 0 &&
                syntax_section(body->items[i], "do") != NULL)
                return body->items[i];
    return NULL;
}

/* A module that implements Inspect itself decides what is printed. */
static bool
implements_inspect(const struct module *module)
{
    return strstr(module->source->text, "defimpl Inspect") != NULL;
}

/* The value that `@name value` gives; NULL: it is something else. */
static const struct syntax *
attribute_given(const struct syntax *item, const char *name)
{
    if (item->kind != SYNTAX_UNARY || !g_str_equal(item->text, "@") ||
        item->items[0]->kind != SYNTAX_CALL || item->items[0]->count != 1 ||
        !g_str_equal(item->items[0]->text, name))
        return NULL;
    return item->items[0]->items[0];
}

/* @derive {Inspect, only: […]}, one or several; a list of them too. */
static void
read_derive(struct block *block)
{
    const struct syntax *body = syntax_section(block->module->syntax, "do");
    struct frame frame = {.module = block->module,
                          .attributes = block->module->attributes,
                          .aliases = block->module->aliases};
    for (size_t i = 0; i < body->count; i++) {
        const struct syntax *given = attribute_given(body->items[i], "derive");
        if (given == NULL)
            continue;
        const struct value *value = schema_value(block->reader, &frame, given);
        const struct value *const one[] = {value};
        const struct value *const *items = value->kind == VALUE_LIST ? value->items : one;
        for (size_t j = 0; j < (value->kind == VALUE_LIST ? value->count : 1); j++) {
            if (!value_is_pair(items[j]) || !value_is_atom(items[j]->items[0], "Elixir.Inspect"))
                continue;
            const struct value *only = keywords_option(items[j]->items[1], "only");
            block->all = only != NULL ? only : keywords_option(items[j]->items[1], "except");
            block->all_hidden = only != NULL;
        }
    }
}

/* The first `use` of a module; its schema where there is none. */
static const struct syntax *
first_use(const struct module *module, const struct syntax *schema)
{
    const struct syntax *body = syntax_section(module->syntax, "do");
    for (size_t i = 0; i < body->count; i++)
        if (body->items[i]->kind == SYNTAX_CALL && g_strcmp0(body->items[i]->text, "use") == 0)
            return body->items[i];
    return schema;
}

/* Where Ecto.Schema comes from; a library's own `use` may set what nobody sees here. */
static void
check_origin(struct block *block, const struct syntax *call)
{
    const struct module *module = block->module;
    block->is_typed = g_str_has_prefix(call->text, "typed_");
    if (!module_imports(module, "Elixir.Ecto.Schema") &&
        !module_imports(module, "Elixir.TypedEctoSchema"))
        block_give_up_at(block, first_use(module, call));
}

static void
read_statements(struct block *block, const struct syntax *body)
{
    struct evaluation evaluation = {.arena = block->reader->scratch,
                                    .project = block->reader->project,
                                    .host = &host,
                                    .data = block};
    struct frame frame = {.module = block->module,
                          .attributes = block->module->attributes,
                          .aliases = block->module->aliases};
    for (size_t i = 0; i < body->count; i++) {
        const struct syntax *item = body->items[i];
        if (item->kind == SYNTAX_BINARY && g_str_equal(item->text, "::"))
            item = item->items[0]; /* field(:a, :string) :: String.t() */
        evaluation.statement = item;
        if (evaluate(&evaluation, &frame, item) == NULL) {
            block_give_up_at(block, item);
            return;
        }
    }
}

static void
read_head(struct block *block, const struct syntax *call)
{
    struct schema_module *schema = block->schema;
    struct frame frame = {.module = block->module,
                          .attributes = block->module->attributes,
                          .aliases = block->module->aliases};
    schema->is_embedded = strstr(call->text, "embedded") != NULL;
    if (!schema->is_embedded && call->count > 1) {
        const struct value *table = schema_value(block->reader, &frame, call->items[0]);
        if (table->kind == VALUE_STRING)
            schema->table = block_keep(block, table->text);
        else
            block_give_up_at(block, call->items[0]);
    }
    const struct value *prefix = block_attribute(block, "schema_prefix");
    if (prefix != NULL && (prefix->kind == VALUE_STRING || prefix->kind == VALUE_ATOM))
        schema->prefix = block_keep(block, prefix->text);
    else if (prefix != NULL)
        block_give_up(block, call, "@schema_prefix");
}

/* The last @moduledoc that the module itself has; what a macro gives to all is about none. */
static void
read_words(struct block *block)
{
    struct schema_module *schema = block->schema;
    const struct value *value = block_attribute(block, "moduledoc");
    const struct syntax *body = syntax_section(block->module->syntax, "do");
    if (value == NULL || value->kind != VALUE_STRING)
        return;
    for (size_t i = 0; i < body->count; i++)
        if (attribute_given(body->items[i], "moduledoc") != NULL)
            schema->words_line = body->items[i]->line;
    if (schema->words_line != 0)
        schema->words = block_keep(block, value->text);
}

bool
schema_read(struct schema_reader *reader, const struct module *module, struct schema_module *schema)
{
    const struct syntax *call = schema_call(module);
    if (call == NULL)
        return false;
    *schema = (struct schema_module){
        .name = arena_intern(reader->arena, module->name + strlen("Elixir.")),
        .place = schema_place(reader, call)};
    struct block block = {
        .reader = reader,
        .module = module,
        .schema = schema,
        .fields = g_array_new(FALSE, TRUE, sizeof(struct schema_field)),
        .associations = g_array_new(FALSE, TRUE, sizeof(struct schema_association))};
    check_origin(&block, call);
    block.hides_all = implements_inspect(module);
    read_derive(&block);
    read_head(&block, call);
    read_words(&block);
    block_add_primary_key(&block);
    read_statements(&block, syntax_section(call, "do"));
    schema->field_count = block.fields->len;
    schema->fields = arena_keep(reader->arena, block.fields);
    schema->association_count = block.associations->len;
    schema->associations = arena_keep(reader->arena, block.associations);
    g_array_free(block.fields, TRUE);
    g_array_free(block.associations, TRUE);
    return true;
}
