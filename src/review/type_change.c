/* type_change.c - families of types, in which a rank or the figures in brackets say what fits. See
 * the PostgreSQL manual, "Data Types". */
#include "review/type_change.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum family {
    OF_INTEGERS,
    OF_NUMERICS,
    OF_FLOATS,
    OF_TEXTS,
    OF_JSON,
    OF_MOMENTS,
    OF_MOMENTS_WITH_ZONE
};

static const struct {
    const char *name; /* without figures */
    enum family family;
    int rank; /* of the range, within its family */
} types[] = {
    {"smallint", OF_INTEGERS, 1},
    {"integer", OF_INTEGERS, 2},
    {"bigint", OF_INTEGERS, 3},
    {"numeric", OF_NUMERICS, 1},
    {"real", OF_FLOATS, 1},
    {"double precision", OF_FLOATS, 2},
    {"character", OF_TEXTS, 1},
    {"character varying", OF_TEXTS, 1},
    {"text", OF_TEXTS, 1},
    {"public.citext", OF_TEXTS, 1},
    {"citext", OF_TEXTS, 1},
    {"json", OF_JSON, 1},
    {"jsonb", OF_JSON, 1},
    {"timestamp without time zone", OF_MOMENTS, 1},
    {"timestamp with time zone", OF_MOMENTS_WITH_ZONE, 1},
};

#define NO_LIMIT G_MAXINT64
#define ARRAY    "[]"

/* "numeric(12,2)" in parts. */
struct type {
    char *name;
    gint64 first; /* figures; NO_LIMIT where none is written */
    gint64 second;
    bool array;
};

static struct type
type_read(const char *text)
{
    struct type type = {.first = NO_LIMIT, .second = NO_LIMIT};
    GString *name = g_string_new(text);
    type.array = g_str_has_suffix(text, ARRAY);
    if (type.array)
        g_string_truncate(name, name->len - strlen(ARRAY));
    char *open = strchr(name->str, '(');
    char *close = open == NULL ? NULL : strchr(open, ')');
    if (close != NULL) {
        char *rest = NULL;
        type.first = g_ascii_strtoll(open + 1, &rest, 10);
        if (*rest == ',')
            type.second = g_ascii_strtoll(rest + 1, NULL, 10);
        g_string_erase(name, open - name->str, close - open + 1);
    }
    type.name = g_string_free(name, FALSE);
    return type;
}

static size_t
find(const char *name)
{
    size_t i = 0;
    while (i < G_N_ELEMENTS(types) && !g_str_equal(types[i].name, name))
        i++;
    return i;
}

/* Digits before the point, of numeric(12,2): ten. */
static gint64
whole_digits(const struct type *type)
{
    if (type->first == NO_LIMIT)
        return NO_LIMIT;
    return type->first - (type->second == NO_LIMIT ? 0 : type->second);
}

/* numeric(12) has no digits behind the point. */
static gint64
fraction_digits(const struct type *type)
{
    return type->first != NO_LIMIT && type->second == NO_LIMIT ? 0 : type->second;
}

static bool
figures_fit(const struct type *before, const struct type *after, bool numeric)
{
    return numeric ? whole_digits(after) >= whole_digits(before) &&
                         fraction_digits(after) >= fraction_digits(before)
                   : after->first >= before->first;
}

/* character is character(1). */
static void
set_usual_length(struct type *type)
{
    if (g_str_equal(type->name, "character") && type->first == NO_LIMIT)
        type->first = 1;
}

static enum type_change
compare(struct type *before, struct type *after)
{
    size_t old_place = find(before->name);
    size_t new_place = find(after->name);
    set_usual_length(before);
    set_usual_length(after);
    if (before->array != after->array)
        return TYPE_OTHER;
    if (g_str_equal(before->name, after->name))
        return figures_fit(before, after, g_str_equal(after->name, "numeric")) ? TYPE_WIDER
                                                                               : TYPE_NARROWER;
    if (old_place == G_N_ELEMENTS(types) || new_place == G_N_ELEMENTS(types) ||
        types[old_place].family != types[new_place].family)
        return TYPE_OTHER;
    return types[new_place].rank >= types[old_place].rank && figures_fit(before, after, false)
               ? TYPE_WIDER
               : TYPE_NARROWER;
}

enum type_change
type_change_of(const char *before, const char *after)
{
    struct type old_type = type_read(before);
    struct type new_type = type_read(after);
    enum type_change change = compare(&old_type, &new_type);
    g_free(old_type.name);
    g_free(new_type.name);
    return change;
}
