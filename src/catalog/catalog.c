/* catalog.c - what all kinds have in common: access to facts, order, paths and references. */
#include "catalog/catalog.h"

#include "base/text.h"
#include "catalog/address.h"
#include "catalog/alike.h"
#include "catalog/short_names.h"

#include <stdlib.h>
#include <string.h>

const struct field *
kind_field(const struct kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (g_str_equal(kind->fields[i].name, name))
            return &kind->fields[i];
    return NULL;
}

static const void *
member(const struct field *field, const void *object)
{
    return (const char *)object + field->offset;
}

const char *
field_text(const struct field *field, const void *object)
{
    g_assert(field->type == TEXT || field->type == SQL);
    return *(const char *const *)member(field, object);
}

enum truth
field_truth(const struct field *field, const void *object)
{
    g_assert(field->type == BOOL);
    return *(const enum truth *)member(field, object);
}

int64_t
field_number(const struct field *field, const void *object)
{
    g_assert(field->type == NUMBER);
    return *(const int64_t *)member(field, object);
}

const char *
field_word(const struct field *field, const void *object)
{
    g_assert(field->type == ENUM);
    unsigned value = 0;
    memcpy(&value, member(field, object), sizeof value);
    g_assert(value < field->enumeration->count);
    return field->enumeration->words[value];
}

const struct names *
field_names(const struct field *field, const void *object)
{
    g_assert(field->type == NAMES);
    return member(field, object);
}

const struct ref *
field_ref(const struct field *field, const void *object)
{
    g_assert(field->type == REF);
    return member(field, object);
}

const struct refs *
field_refs(const struct field *field, const void *object)
{
    g_assert(field->type == REFS);
    return member(field, object);
}

const struct list *
field_list(const struct field *field, const void *object)
{
    g_assert(field->type == LIST);
    return member(field, object);
}

const void *
list_item(const struct list *list, const struct kind *kind, size_t i)
{
    g_assert(i < list->count);
    return (const char *)list->items + i * kind->size;
}

unsigned
enumeration_value(const struct enumeration *enumeration, const char *word)
{
    for (unsigned value = 1; word != NULL && value < enumeration->count; value++)
        if (g_str_equal(enumeration->words[value], word))
            return value;
    return 0;
}

void
object_init(void *object, const struct kind *kind, const struct object *parent)
{
    struct object *base = object;
    base->kind = kind;
    base->parent = parent;
    for (size_t i = 0; i < kind->field_count; i++) {
        if (kind->fields[i].type == NUMBER) {
            int64_t unknown = NUMBER_UNKNOWN;
            memcpy((char *)object + kind->fields[i].offset, &unknown, sizeof unknown);
        }
    }
}

void *
object_new(struct arena *arena, const struct kind *kind, const struct object *parent)
{
    void *object = arena_alloc(arena, kind->size);
    object_init(object, kind, parent);
    return object;
}

struct database *
database_new(void)
{
    struct database *database = g_new0(struct database, 1);
    database->arena = arena_new();
    database->directory = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, NULL);
    database->short_names = g_hash_table_new(g_str_hash, g_str_equal);
    database->left_out = g_hash_table_new(g_str_hash, g_str_equal);
    database->stand_ins = g_hash_table_new(g_str_hash, g_str_equal);
    database->catalog = object_new(database->arena, &kind_catalog, NULL);
    return database;
}

void
database_free(struct database *database)
{
    if (database == NULL)
        return;
    g_hash_table_unref(database->directory);
    g_hash_table_unref(database->short_names);
    g_hash_table_unref(database->left_out);
    g_hash_table_unref(database->stand_ins);
    alikes_clear(&database->alikes);
    arena_free(database->arena);
    g_free(database);
}

const char *
object_name(const void *object)
{
    const struct object *base = object;
    const struct field *name = kind_field(base->kind, "name");
    return name == NULL ? base->path : field_text(name, object);
}

const char *
object_arguments(const void *object)
{
    const struct kind *kind = ((const struct object *)object)->kind;
    g_assert(kind->rule == PATH_ARGUMENTS);
    size_t last = kind->field_count - 1;
    while ((kind->fields[last].flags & KEY) == 0)
        last--;
    return field_text(&kind->fields[last], object);
}

const char *
object_schema(const void *object)
{
    const struct object *base = object;
    if (base->kind == &kind_schema)
        return object_name(object);
    if (base->kind == &kind_extension)
        return NULL;
    const struct field *schema = kind_field(base->kind, "schema");
    if (schema != NULL)
        return field_text(schema, object);
    return base->parent == NULL ? NULL : object_schema(base->parent);
}

void
object_walk(const void *object, void (*visit)(const struct object *object, void *data), void *data)
{
    const struct object *base = object;
    visit(base, data);
    for (size_t i = 0; i < base->kind->field_count; i++) {
        const struct field *field = &base->kind->fields[i];
        if (field->type != LIST)
            continue;
        const struct list *list = field_list(field, object);
        for (size_t j = 0; j < list->count; j++)
            object_walk(list_item(list, field->child, j), visit, data);
    }
}

/* Siblings stand in their ORDER when they have one, else by their KEYs, byte by byte. */
static int
compare_field(const struct field *field, const void *a, const void *b)
{
    if (field->type == NUMBER) {
        int64_t x = field_number(field, a);
        int64_t y = field_number(field, b);
        return (x > y) - (x < y);
    }
    if (field->type == REF)
        return text_compare(field_ref(field, a)->path, field_ref(field, b)->path);
    return text_compare(field_text(field, a), field_text(field, b));
}

static int
compare_siblings(const void *a, const void *b)
{
    const struct kind *kind = ((const struct object *)a)->kind;
    static const unsigned rounds[] = {ORDER, KEY};
    for (size_t round = 0; round < G_N_ELEMENTS(rounds); round++) {
        for (size_t i = 0; i < kind->field_count; i++) {
            int order = (kind->fields[i].flags & rounds[round]) != 0
                            ? compare_field(&kind->fields[i], a, b)
                            : 0;
            if (order != 0)
                return order;
        }
    }
    return 0;
}

/* Readings and snapshots bring most lists in order. */
static bool
is_sorted(const struct list *list, const struct kind *kind)
{
    for (size_t i = 1; i < list->count; i++)
        if (compare_siblings(list_item(list, kind, i - 1), list_item(list, kind, i)) > 0)
            return false;
    return true;
}

static char *
make_path(const struct object *object)
{
    const char *schema = object_schema(object);
    const char *names[] = {schema, NULL};
    switch (object->kind->rule) {
    case PATH_NONE:
        return NULL;
    case PATH_REF:
        return g_strdup(field_ref(&object->kind->fields[0], object)->path);
    case PATH_NAME:
        names[0] = object_name(object);
        return address_path(names, 1, NULL);
    case PATH_SCHEMA:
    case PATH_SIBLING:
        names[1] = object_name(object);
        return address_path(names, 2, NULL);
    case PATH_ARGUMENTS:
        names[1] = object_name(object);
        return address_path(names, 2, object_arguments(object));
    case PATH_PARENT:
        break;
    }
    GString *path = g_string_new(object->parent->path);
    g_string_append_c(path, '.');
    if (object->kind == &kind_key)
        g_string_append_printf(path, "%d", (int)((const struct key *)object)->position);
    else
        address_append_name(path, object_name(object));
    return g_string_free(path, FALSE);
}

static void finish_lists(struct database *database, struct object *object);

static void
finish_object(struct database *database, struct object *object, const struct object *parent)
{
    object->parent = parent;
    g_autofree char *path = make_path(object);
    object->path = arena_intern(database->arena, path);
    if (path != NULL && object->kind->rule != PATH_REF) {
        char *address = arena_printf(database->arena, "%s %s", object->kind->word, path);
        g_hash_table_insert(database->directory, address, object);
    }
    finish_lists(database, object);
}

static void
finish_lists(struct database *database, struct object *object)
{
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        if (field->type != LIST)
            continue;
        const struct list *list = field_list(field, object);
        if (!is_sorted(list, field->child))
            qsort(list->items, list->count, field->child->size, compare_siblings);
        for (size_t j = 0; j < list->count; j++) {
            char *item = (char *)list->items + j * field->child->size;
            finish_object(database, (struct object *)(void *)item, object);
        }
    }
}

/* What has this very address, or what is documented in its place. */
enum finding { FIND_ITSELF, FIND_STAND_IN };

static const void *
find(const struct database *database, const char *word, const char *path, enum finding finding)
{
    if (g_str_equal(word, "relation")) {
        const void *table = find(database, "table", path, finding);
        return table != NULL ? table : find(database, "view", path, finding);
    }
    g_autofree char *address = g_strconcat(word, " ", path, NULL);
    const void *object = g_hash_table_lookup(database->directory, address);
    const char *stand_in = object != NULL || finding == FIND_ITSELF
                               ? NULL
                               : g_hash_table_lookup(database->stand_ins, address);
    return stand_in == NULL ? object : g_hash_table_lookup(database->directory, stand_in);
}

const void *
database_find(const struct database *database, const char *word, const char *path)
{
    return find(database, word, path, FIND_STAND_IN);
}

/* What the object itself rests on must be just that. */
static void
resolve_one(const struct database *database, const char *word, struct ref *ref)
{
    ref->object = ref->path == NULL ? NULL : find(database, word, ref->path, FIND_ITSELF);
}

/* Of what it uses, only that of its own schema must: a view over the schemas of all tenants uses
 * the one that stands for them. */
static void
resolve_all(const struct database *database, const char *word, const struct object *object,
            struct refs *refs)
{
    const char *schema = refs->count == 0 ? NULL : object_schema(object);
    g_autofree char *own = schema == NULL ? NULL : address_path(&schema, 1, NULL);
    size_t length = own == NULL ? 0 : strlen(own);
    for (size_t i = 0; i < refs->count; i++) {
        struct ref *ref = &refs->items[i];
        if (ref->path == NULL)
            continue;
        bool is_own = own != NULL && address_first_length(ref->path) == length &&
                      strncmp(ref->path, own, length) == 0;
        ref->object = find(database, word, ref->path, is_own ? FIND_ITSELF : FIND_STAND_IN);
    }
}

static void
resolve_references(const struct object *object, void *data)
{
    const struct database *database = data;
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        char *place = (char *)(guintptr)object + field->offset;
        if (field->type == REF)
            resolve_one(database, field->target, (struct ref *)(void *)place);
        else if (field->type == REFS)
            resolve_all(database, field->target, object, (struct refs *)(void *)place);
    }
}

size_t
database_observed(const struct database *database)
{
    return database->series.count + (database->observations != NULL);
}

struct observations *
database_observation(const struct database *database, size_t i)
{
    return i < database->series.count ? &database->series.items[i] : database->observations;
}

void
database_finish(struct database *database)
{
    finish_lists(database, &database->catalog->object);
    short_names_fill(database);
    object_walk(database->catalog, resolve_references, database);
    for (size_t i = 0; i < database_observed(database); i++) {
        struct observations *observations = database_observation(database, i);
        finish_lists(database, &observations->object);
        object_walk(observations, resolve_references, database);
    }
}
