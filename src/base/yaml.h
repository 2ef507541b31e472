/* yaml.h - the subset of YAML that dbdoc.yml and front matter use, with a place for every node.
 * Scalars stay text (`no`, `1.10` mean what they say); anchors, aliases, tags, duplicate keys and
 * documents after the first are errors. */
#ifndef DBDOC_YAML_H
#define DBDOC_YAML_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>

enum yaml_type { YAML_TEXT, YAML_LIST, YAML_MAP, YAML_MAP_OR_LIST /* of fields alone */ };

struct yaml {
    enum yaml_type type;
    unsigned line; /* from 1 */
    unsigned column;
    const char *text; /* YAML_TEXT */
    size_t count;     /* YAML_LIST and YAML_MAP */
    struct yaml **items;
    struct yaml **keys; /* YAML_MAP: keys[i] belongs to items[i] */
};

/* Where a text comes from: the name shown in messages and the lines that precede it there. */
struct yaml_source {
    const char *name;
    const char *text;
    size_t length;
    unsigned first_line; /* 1 for a whole file */
};

/* Reads one document. An empty one gives an empty map. FAILURE_USAGE with file:line:column. */
bool yaml_read(struct arena *arena, const struct yaml_source *source, struct yaml **document,
               GError **error);

/* The value of a key of a map; NULL when absent. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

/* FAILURE_USAGE "name:line:column: …" about a node; returns false. */
bool yaml_complain(const struct yaml_source *source, const struct yaml *node, GError **error,
                   const char *format, ...) G_GNUC_PRINTF(4, 5);

/* What a key of a map may hold; tables of these end with a NULL key. */
struct yaml_field {
    const char *key;
    enum yaml_type type;
    enum { YAML_OPTIONAL, YAML_REQUIRED } need;
    size_t offset; /* of the const char * (text) or const struct yaml * (all else) to fill */
};

/* Fills `target` from a map by the table; unknown keys, wrong types and missing keys are errors. A
 * key with nothing behind it counts as absent. */
bool yaml_bind(const struct yaml_source *source, const struct yaml *map,
               const struct yaml_field *fields, void *target, GError **error);

/* A list of texts, or a single text as a list of one. */
bool yaml_names(struct arena *arena, const struct yaml_source *source, const struct yaml *node,
                struct names *names, GError **error);

/* The text as it can stand behind "key: " or "- " in a file, in quotes when it must; NULL when a
 * reader would not get it back: control characters, no UTF-8. g_free. */
char *yaml_scalar(const char *text);

#endif
