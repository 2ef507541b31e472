/* snapshot_schema.c - the JSON Schema of the files, made from the same tables as the files. */
#include "base/json.h"
#include "catalog/snapshot.h"
#include "catalog/snapshot_format.h"

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void
put_types(struct json *json, const char *type, const char *other)
{
    json_key(json, "type");
    json_array(json);
    json_text(json, type);
    json_text(json, other);
    json_close(json);
}

static void
put_items(struct json *json, const char *key, const char *value)
{
    put_text(json, "type", "array");
    json_key(json, "items");
    json_object(json);
    put_text(json, key, value);
    json_close(json);
}

static void
put_enumeration(struct json *json, const struct enumeration *enumeration)
{
    json_key(json, "enum");
    json_array(json);
    for (unsigned i = 1; i < enumeration->count; i++)
        json_text(json, enumeration->words[i]);
    json_null(json);
    json_close(json);
}

static void
put_field(struct json *json, const struct field *field)
{
    json_break(json);
    json_key(json, field->name);
    json_object(json);
    put_text(json, "title", field->title);
    switch (field->type) {
    case TEXT:
    case SQL:
    case REF:
        put_text(json, "type", "string");
        break;
    case BOOL:
        put_types(json, "boolean", "null");
        break;
    case NUMBER:
        put_types(json, "integer", "null");
        break;
    case ENUM:
        put_enumeration(json, field->enumeration);
        break;
    case NAMES:
    case REFS:
        put_items(json, "type", "string");
        break;
    case LIST: {
        g_autofree char *target = g_strconcat("#/$defs/", field->child->name, NULL);
        put_items(json, "$ref", target);
        break;
    }
    }
    json_close(json);
}

static void
put_required(struct json *json, const struct kind *kind)
{
    json_break(json);
    json_key(json, "required");
    json_array(json);
    if (kind->rule == PATH_NONE) {
        json_text(json, SNAPSHOT_TAG);
        json_text(json, FORMAT_KEY);
    }
    for (size_t i = 0; i < kind->field_count; i++)
        if ((kind->fields[i].flags & (KEY | REQUIRED)) != 0)
            json_text(json, kind->fields[i].name);
    json_close(json);
}

static void
put_kind(struct json *json, const struct kind *kind, const char *what)
{
    put_text(json, "title", kind->title);
    put_text(json, "type", "object");
    json_break(json);
    json_key(json, "properties");
    json_object(json);
    if (what != NULL) {
        json_break(json);
        json_key(json, SNAPSHOT_TAG);
        json_object(json);
        put_text(json, "const", what);
        json_close(json);
        json_break(json);
        json_key(json, FORMAT_KEY);
        json_object(json);
        put_text(json, "type", "string");
        put_text(json, "pattern", "^1\\.[0-9]+$");
        json_close(json);
    }
    for (size_t i = 0; i < kind->field_count; i++)
        put_field(json, &kind->fields[i]);
    json_break(json);
    json_close(json);
    put_required(json, kind);
}

static void
collect_kinds(const struct kind *kind, GPtrArray *kinds)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct kind *child = kind->fields[i].child;
        if (child == NULL || g_ptr_array_find(kinds, child, NULL))
            continue;
        g_ptr_array_add(kinds, (gpointer)(guintptr)child);
        collect_kinds(child, kinds);
    }
}

static GString *
schema_of(const struct kind *root, const char *what)
{
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    collect_kinds(root, kinds);
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_kind(&json, root, what);
    json_break(&json);
    json_key(&json, "$defs");
    json_object(&json);
    for (guint i = 0; i < kinds->len; i++) {
        const struct kind *kind = kinds->pdata[i];
        json_break(&json);
        json_key(&json, kind->name);
        json_object(&json);
        put_kind(&json, kind, NULL);
        json_close(&json);
    }
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}

GString *
snapshot_schema(void)
{
    return schema_of(&kind_catalog, "snapshot");
}

GString *
observations_schema(void)
{
    return schema_of(&kind_observations, "observations");
}
