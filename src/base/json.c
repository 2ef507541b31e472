/* json.c - a streaming writer with one rule for every document: what the caller says, escaped. */
#include "base/json.h"

#include <inttypes.h>

static bool
needs_escape(unsigned char c)
{
    return c < 0x20 || c == 0x7f || c == '"' || c == '\\';
}

static void
append_escaped(GString *target, unsigned char c)
{
    if (c == '"' || c == '\\')
        g_string_append_printf(target, "\\%c", c);
    else if (c == '\n')
        g_string_append(target, "\\n");
    else if (c == '\t')
        g_string_append(target, "\\t");
    else
        g_string_append_printf(target, "\\u%04x", c);
}

void
json_append_quoted(GString *target, const char *text)
{
    g_string_append_c(target, '"');
    while (*text != '\0') {
        size_t plain = 0;
        while (text[plain] != '\0' && !needs_escape((unsigned char)text[plain]))
            plain++;
        g_string_append_len(target, text, (gssize)plain);
        text += plain;
        if (*text != '\0')
            append_escaped(target, (unsigned char)*text++);
    }
    g_string_append_c(target, '"');
}

void
json_begin(struct json *json)
{
    *json = (struct json){.text = g_string_new(NULL)};
}

GString *
json_end(struct json *json)
{
    g_assert(json->depth == 0);
    g_string_append_c(json->text, '\n');
    return g_steal_pointer(&json->text);
}

/* What stands before an item: a comma when it is not the first, then the line break asked for. */
static void
separate(struct json *json)
{
    bool after_key = json->text->len > 0 && json->text->str[json->text->len - 1] == ' ' &&
                     !json->started[json->depth];
    if (json->started[json->depth])
        g_string_append(json->text, json->broken ? "," : ", ");
    if (json->broken && !after_key)
        g_string_append_c(json->text, '\n');
    json->broken = false;
    json->started[json->depth] = true;
}

static void
open_value(struct json *json, char opener, char closer)
{
    separate(json);
    g_assert(json->depth + 1 < JSON_DEPTH);
    json->depth++;
    json->started[json->depth] = false;
    json->closers[json->depth] = closer;
    g_string_append_c(json->text, opener);
}

void
json_object(struct json *json)
{
    open_value(json, '{', '}');
}

void
json_array(struct json *json)
{
    open_value(json, '[', ']');
}

void
json_close(struct json *json)
{
    g_assert(json->depth > 0);
    if (json->broken)
        g_string_append_c(json->text, '\n');
    json->broken = false;
    g_string_append_c(json->text, json->closers[json->depth]);
    json->depth--;
}

void
json_key(struct json *json, const char *key)
{
    separate(json);
    json_append_quoted(json->text, key);
    g_string_append(json->text, ": ");
    json->started[json->depth] = false; /* the value follows without a comma */
}

void
json_text(struct json *json, const char *text)
{
    separate(json);
    if (text == NULL)
        g_string_append(json->text, "null");
    else
        json_append_quoted(json->text, text);
}

void
json_number(struct json *json, int64_t number)
{
    separate(json);
    g_string_append_printf(json->text, "%" PRId64, number);
}

void
json_boolean(struct json *json, bool value)
{
    separate(json);
    g_string_append(json->text, value ? "true" : "false");
}

void
json_null(struct json *json)
{
    json_text(json, NULL);
}

void
json_break(struct json *json)
{
    json->broken = true;
}
