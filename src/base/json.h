/* json.h - writes canonical JSON: the caller decides order and line breaks, the writer commas and
 * escapes. Text is UTF-8 already (text_clean sees to it where it comes in). */
#ifndef DBDOC_JSON_H
#define DBDOC_JSON_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { JSON_DEPTH = 32 };

struct json {
    GString *text;
    unsigned depth;
    bool started[JSON_DEPTH]; /* whether the open value at this depth holds an item already */
    bool broken;              /* the next item begins on a new line */
    char closers[JSON_DEPTH];
};

void json_begin(struct json *json);

/* Ends the document with a newline and hands the text over; free with g_string_free. */
GString *json_end(struct json *json);

void json_object(struct json *json);
void json_array(struct json *json);
void json_close(struct json *json);
void json_key(struct json *json, const char *key);
void json_text(struct json *json, const char *text); /* NULL writes null */
void json_number(struct json *json, int64_t number);
void json_boolean(struct json *json, bool value);
void json_null(struct json *json);

/* The next item or closing bracket starts on a new line. */
void json_break(struct json *json);

/* A JSON string literal of the text, for places that are not whole documents. */
void json_append_quoted(GString *target, const char *text);

#endif
