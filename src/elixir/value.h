/* value.h - Elixir's values as far as source can say them. What it cannot say is opaque: it carries
 * the place and the reason, and whatever is made of it is opaque too. Values never change; all of
 * them live in one arena. */
#ifndef DBDOC_VALUE_H
#define DBDOC_VALUE_H

#include "elixir/syntax.h"

enum value_kind {
    VALUE_ATOM,    /* text; nil, true and false too; a module is "Elixir.Foo" */
    VALUE_INTEGER, /* integer */
    VALUE_FLOAT,   /* real */
    VALUE_STRING,  /* text */
    VALUE_LIST,    /* items */
    VALUE_TUPLE,   /* items */
    VALUE_MAP,     /* items: key, value, key, value … in term order; structs hold :__struct__ */
    VALUE_FUNCTION,
    VALUE_OPAQUE, /* text is the reason */
};

struct closure;

struct value {
    enum value_kind kind;
    const char *text; /* NUL-terminated; may hold NULs of its own where length says so */
    gsize length;
    size_t count;
    const struct value *const *items;
    unsigned depth; /* of the items' nesting; what is too deep is opaque */
    union {
        int64_t integer;
        double real;
        const struct closure *closure;
    };
};

const struct value *value_atom(struct arena *arena, const char *name);
const struct value *value_boolean(bool truth);
extern const struct value value_nil;
const struct value *value_integer(struct arena *arena, int64_t integer);
const struct value *value_float(struct arena *arena, double real);
const struct value *value_string(struct arena *arena, const char *text, gssize length);

/* A list, tuple or map of the items of the array. */
const struct value *value_of_items(struct arena *arena, enum value_kind kind,
                                   const GPtrArray *items);
const struct value *value_pair(struct arena *arena, const struct value *first,
                               const struct value *second);
const struct value *value_opaque(struct arena *arena, const char *reason);

bool value_is_atom(const struct value *value, const char *name);
bool value_is_nil(const struct value *value);
bool value_is_true(const struct value *value); /* neither nil nor false */
bool value_is_pair(const struct value *value); /* a tuple of two */
bool value_is_struct(const struct value *value, const char *module);
bool value_is_keyword(const struct value *value);

/* The opaque value inside this one, at any depth; NULL when all is known. */
const struct value *value_find_opaque(const struct value *value);

/* Erlang's order of terms: number < atom < function < tuple < map < list < string; integers and
 * floats by number. */
int value_compare(const struct value *a, const struct value *b);
bool value_equal(const struct value *a, const struct value *b); /* === */

/* By atom or any key; NULL when absent. A keyword list's first one wins. */
const struct value *value_get(const struct value *container, const char *key);
const struct value *value_map_get(const struct value *map, const struct value *key);

/* The container with this key set; in keyword lists what had the key goes, and it comes first. */
const struct value *value_put(struct arena *arena, const struct value *container, const char *key,
                              const struct value *value);
const struct value *value_map_put(struct arena *arena, const struct value *map,
                                  const struct value *key, const struct value *value);
const struct value *value_delete(struct arena *arena, const struct value *keywords,
                                 const char *key);
/* Keyword.merge: what the second one names goes from the first, then all of the second follows. */
const struct value *value_merge(struct arena *arena, const struct value *first,
                                const struct value *second);

/* Kernel.inspect; for messages. */
const char *value_inspect(struct arena *arena, const struct value *value);

/* Kernel.to_string into the text; false for what has none (tuples, maps, functions). */
bool value_append_text(GString *text, const struct value *value);

#endif
