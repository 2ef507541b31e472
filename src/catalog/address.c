/* address.c - paths, the addresses people write, and file names that no two objects share. */
#include "catalog/address.h"

#include "base/text.h"
#include "catalog/short_names.h"
#include "catalog/signature.h"

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

size_t
address_first_length(const char *path)
{
    bool quoted = false;
    size_t length = 0;
    for (; path[length] != '\0' && (quoted || path[length] != '.'); length++)
        quoted ^= path[length] == '"';
    return length;
}

char *
address_parent(const char *path)
{
    size_t parent = 0;
    for (size_t end = address_first_length(path); path[end] == '.';
         end += 1 + address_first_length(path + end + 1))
        parent = end;
    return parent == 0 ? NULL : g_strndup(path, parent);
}

/* What is not quoted, in lower case. */
static char *
fold_path(const char *path)
{
    GString *folded = g_string_new(NULL);
    while (*path != '\0') {
        size_t bare = strcspn(path, "\"");
        g_autofree char *lower = g_utf8_strdown(path, (gssize)bare);
        g_string_append(folded, lower);
        path += bare;
        const char *close = *path == '"' ? strchr(path + 1, '"') : NULL;
        size_t quoted = close != NULL ? (size_t)(close - path) + 1 : strlen(path);
        g_string_append_len(folded, path, (gssize)quoted);
        path += quoted;
    }
    return g_string_free(folded, FALSE);
}

static enum short_name
find_path(const struct database *database, const char *word, const char *path,
          const struct object **object)
{
    *object = database_find(database, word, path);
    return *object != NULL ? SHORT_NAME_ONE : short_names_find(database, word, path, object);
}

/* With names and arguments spelled as in the catalog. */
static enum short_name
find_parts(const struct database *database, const char *word, const char *path,
           const struct object **object)
{
    struct address_parts parts = {0};
    if (!address_parse(path, &parts))
        return SHORT_NAME_NONE;
    g_autofree char *arguments = parts.arguments == NULL ? NULL
                                                         : signature_normalize(parts.arguments);
    g_autofree char *exact = address_path((const char *const *)parts.names, parts.count, arguments);
    address_parts_clear(&parts);
    bool is_view = g_str_equal(word, "view");
    bool is_table = g_str_equal(word, "table") || g_str_equal(word, "relation");
    enum short_name found = find_path(database, is_table ? "table" : word, exact, object);
    if (found == SHORT_NAME_NONE && (is_table || is_view))
        return find_path(database, is_table ? "view" : "table", exact, object);
    return found;
}

static enum short_name
find(const struct database *database, const char *word, const char *path,
     const struct object **object)
{
    enum short_name found = find_parts(database, word, path, object);
    if (found != SHORT_NAME_NONE)
        return found;
    g_autofree char *folded = fold_path(path);
    return find_parts(database, word, folded, object);
}

const struct object *
address_resolve(const struct database *database, const char *word, const char *path)
{
    const struct object *object = NULL;
    return find(database, word, path, &object) == SHORT_NAME_ONE ? object : NULL;
}

bool
address_is_ambiguous(const struct database *database, const char *word, const char *path)
{
    const struct object *object = NULL;
    return find(database, word, path, &object) == SHORT_NAME_SEVERAL;
}

bool
address_is_left_out(const struct database *database, const char *word, const char *path)
{
    const struct object *object = NULL;
    return find(database, word, path, &object) == SHORT_NAME_LEFT_OUT;
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
    if (object->kind->rule == PATH_ARGUMENTS && *object_arguments(object) != '\0') {
        g_string_append_c(slug, '.');
        slug_append(slug, object_arguments(object));
    }
    if (slug->len <= SLUG_MOST)
        return g_strdup(slug->str);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, slug->str, -1);
    /* No short name has "~~", so that none can be made to look like a cut one. */
    return g_strdup_printf("%.*s~~%.*s", SLUG_KEPT, slug->str, SLUG_DIGITS, digest);
}
