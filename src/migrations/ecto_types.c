/* ecto_types.c - types and defaults of columns, as Ecto's PostgreSQL adapter writes them. */
#include "migrations/ecto_runner.h"

#include "base/json.h"

#include <string.h>

enum { DEEPEST = 20 };

/* ---- Types ---- */

static const struct {
    const char *ecto;
    const char *sql;
} types[] = {
    {"id", "integer"},
    {"identity", "bigint"},
    {"binary_id", "uuid"},
    {"string", "varchar"},
    {"bitstring", "varbit"},
    {"binary", "bytea"},
    {"map", "jsonb"},
    {"time_usec", "time"},
    {"utc_datetime", "timestamp"},
    {"utc_datetime_usec", "timestamp"},
    {"naive_datetime", "timestamp"},
    {"naive_datetime_usec", "timestamp"},
    {"duration", "interval"},
};

static bool
refuse_type(struct ecto_writer *writer, const struct value *type)
{
    return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                          "unsupported type `%s`. The type can either be an atom, a string or a "
                          "tuple of the form `{:map, t}` or `{:array, t}` where `t` itself follows "
                          "the same conditions.",
                          value_inspect(writer->evaluation->arena, type)) != NULL;
}

/* The type's bare name. */
static bool
write_plain_type(struct ecto_writer *writer, const struct value *type, unsigned depth)
{
    if (value_is_pair(type) && value_is_atom(type->items[0], "array") && depth < DEEPEST) {
        if (!write_plain_type(writer, type->items[1], depth + 1))
            return false;
        g_string_append(writer->text, "[]");
        return true;
    }
    const char *name = value_is_pair(type) && value_is_atom(type->items[0], "map") ? "map"
                       : type->kind == VALUE_ATOM                                  ? type->text
                                                                                   : NULL;
    if (name == NULL)
        return refuse_type(writer, type);
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_equal(types[i].ecto, name))
            name = types[i].sql;
    g_string_append(writer->text, name);
    return true;
}

static bool
is_one_of(const struct value *type, const char *const *names)
{
    for (; *names != NULL; names++)
        if (value_is_atom(type, *names))
            return true;
    return false;
}

static bool
write_in_brackets(struct ecto_writer *writer, const struct value *number)
{
    g_string_append_c(writer->text, '(');
    if (!ecto_write_text(writer, number))
        return false;
    g_string_append_c(writer->text, ')');
    return true;
}

static bool
write_duration(struct ecto_writer *writer, const struct value *options)
{
    const struct value *fields = ecto_option(options, "fields");
    const struct value *precision = ecto_option(options, "precision");
    g_string_append(writer->text, "interval");
    if (value_is_true(fields)) {
        g_string_append_c(writer->text, ' ');
        if (!ecto_write_text(writer, fields))
            return false;
    }
    return !value_is_true(precision) || write_in_brackets(writer, precision);
}

static bool
write_sized(struct ecto_writer *writer, const struct value *type, const struct value *options)
{
    const struct value *size = ecto_option(options, "size");
    const struct value *precision = ecto_option(options, "precision");
    const struct value *scale = ecto_option(options, "scale");
    if (!write_plain_type(writer, type, 0))
        return false;
    if (value_is_true(size))
        return write_in_brackets(writer, size);
    if (!value_is_true(precision)) {
        g_string_append(writer->text, value_is_atom(type, "string") ? "(255)" : "");
        return true;
    }
    g_string_append_c(writer->text, '(');
    if (!ecto_write_text(writer, precision))
        return false;
    g_string_append_c(writer->text, ',');
    if (!value_is_true(scale))
        g_string_append_c(writer->text, '0');
    else if (!ecto_write_text(writer, scale))
        return false;
    g_string_append_c(writer->text, ')');
    return true;
}

static bool
write_type_name(struct ecto_writer *writer, const struct value *type, const struct value *options,
                unsigned depth)
{
    static const char *const seconds[] = {"time", "utc_datetime", "naive_datetime", NULL};
    static const char *const fractions[] = {"time_usec", "utc_datetime_usec", "naive_datetime_usec",
                                            NULL};
    if (value_is_pair(type) && value_is_atom(type->items[0], "array") && depth < DEEPEST) {
        if (!write_type_name(writer, type->items[1], options, depth + 1))
            return false;
        g_string_append(writer->text, "[]");
        return true;
    }
    if (is_one_of(type, seconds)) {
        bool good = write_plain_type(writer, type, 0);
        g_string_append(writer->text, "(0)");
        return good;
    }
    if (is_one_of(type, fractions)) {
        const struct value *precision = ecto_option(options, "precision");
        return write_plain_type(writer, type, 0) &&
               (!value_is_true(precision) || write_in_brackets(writer, precision));
    }
    if (value_is_atom(type, "duration"))
        return write_duration(writer, options);
    return write_sized(writer, type, options);
}

static void
write_identity(struct ecto_writer *writer, const struct value *options)
{
    const struct value *start = ecto_option(options, "start_value");
    const struct value *increment = ecto_option(options, "increment");
    bool starts = start->kind == VALUE_INTEGER && start->integer > 0;
    bool steps = increment->kind == VALUE_INTEGER && increment->integer > 0;
    g_string_append(writer->text, " GENERATED BY DEFAULT AS IDENTITY");
    if (!starts && !steps)
        return;
    g_string_append_c(writer->text, '(');
    if (starts)
        g_string_append_printf(writer->text, "START WITH %" G_GINT64_FORMAT, start->integer);
    if (starts && steps)
        g_string_append_c(writer->text, ' ');
    if (steps)
        g_string_append_printf(writer->text, "INCREMENT BY %" G_GINT64_FORMAT, increment->integer);
    g_string_append(writer->text, ") ");
}

bool
ecto_write_type(struct ecto_writer *writer, const struct value *type, const struct value *options)
{
    const struct value *generated = ecto_option(options, "generated");
    if (!write_type_name(writer, type, options, 0))
        return false;
    if (value_is_nil(generated)) {
        if (value_is_atom(type, "identity"))
            write_identity(writer, options);
        return true;
    }
    if (generated->kind != VALUE_STRING)
        return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                              "the `:generated` option only accepts strings, received: %s",
                              value_inspect(writer->evaluation->arena, generated)) != NULL;
    g_string_append_printf(writer->text, " GENERATED %s", generated->text);
    return true;
}

bool
ecto_write_reference_type(struct ecto_writer *writer, const struct value *type,
                          const struct value *options)
{
    static const char *const big[] = {"bigserial", "identity", NULL};
    if (!value_is_atom(type, "serial") && !is_one_of(type, big))
        return ecto_write_type(writer, type, options);
    g_string_append(writer->text, value_is_atom(type, "serial") ? "integer" : "bigint");
    return true;
}

/* ---- Defaults ---- */

static void
append_literal(GString *text, const char *raw, gsize length)
{
    g_string_append_c(text, '\'');
    for (gsize i = 0; i < length; i++) {
        if (raw[i] == '\'')
            g_string_append_c(text, '\'');
        g_string_append_c(text, raw[i]);
    }
    g_string_append_c(text, '\'');
}

static bool append_json(GString *text, const struct value *value, unsigned depth);

static bool
append_json_members(GString *text, const struct value *map, unsigned depth)
{
    g_string_append_c(text, '{');
    for (size_t i = 0; i < map->count; i += 2) {
        GString *key = g_string_new(NULL);
        bool good = value_append_text(key, map->items[i]);
        g_string_append(text, i > 0 ? "," : "");
        json_append_quoted(text, key->str);
        g_string_append_c(text, ':');
        g_string_free(key, TRUE);
        if (!good || !append_json(text, map->items[i + 1], depth + 1))
            return false;
    }
    g_string_append_c(text, '}');
    return true;
}

static bool
append_json(GString *text, const struct value *value, unsigned depth)
{
    if (depth > DEEPEST)
        return false;
    if (value->kind == VALUE_MAP)
        return append_json_members(text, value, depth);
    if (value->kind == VALUE_LIST) {
        g_string_append_c(text, '[');
        for (size_t i = 0; i < value->count; i++) {
            g_string_append(text, i > 0 ? "," : "");
            if (!append_json(text, value->items[i], depth + 1))
                return false;
        }
        g_string_append_c(text, ']');
        return true;
    }
    if (value_is_nil(value)) {
        g_string_append(text, "null");
        return true;
    }
    bool word = value_is_atom(value, "true") || value_is_atom(value, "false");
    if (value->kind == VALUE_INTEGER || value->kind == VALUE_FLOAT || word)
        return value_append_text(text, value);
    if (value->kind != VALUE_STRING && value->kind != VALUE_ATOM)
        return false;
    json_append_quoted(text, value->text);
    return true;
}

static bool
refuse_default(struct ecto_writer *writer, const struct value *type, const struct value *value)
{
    return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                          "unknown default `%s` for type `%s`. :default may be a string, number, "
                          "boolean, list of strings, list of integers, map (when type is Map), or "
                          "a fragment(...)",
                          value_inspect(writer->evaluation->arena, value),
                          value_inspect(writer->evaluation->arena, type)) != NULL;
}

static bool write_literal(struct ecto_writer *writer, const struct value *type,
                          const struct value *value);

static bool
write_array(struct ecto_writer *writer, const struct value *type, const struct value *list)
{
    g_string_append(writer->text, "ARRAY[");
    for (size_t i = 0; i < list->count; i++) {
        g_string_append(writer->text, i > 0 ? "," : "");
        if (!write_literal(writer, type->items[1], list->items[i]))
            return false;
    }
    g_string_append(writer->text, "]::");
    return write_plain_type(writer, type, 0);
}

static bool
write_literal(struct ecto_writer *writer, const struct value *type, const struct value *value)
{
    if (value->kind == VALUE_LIST && value_is_pair(type) && value_is_atom(type->items[0], "array"))
        return write_array(writer, type, value);
    if (value->kind == VALUE_STRING && g_utf8_validate(value->text, (gssize)value->length, NULL)) {
        append_literal(writer->text, value->text, value->length);
        return true;
    }
    if (value->kind == VALUE_INTEGER || value->kind == VALUE_FLOAT ||
        value_is_atom(value, "true") || value_is_atom(value, "false"))
        return value_append_text(writer->text, value);
    if (value->kind == VALUE_MAP && value_is_atom(type, "map")) {
        GString *json = g_string_new(NULL);
        bool good = append_json(json, value, 0);
        append_literal(writer->text, json->str, json->len);
        g_string_free(json, TRUE);
        return good || refuse_default(writer, type, value);
    }
    if (value_is_pair(value) && value_is_atom(value->items[0], "fragment"))
        return ecto_write_text(writer, value->items[1]);
    return refuse_default(writer, type, value);
}

bool
ecto_write_default(struct ecto_writer *writer, const struct value *type,
                   const struct value *options)
{
    const struct value *value = value_get(options, "default");
    if (value == NULL)
        return true;
    g_string_append(writer->text, " DEFAULT ");
    if (value_is_nil(value)) {
        g_string_append(writer->text, "NULL");
        return true;
    }
    return write_literal(writer, type, value);
}
