/* json_place.c - walks the text once; nothing is decoded. */
#include "catalog/json_place.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char *
skip_space(const char *c)
{
    return c + strspn(c, " \t\r\n");
}

/* Behind the string that begins at c. */
static const char *
skip_string(const char *c)
{
    for (c++; *c != '\0' && *c != '"'; c++)
        c += *c == '\\' && c[1] != '\0';
    return c + (*c == '"');
}

/* Behind the value that begins at c. */
static const char *
skip_value(const char *c)
{
    size_t depth = 0;
    do {
        if (*c == '"') {
            c = skip_string(c);
        } else if (*c == '{' || *c == '[') {
            depth++;
            c++;
        } else if (*c == '}' || *c == ']') {
            depth--;
            c++;
        } else {
            c += depth > 0 ? 1 : strcspn(c, ",]} \t\r\n");
        }
    } while (*c != '\0' && depth > 0);
    return c;
}

static bool
key_is(const char *c, const char *key)
{
    size_t length = strlen(key);
    return *c == '"' && strncmp(c + 1, key, length) == 0 && c[length + 1] == '"';
}

/* To the value behind "key": of a member; c stands on the key. */
static const char *
behind_colon(const char *c)
{
    c = skip_space(skip_string(c));
    return skip_space(c + (*c == ':'));
}

/* The value one step below the one at c; NULL when there is none. */
static const char *
descend(const char *c, const struct json_step *step)
{
    if (*c != (step->key != NULL ? '{' : '['))
        return NULL;
    c = skip_space(c + 1);
    for (size_t i = 0; *c != '\0' && *c != '}' && *c != ']'; i++) {
        const char *value = step->key != NULL ? behind_colon(c) : c;
        if (step->key != NULL ? key_is(c, step->key) : i == step->index)
            return value;
        c = skip_space(skip_value(value));
        c = skip_space(c + (*c == ','));
    }
    return NULL;
}

struct json_place
json_place_find(const char *text, const struct json_step *steps, size_t count)
{
    const char *value = skip_space(text);
    for (size_t i = 0; i < count; i++) {
        const char *next = descend(value, &steps[i]);
        if (next == NULL)
            break;
        value = next;
    }
    struct json_place place = {1, 1};
    const char *line = text;
    for (const char *c = text; c < value; c++) {
        if (*c == '\n') {
            place.line++;
            line = c + 1;
        }
    }
    place.column += (unsigned)g_utf8_strlen(line, value - line);
    return place;
}
