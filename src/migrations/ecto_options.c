/* ecto_options.c - which options there are: structs refuse others, columns ignore them silently. */
#include "migrations/ecto_options.h"

#include "base/text.h"

#include <string.h>

static const struct ecto_field table_fields[] = {
    {"name", "nil", 0},
    {"prefix", "nil", 0},
    {"comment", "nil", 0},
    {"primary_key", "true", 0},
    {"engine", "nil", 0},
    {"options", "nil", 0},
    {"modifiers", "nil", ECTO_3_14},
    {NULL, NULL, 0},
};

static const struct ecto_field index_fields[] = {
    {"table", "nil", 0},
    {"prefix", "nil", 0},
    {"name", "nil", 0},
    {"columns", "[]", 0},
    {"unique", "false", 0},
    {"concurrently", "false", 0},
    {"using", "nil", 0},
    {"include", "[]", ECTO_3_3_4},
    {"only", "false", ECTO_3_9_1},
    {"nulls_distinct", "nil", ECTO_3_9},
    {"where", "nil", 0},
    {"comment", "nil", 0},
    {"options", "nil", 0},
    {NULL, NULL, 0},
};

static const struct ecto_field reference_fields[] = {
    {"name", "nil", 0},           {"prefix", "nil", ECTO_3_0_3},  {"table", "nil", 0},
    {"column", "id", 0},          {"type", "bigserial", 0},       {"on_delete", "nothing", 0},
    {"on_update", "nothing", 0},  {"validate", "true", ECTO_3_5}, {"with", "[]", ECTO_3_5_2},
    {"match", "nil", ECTO_3_5_2}, {"options", "[]", 0},           {NULL, NULL, 0},
};

static const struct ecto_field constraint_fields[] = {
    {"name", "nil", 0},
    {"table", "nil", 0},
    {"check", "nil", 0},
    {"exclude", "nil", 0},
    {"prefix", "nil", 0},
    {"comment", "nil", 0},
    {"validate", "true", ECTO_3_5},
    {NULL, NULL, 0},
};

const struct ecto_fields ecto_table_fields = {ECTO_TABLE, "name", table_fields};
const struct ecto_fields ecto_index_fields = {ECTO_INDEX, "table", index_fields};
const struct ecto_fields ecto_reference_fields = {ECTO_REFERENCE, "table", reference_fields};
const struct ecto_fields ecto_constraint_fields = {ECTO_CONSTRAINT, "table", constraint_fields};

static bool
has_field(const struct ecto_runner *runner, const struct ecto_fields *fields, const char *name)
{
    for (const struct ecto_field *field = fields->fields; field->name != NULL; field++)
        if (g_str_equal(field->name, name))
            return field->since <= runner->version;
    return false;
}

static const struct value *
start_struct(struct evaluation *evaluation, const struct ecto_fields *fields)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *list = value_of_items(evaluation->arena, VALUE_LIST, none);
    const struct value *map = value_of_items(evaluation->arena, VALUE_MAP, none);
    map = value_put(evaluation->arena, map, "__struct__",
                    value_atom(evaluation->arena, fields->module));
    for (const struct ecto_field *field = fields->fields; field->name != NULL; field++)
        if (field->since <= ecto_runner_of(evaluation)->version)
            map = value_put(evaluation->arena, map, field->name,
                            g_str_equal(field->fallback, "[]")
                                ? list
                                : value_atom(evaluation->arena, field->fallback));
    return map;
}

static void
remark(struct evaluation *evaluation, const struct call *call, const char *text)
{
    struct migration_remark row = {
        .text = text, .file = call->syntax->source->path, .line = call->syntax->line};
    g_array_append_val(ecto_runner_of(evaluation)->remarks, row);
}

/* Structs refuse what they do not know since 3.12; before, it was lost without a word. */
static bool
is_lost(struct evaluation *evaluation, const struct call *call, const struct ecto_fields *fields,
        const char *option)
{
    unsigned version = ecto_runner_of(evaluation)->version;
    if (version >= ECTO_3_12)
        return false;
    const char *struct_name = strrchr(fields->module, '.') + 1;
    g_autofree char *lower = g_ascii_strdown(struct_name, -1);
    remark(evaluation, call,
           arena_printf(evaluation->arena,
                        "Ecto SQL %u.%u ignores the option %s: of %s; from 3.12 on it raises "
                        "KeyError.",
                        version / 1000000, version / 1000 % 1000, option, lower));
    return true;
}

const struct value *
ecto_struct(struct evaluation *evaluation, const struct call *call,
            const struct ecto_fields *fields, const struct value *options)
{
    const struct value *target = call->arguments[0];
    if (options->kind == VALUE_OPAQUE || target->kind == VALUE_OPAQUE)
        return options->kind == VALUE_OPAQUE ? options : target;
    const struct value *map = start_struct(evaluation, fields);
    if (target->kind == VALUE_ATOM)
        target = value_string(evaluation->arena, target->text, -1);
    map = value_put(evaluation->arena, map, fields->target, target);
    for (size_t i = 0; i < options->count; i++) {
        const struct value *pair = options->items[i];
        if (pair->kind == VALUE_OPAQUE)
            return pair;
        bool named = value_is_pair(pair) && pair->items[0]->kind == VALUE_ATOM;
        bool known = named && has_field(ecto_runner_of(evaluation), fields, pair->items[0]->text);
        if (named && !known && is_lost(evaluation, call, fields, pair->items[0]->text))
            continue;
        if (!known)
            return evaluate_raise(
                evaluation, call->syntax, "KeyError", "key %s not found in: %s",
                value_inspect(evaluation->arena, value_is_pair(pair) ? pair->items[0] : pair),
                value_inspect(evaluation->arena, map));
        map = value_put(evaluation->arena, map, pair->items[0]->text, pair->items[1]);
    }
    return map;
}

/* ---- References ---- */

const struct value *
ecto_reference_options(struct evaluation *evaluation, const struct value *given)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *list = value_of_items(evaluation->arena, VALUE_LIST, none);
    const struct value *prefix = value_get(given, "prefix");
    bool old = ecto_runner_of(evaluation)->version < ECTO_3_12;
    if (prefix == NULL || (old && value_is_nil(prefix)))
        return list;
    return value_put(evaluation->arena, list, "prefix", prefix);
}

static bool
is_action(const struct value *action, const char *const *names)
{
    for (; *names != NULL; names++)
        if (value_is_atom(action, *names))
            return true;
    return false;
}

bool
ecto_check_actions(struct evaluation *evaluation, const struct call *call,
                   const struct value *reference)
{
    static const char *const deletions[] = {"nothing",     "delete_all", "nilify_all",
                                            "default_all", "restrict",   NULL};
    static const char *const updates[] = {"nothing", "update_all", "nilify_all", "restrict", NULL};
    static const char *const with_columns[] = {"nilify", "default", NULL};
    const struct value *deletion = ecto_option(reference, "on_delete");
    const struct value *update = ecto_option(reference, "on_update");
    bool named = value_is_pair(deletion) && is_action(deletion->items[0], with_columns) &&
                 deletion->items[1]->kind == VALUE_LIST;
    if (!named && !is_action(deletion, deletions))
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "unknown :on_delete value: %s",
                              value_inspect(evaluation->arena, deletion)) != NULL;
    if (!is_action(update, updates))
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "unknown :on_update value: %s",
                              value_inspect(evaluation->arena, update)) != NULL;
    return true;
}

/* ---- Columns ---- */

bool
ecto_check_type(struct evaluation *evaluation, const struct call *call, const struct value *type)
{
    if (value_find_opaque(type) != NULL || value_is_struct(type, ECTO_REFERENCE))
        return true;
    if (value_is_pair(type) && type->items[0]->kind == VALUE_ATOM &&
        (type->items[1]->kind == VALUE_ATOM || type->items[1]->kind == VALUE_TUPLE)) {
        const struct value *inner = type->items[1];
        for (size_t i = 0; i < inner->count; i++)
            if (!ecto_check_type(evaluation, call, inner->items[i]))
                return false;
        return inner->kind == VALUE_TUPLE || ecto_check_type(evaluation, call, inner);
    }
    if (value_is_atom(type, "datetime"))
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "the :datetime type in migrations is not supported, please use "
                              ":utc_datetime or :naive_datetime instead") != NULL;
    if (type->kind == VALUE_ATOM && !g_str_has_prefix(type->text, "Elixir."))
        return true;
    return evaluate_raise(evaluation, call->syntax, "ArgumentError", "invalid migration type: %s.",
                          value_inspect(evaluation->arena, type)) != NULL;
}

static bool
is_known_option(const char *name, const char *const *known)
{
    for (; *known != NULL; known++)
        if (g_str_equal(*known, name))
            return true;
    return false;
}

static void
remark_column(struct evaluation *evaluation, const struct call *call, const char *name,
              const char *column)
{
    static const char *const known[] = {"primary_key", "default",   "null",        "size",
                                        "precision",   "scale",     "comment",     "collation",
                                        "after",       "generated", "start_value", "increment",
                                        "fields",      "from",      NULL};
    static const char *const of_references[] = {"on_delete", "on_update", "column", "validate",
                                                "with",      "match",     NULL};
    if (is_known_option(name, known))
        return;
    const char *nearest = text_nearest(name, known);
    const char *text =
        is_known_option(name, of_references)
            ? arena_printf(evaluation->arena,
                           "Ecto ignores the option %s: of the column %s: it belongs inside "
                           "references(…).",
                           name, column)
        : nearest != NULL
            ? arena_printf(evaluation->arena,
                           "Ecto ignores the option %s: of the column %s. Did you mean %s:?", name,
                           column, nearest)
            : arena_printf(evaluation->arena, "Ecto ignores the option %s: of the column %s.", name,
                           column);
    remark(evaluation, call, text);
}

bool
ecto_check_column(struct evaluation *evaluation, const struct call *call, const struct value *name,
                  const struct value *options)
{
    if (options->kind != VALUE_LIST)
        return true; /* opaque */
    if (value_is_true(ecto_option(options, "scale")) &&
        !value_is_true(ecto_option(options, "precision")))
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "column %s is missing precision option",
                              name->kind == VALUE_ATOM ? name->text : "") != NULL;
    for (size_t i = 0; i < options->count && name->kind == VALUE_ATOM; i++)
        if (value_is_pair(options->items[i]) && options->items[i]->items[0]->kind == VALUE_ATOM)
            remark_column(evaluation, call, options->items[i]->items[0]->text, name->text);
    return true;
}
