/* short_names.c - one look-up table; a path that several objects share leads to none of them. */
#include "catalog/short_names.h"

#include "catalog/address.h"

#include <string.h>

static void
add(struct database *database, const struct object *object, const char *path, size_t length)
{
    const char *word = object->kind->word;
    size_t word_length = strlen(word);
    char *key = arena_alloc(database->arena, word_length + 1 + length + 1);
    memcpy(key, word, word_length);
    key[word_length] = ' ';
    memcpy(key + word_length + 1, path, length);
    bool first = !g_hash_table_contains(database->short_names, key);
    g_hash_table_insert(database->short_names, key, first ? (gpointer)(guintptr)object : NULL);
}

static void
add_object(const struct object *object, void *data)
{
    struct database *database = data;
    if (object->path == NULL || object->kind->rule == PATH_NAME || object->kind->rule == PATH_REF ||
        object->kind == &kind_key)
        return;
    const char *name = object->path + address_first_length(object->path) + 1; /* less the schema */
    add(database, object, name, strlen(name));
    if (object->kind->rule != PATH_ARGUMENTS)
        return;
    /* The arguments and the brackets around them are the end of the path. */
    size_t tail = strlen(object_arguments(object)) + 2;
    add(database, object, name, strlen(name) - tail);
    add(database, object, object->path, strlen(object->path) - tail);
}

void
short_names_fill(struct database *database)
{
    object_walk(database->catalog, add_object, database);
}

enum short_name
short_names_find(const struct database *database, const char *word, const char *path,
                 const struct object **object)
{
    g_autofree char *key = g_strconcat(word, " ", path, NULL);
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(database->short_names, key, NULL, &found))
        return g_hash_table_contains(database->left_out, key) ? SHORT_NAME_LEFT_OUT
                                                              : SHORT_NAME_NONE;
    *object = found;
    return found == NULL ? SHORT_NAME_SEVERAL : SHORT_NAME_ONE;
}
