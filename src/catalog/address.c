/* address.c - paths, the addresses people write, and file names that no two objects share. */
#include "catalog/address.h"

#include "base/text.h"

#include <string.h>

#define SLUG_MOST   120 /* bytes of a file name, with room for an ending below 255 */
#define SLUG_KEPT   100
#define SLUG_DIGITS 16

static bool
is_plain(const char *name)
{
    if (!g_ascii_islower(*name) && *name != '_')
        return false;
    for (; *name != '\0'; name++)
        if (!g_ascii_islower(*name) && !g_ascii_isdigit(*name) && *name != '_')
            return false;
    return true;
}

void
address_append_name(GString *path, const char *name)
{
    if (is_plain(name)) {
        g_string_append(path, name);
        return;
    }
    g_string_append_c(path, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"')
            g_string_append_c(path, '"');
        g_string_append_c(path, *name);
    }
    g_string_append_c(path, '"');
}

char *
address_path(const char *const *names, size_t count, const char *arguments)
{
    GString *path = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            g_string_append_c(path, '.');
        address_append_name(path, names[i]);
    }
    if (arguments != NULL)
        g_string_append_printf(path, "(%s)", arguments);
    return g_string_free(path, FALSE);
}

/* One name at *cursor; NULL when a quote is left open or the name is empty. */
static char *
parse_name(const char **cursor)
{
    GString *name = g_string_new(NULL);
    const char *c = *cursor;
    bool quoted = *c == '"';
    if (quoted) {
        for (c++; *c != '\0' && !(*c == '"' && c[1] != '"'); c++) {
            c += *c == '"';
            g_string_append_c(name, *c);
        }
        quoted = *c == '"';
        c += quoted;
    } else {
        for (; *c != '\0' && *c != '.' && *c != '(' && *c != '"'; c++)
            g_string_append_c(name, *c);
        quoted = name->len > 0;
    }
    *cursor = c;
    if (!quoted || name->len == 0) {
        g_string_free(name, TRUE);
        return NULL;
    }
    return g_string_free(name, FALSE);
}

bool
address_parse(const char *path, struct address_parts *parts)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *arguments = NULL;
    const char *cursor = path;
    for (;;) {
        char *name = parse_name(&cursor);
        if (name == NULL)
            return false;
        g_ptr_array_add(names, name);
        if (*cursor != '.')
            break;
        cursor++;
    }
    if (*cursor == '(' && g_str_has_suffix(cursor, ")")) {
        arguments = g_strndup(cursor + 1, strlen(cursor) - 2);
        cursor += strlen(cursor);
    }
    if (*cursor != '\0')
        return false;
    parts->count = names->len;
    parts->arguments = g_steal_pointer(&arguments);
    g_ptr_array_add(names, NULL);
    parts->names = (char **)g_ptr_array_steal(names, NULL);
    return true;
}

void
address_parts_clear(struct address_parts *parts)
{
    g_clear_pointer(&parts->names, g_strfreev);
    g_clear_pointer(&parts->arguments, g_free);
    parts->count = 0;
}

bool
address_word_is_known(const char *word)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        if ((*kind)->rule != PATH_NONE && (*kind)->rule != PATH_REF && *kind != &kind_key &&
            g_str_equal((*kind)->word, word))
            return true;
    return false;
}

/* A function named without its arguments, if it is the only one of that name. */
static const struct object *
resolve_function(const struct database *database, const struct address_parts *parts)
{
    const struct object *found = NULL;
    const struct function_list *functions = &database->catalog->functions;
    for (size_t i = 0; parts->count == 2 && i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        if (!g_str_equal(function->schema, parts->names[0]) ||
            !g_str_equal(function->name, parts->names[1]))
            continue;
        if (found != NULL)
            return NULL;
        found = &function->object;
    }
    return found;
}

static const struct object *
resolve_parts(const struct database *database, const char *word, const struct address_parts *parts)
{
    g_autofree char *exact = address_path((const char *const *)parts->names, parts->count,
                                          parts->arguments);
    const struct object *object = database_find(database, word, exact);
    if (object == NULL && g_str_equal(word, "function") && parts->arguments == NULL)
        object = resolve_function(database, parts);
    return object;
}

const struct object *
address_resolve(const struct database *database, const char *word, const char *path)
{
    struct address_parts parts = {0};
    if (!address_parse(path, &parts))
        return NULL;
    const struct object *object = resolve_parts(database, word, &parts);
    if (object == NULL && strchr(path, '"') == NULL) {
        for (size_t i = 0; i < parts.count; i++) {
            char *folded = g_utf8_strdown(parts.names[i], -1);
            g_free(parts.names[i]);
            parts.names[i] = folded;
        }
        object = resolve_parts(database, word, &parts);
    }
    address_parts_clear(&parts);
    return object;
}

void
slug_append(GString *slug, const char *name)
{
    for (; *name != '\0'; name++) {
        if (g_ascii_islower(*name) || g_ascii_isdigit(*name) || *name == '_' || *name == '-')
            g_string_append_c(slug, *name);
        else
            g_string_append_printf(slug, "~%02x", (unsigned char)*name);
    }
}

char *
slug_of(const struct object *object)
{
    g_autoptr(GString) slug = g_string_new(NULL);
    const char *schema = object->kind == &kind_schema ? NULL : object_schema(object);
    if (schema != NULL) {
        slug_append(slug, schema);
        g_string_append_c(slug, '.');
    }
    slug_append(slug, object_name(object));
    if (object->kind == &kind_function && *((const struct function *)object)->argument_types) {
        g_string_append_c(slug, '.');
        slug_append(slug, ((const struct function *)object)->argument_types);
    }
    if (slug->len <= SLUG_MOST)
        return g_strdup(slug->str);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, slug->str, -1);
    return g_strdup_printf("%.*s%.*s", SLUG_KEPT, slug->str, SLUG_DIGITS, digest);
}
