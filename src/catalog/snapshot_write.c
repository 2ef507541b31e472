/* snapshot_write.c - objects to JSON. */
#include "base/json.h"
#include "catalog/snapshot.h"
#include "catalog/snapshot_format.h"

static void
write_names(struct json *json, const char *key, const struct names *names)
{
    if (names->count == 0)
        return;
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < names->count; i++)
        json_text(json, names->items[i]);
    json_close(json);
}

static void
write_refs(struct json *json, const char *key, const struct refs *refs)
{
    if (refs->count == 0)
        return;
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < refs->count; i++)
        json_text(json, refs->items[i].path);
    json_close(json);
}

static void
write_text(struct json *json, const char *key, const char *text)
{
    if (text == NULL)
        return;
    json_key(json, key);
    json_text(json, text);
}

static void
write_truth(struct json *json, const char *key, enum truth truth)
{
    if (truth == NO)
        return;
    json_key(json, key);
    if (truth == YES)
        json_boolean(json, true);
    else
        json_null(json);
}

static void
write_number(struct json *json, const char *key, int64_t number)
{
    json_key(json, key);
    if (number == NUMBER_UNKNOWN)
        json_null(json);
    else
        json_number(json, number);
}

static void write_fields(struct json *json, const struct object *object);

static void
write_list(struct json *json, const struct field *field, const struct object *object)
{
    const struct list *list = field_list(field, object);
    if (list->count == 0)
        return;
    json_break(json);
    json_key(json, field->name);
    json_array(json);
    for (size_t i = 0; i < list->count; i++) {
        json_break(json);
        json_object(json);
        write_fields(json, list_item(list, field->child, i));
        json_close(json);
    }
    json_break(json);
    json_close(json);
}

static void
write_field(struct json *json, const struct field *field, const struct object *object)
{
    switch (field->type) {
    case TEXT:
    case SQL:
        write_text(json, field->name, field_text(field, object));
        break;
    case ENUM:
        write_text(json, field->name, field_word(field, object));
        break;
    case BOOL:
        write_truth(json, field->name, field_truth(field, object));
        break;
    case NUMBER:
        write_number(json, field->name, field_number(field, object));
        break;
    case NAMES:
        write_names(json, field->name, field_names(field, object));
        break;
    case REF:
        write_text(json, field->name, field_ref(field, object)->path);
        break;
    case REFS:
        write_refs(json, field->name, field_refs(field, object));
        break;
    case LIST:
        write_list(json, field, object);
        break;
    }
}

static void
write_fields(struct json *json, const struct object *object)
{
    for (size_t i = 0; i < object->kind->field_count; i++)
        write_field(json, &object->kind->fields[i], object);
}

static GString *
write_root(const char *what, const struct object *root)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    json_key(&json, SNAPSHOT_TAG);
    json_text(&json, what);
    json_key(&json, FORMAT_KEY);
    g_autofree char *format = g_strdup_printf("%d.%d", FORMAT_MAJOR, FORMAT_MINOR);
    json_text(&json, format);
    write_fields(&json, root);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}

GString *
snapshot_write(const struct catalog *catalog)
{
    return write_root("snapshot", &catalog->object);
}

GString *
observations_write(const struct observations *observations)
{
    return write_root("observations", &observations->object);
}
