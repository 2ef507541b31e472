/* flat_json.h - the texts of one line of JSON, in place and without a tree: for logs, of which a
 * line need not be whole. */
#ifndef DBDOC_WORKLOAD_FLAT_JSON_H
#define DBDOC_WORKLOAD_FLAT_JSON_H

#include "workload/stream.h"

/* A key, and where its text goes. */
struct flat_json {
    const char *key;
    struct span *value;
};

/* The texts of these keys, however deep they are nested; what is no text is passed over. Of several
 * of one key the last one counts. */
void flat_json_read(struct span line, const struct flat_json *wanted, size_t count);

/* Takes the escapes out, in place, to the closing quote; *cursor moves from the opening one behind
 * it. */
struct span flat_json_string(char **cursor, const char *end);

#endif
