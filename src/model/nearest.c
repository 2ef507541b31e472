/* nearest.c - guesses in the order of how sure they are. Names are compared with those of the same
 * table, or, for what lies in a schema, with all of the same word. */
#include "model/nearest.h"

#include "base/text.h"
#include "catalog/address.h"

#include <string.h>

/* Steps of comparing names, about a second of them: the notes of another database would ask for
 * hours. */
#define STEPS ((size_t)1000 * 1000 * 1000)

/* Objects that answer to one word. */
struct candidates {
    GPtrArray *objects;
    GPtrArray *paths; /* of each, with NULL at the end when complete */
    GPtrArray *names; /* the same without the schema */
};

struct nearest {
    const struct database *database;
    GHashTable *words; /* word → struct candidates; NULL: not needed yet */
    size_t left;       /* steps */
};

static void
candidates_free(void *data)
{
    struct candidates *candidates = data;
    g_ptr_array_unref(candidates->objects);
    g_ptr_array_unref(candidates->paths);
    g_ptr_array_unref(candidates->names);
    g_free(candidates);
}

static struct candidates *
candidates_new(void)
{
    struct candidates *candidates = g_new0(struct candidates, 1);
    candidates->objects = g_ptr_array_new();
    candidates->paths = g_ptr_array_new();
    candidates->names = g_ptr_array_new();
    return candidates;
}

struct nearest *
nearest_new(const struct database *database)
{
    struct nearest *nearest = g_new0(struct nearest, 1);
    nearest->database = database;
    nearest->left = STEPS;
    return nearest;
}

void
nearest_free(struct nearest *nearest)
{
    if (nearest->words != NULL)
        g_hash_table_unref(nearest->words);
    g_free(nearest);
}

/* Tables and views are mistaken for each other. */
static const char *
shared_word(const char *word)
{
    return g_str_equal(word, "view") ? "table" : word;
}

static bool
lies_in_object(const struct kind *kind)
{
    return kind->rule == PATH_PARENT || kind->rule == PATH_NONE;
}

static void
add_candidate(const struct object *object, void *data)
{
    GHashTable *words = data;
    if (lies_in_object(object->kind))
        return;
    const char *word = shared_word(object->kind->word);
    struct candidates *candidates = g_hash_table_lookup(words, word);
    if (candidates == NULL) {
        candidates = candidates_new();
        g_hash_table_insert(words, (gpointer)(guintptr)word, candidates);
    }
    size_t schema = object->kind->rule == PATH_NAME ? 0 : address_first_length(object->path) + 1;
    g_ptr_array_add(candidates->objects, (gpointer)(guintptr)object);
    g_ptr_array_add(candidates->paths, (gpointer)(guintptr)object->path);
    g_ptr_array_add(candidates->names, (gpointer)(guintptr)(object->path + schema));
}

static const struct candidates *
candidates_get(struct nearest *nearest, const char *word)
{
    if (nearest->words == NULL) {
        nearest->words = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, candidates_free);
        object_walk(nearest->database->catalog, add_candidate, nearest->words);
        GHashTableIter iter;
        gpointer candidates = NULL;
        for (g_hash_table_iter_init(&iter, nearest->words);
             g_hash_table_iter_next(&iter, NULL, &candidates);) {
            g_ptr_array_add(((struct candidates *)candidates)->paths, NULL);
            g_ptr_array_add(((struct candidates *)candidates)->names, NULL);
        }
    }
    return g_hash_table_lookup(nearest->words, shared_word(word));
}

/* The place of the text in a list that is most similar, with as many mistakes as its last name may
 * have; -1 for none. The list ends with NULL. */
static gssize
most_similar(struct nearest *nearest, const char *text, const char *name, const GPtrArray *list)
{
    size_t steps = list->len * strlen(text) * strlen(text);
    nearest->left -= MIN(nearest->left, steps);
    if (nearest->left == 0)
        return -1;
    const char *found = text_nearest_within(text, (const char *const *)list->pdata,
                                            text_mistakes(name));
    for (guint i = 0; found != NULL && i < list->len; i++)
        if (list->pdata[i] == found)
            return i;
    return -1;
}

static const struct object *
find_similar(struct nearest *nearest, const char *word, const char *path)
{
    const struct candidates *candidates = candidates_get(nearest, word);
    if (candidates == NULL)
        return NULL;
    size_t schema = address_first_length(path);
    bool has_schema = path[schema] == '.';
    const char *name = has_schema ? path + schema + 1 : path;
    gssize i = most_similar(nearest, path, name,
                            has_schema ? candidates->paths : candidates->names);
    return i < 0 ? NULL : candidates->objects->pdata[i];
}

/* The part of an object that has this name, or a similar one. */
static const struct object *
find_part(struct nearest *nearest, const struct object *object, const char *word, const char *name)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        if (field->type != LIST || !g_str_equal(field->child->word, word))
            continue;
        const struct list *list = field_list(field, object);
        for (size_t j = 0; j < list->count; j++) {
            const void *part = list_item(list, field->child, j);
            g_ptr_array_add(parts, (gpointer)(guintptr)part);
            g_ptr_array_add(names, (gpointer)(guintptr)object_name(part));
        }
    }
    g_ptr_array_add(names, NULL);
    gssize i = most_similar(nearest, name, name, names);
    return i < 0 ? NULL : parts->pdata[i];
}

/* "blog.psots.author" is blog.posts.author_id: the object first, then its part. */
static const struct object *
find_similar_part(struct nearest *nearest, const char *word, const char *path)
{
    static const char *const outer_words[] = {"table", "type"};
    struct address_parts parts = {0};
    const struct object *found = NULL;
    if (address_parse(path, &parts) && parts.count > 1) {
        g_autofree char *outer_path = address_path((const char *const *)parts.names,
                                                   parts.count - 1, NULL);
        for (size_t i = 0; found == NULL && i < G_N_ELEMENTS(outer_words); i++) {
            const struct object *outer = address_resolve(nearest->database, outer_words[i],
                                                         outer_path);
            if (outer == NULL)
                outer = find_similar(nearest, outer_words[i], outer_path);
            if (outer != NULL)
                found = find_part(nearest, outer, word, parts.names[parts.count - 1]);
        }
    }
    address_parts_clear(&parts);
    return found;
}

/* An object that has exactly this path but is called otherwise: "table blog.posts_pkey". */
static const struct object *
find_other_word(const struct nearest *nearest, const char *word, const char *path)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++) {
        const struct object *object = NULL;
        if (!g_str_equal((*kind)->word, word) && address_word_is_known((*kind)->word))
            object = address_resolve(nearest->database, (*kind)->word, path);
        if (object != NULL)
            return object;
    }
    return NULL;
}

/* An object that moved to another schema. */
static const struct object *
find_elsewhere(const struct nearest *nearest, const char *word, const char *path)
{
    size_t schema = address_first_length(path);
    return path[schema] == '.' ? address_resolve(nearest->database, word, path + schema + 1) : NULL;
}

static bool
word_lies_in_object(const char *word)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        if (g_str_equal((*kind)->word, word))
            return lies_in_object(*kind);
    return false;
}

const struct object *
nearest_find(struct nearest *nearest, const char *word, const char *path)
{
    const struct object *found = find_other_word(nearest, word, path);
    if (found == NULL)
        found = find_elsewhere(nearest, word, path);
    if (found != NULL)
        return found;
    return word_lies_in_object(word) ? find_similar_part(nearest, word, path)
                                     : find_similar(nearest, word, path);
}
