/* json_place.h - where a value stands in a JSON text, for messages about files. */
#ifndef DBDOC_JSON_PLACE_H
#define DBDOC_JSON_PLACE_H

#include <stddef.h>

/* One step down: to a member of an object, or (key is NULL) to an item of an array. */
struct json_step {
    const char *key;
    size_t index;
};

struct json_place {
    unsigned line;   /* from 1 */
    unsigned column; /* in characters, from 1 */
};

/* The value that the steps lead to, or the innermost one on the way that is there. The text must be
 * valid JSON. */
struct json_place json_place_find(const char *text, const struct json_step *steps, size_t count);

#endif
