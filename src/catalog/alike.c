/* alike.c - which schemas are alike; then what is documented once is taken out of the database. */
#include "catalog/alike.h"

#include "base/text.h"
#include "catalog/address.h"
#include "catalog/compare.h"
#include "catalog/likeness.h"
#include "catalog/narrow.h"
#include "catalog/observed_fold.h"
#include "catalog/placing.h"

#include <stdlib.h>
#include <string.h>

/* ---- groups ---- */

/* Schemas of exactly one structure: struct likeness *, the documented one first. */
struct group {
    GPtrArray *members;
    const struct group *usual; /* the group that this one is a variant of; NULL: none */
};

static const struct likeness *
first_of(const struct group *group)
{
    return group->members->pdata[0];
}

static void
group_clear(void *data)
{
    g_ptr_array_unref(((struct group *)data)->members);
}

/* Members that come by name; what lies in public is what people mean who name no schema. */
static void
add_member(struct group *group, struct likeness *likeness)
{
    if (group->members == NULL)
        group->members = g_ptr_array_new();
    gint place = g_str_equal(likeness->schema, "public") ? 0 : (gint)group->members->len;
    g_ptr_array_insert(group->members, place, likeness);
}

static GArray *
group_by_structure(const GPtrArray *likenesses)
{
    GArray *groups = g_array_new(FALSE, TRUE, sizeof(struct group));
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    g_array_set_clear_func(groups, group_clear);
    for (guint i = 0; i < likenesses->len; i++) {
        struct likeness *likeness = likenesses->pdata[i];
        gpointer place = NULL;
        if (!g_hash_table_lookup_extended(places, likeness->structure, NULL, &place)) {
            place = GUINT_TO_POINTER(groups->len);
            g_hash_table_insert(places, likeness->structure, place);
            g_array_set_size(groups, groups->len + 1);
        }
        add_member(&g_array_index(groups, struct group, GPOINTER_TO_UINT(place)), likeness);
    }
    return groups;
}

static int
compare_groups(gconstpointer a, gconstpointer b)
{
    const struct group *one = a;
    const struct group *other = b;
    int order = (one->members->len < other->members->len) -
                (one->members->len > other->members->len);
    return order != 0 ? order : strcmp(first_of(one)->schema, first_of(other)->schema);
}

/* The most frequent structure first; one that is near to another, more frequent one is its variant.
 */
static GArray *
groups_of(const GPtrArray *likenesses)
{
    GArray *groups = group_by_structure(likenesses);
    g_array_sort(groups, compare_groups);
    for (guint i = 0; i < groups->len; i++) {
        struct group *group = &g_array_index(groups, struct group, i);
        for (guint j = 0; j < i && group->usual == NULL; j++) {
            const struct group *other = &g_array_index(groups, struct group, j);
            if (other->usual == NULL && other->members->len >= ALIKE_LEAST &&
                likeness_is_near(first_of(group), first_of(other)))
                group->usual = other;
        }
    }
    return groups;
}

/* ---- what differs ---- */

static const struct list *
place_list(const struct placing *placing, const struct kind *kind, const GPtrArray *objects,
           struct list *list)
{
    for (guint i = 0; i < objects->len; i++)
        list->count += ((const struct object *)objects->pdata[i])->kind == kind ? 1 : 0;
    list->items = arena_array(placing->arena, list->count, kind->size);
    char *item = list->items;
    for (guint i = 0; i < objects->len; i++) {
        if (((const struct object *)objects->pdata[i])->kind != kind)
            continue;
        placing_copy(placing, objects->pdata[i], item);
        item += kind->size;
    }
    return list;
}

/* A database of this schema alone, under another name. */
static struct database *
database_of(const struct catalog *catalog, const struct likeness *likeness, const char *name)
{
    struct database *database = database_new();
    const struct placing placing = {database->arena, likeness->schema, name};
    database->catalog->postgresql = catalog->postgresql;
    database->catalog->access = catalog->access;
    database->catalog->owner = catalog->owner;
    for (size_t i = 0; i < kind_catalog.field_count; i++) {
        const struct field *field = &kind_catalog.fields[i];
        struct list list = {0};
        if (field->type == LIST)
            memcpy((char *)database->catalog + field->offset,
                   place_list(&placing, field->child, likeness->objects, &list), sizeof list);
    }
    for (size_t i = 0; i < database->catalog->schemas.count; i++)
        database->catalog->schemas.items[i].comment = NULL; /* says which one it is */
    database_finish(database);
    return database;
}

/* ---- what goes ---- */

struct folding {
    struct database *database;
    GHashTable *gone; /* struct object */
};

struct standing_in {
    struct database *database;
    struct placing placing;
};

static void
add_stand_in(const struct object *object, void *data)
{
    const struct standing_in *standing_in = data;
    struct database *database = standing_in->database;
    if (object->kind == &kind_key || object->kind == &kind_default_privileges)
        return;
    g_autofree char *path = placing_path(&standing_in->placing, object->path);
    const char *word = object->kind->word;
    g_hash_table_insert(database->stand_ins,
                        arena_printf(database->arena, "%s %s", word, object->path),
                        arena_printf(database->arena, "%s %s", word, path));
}

void
alike_take_out(struct database *database, GHashTable *gone, const struct object *object,
               const char *from, const char *to)
{
    struct standing_in standing_in = {database, {NULL, from, to}};
    /* A schema's own path is a name alone. */
    if (object->kind == &kind_schema) {
        g_autofree char *path = address_path(&to, 1, NULL);
        g_hash_table_insert(database->stand_ins,
                            arena_printf(database->arena, "schema %s", object->path),
                            arena_printf(database->arena, "schema %s", path));
    } else {
        object_walk(object, add_stand_in, &standing_in);
    }
    g_hash_table_add(gone, (gpointer)(guintptr)object);
}

static void
take_out(const struct folding *folding, const struct object *object, const char *from,
         const char *to)
{
    alike_take_out(folding->database, folding->gone, object, from, to);
}

static void
take_out_schema(struct folding *folding, const struct likeness *likeness, const char *usual)
{
    for (guint i = 0; i < likeness->objects->len; i++)
        take_out(folding, likeness->objects->pdata[i], likeness->schema, usual);
}

static const struct object *
root_of(const struct object *object)
{
    for (unsigned level = 0; object->kind == &kind_table && level < 64; level++) {
        const struct object *root =
            ((const struct table *)(const void *)object)->partition_of.object;
        if (root == NULL)
            break;
        object = root;
    }
    return object;
}

/* Of a tree of partitions all differs, or nothing. */
static GHashTable *
roots_that_differ(const struct likeness *own, const struct likeness *usual)
{
    GHashTable *roots = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < own->objects->len; i++) {
        const struct object *object = own->objects->pdata[i];
        if (!g_hash_table_contains(usual->known, g_hash_table_lookup(own->digests, object)) ||
            object->kind == &kind_schema)
            g_hash_table_add(roots, (gpointer)(guintptr)root_of(object));
    }
    return roots;
}

static void
take_out_variant(struct folding *folding, const struct group *group)
{
    const struct likeness *usual = first_of(group->usual);
    const struct likeness *own = first_of(group);
    for (guint i = 0; i < group->members->len; i++) {
        const struct likeness *likeness = group->members->pdata[i];
        g_autoptr(GHashTable) differing = roots_that_differ(likeness, usual);
        for (guint j = 0; j < likeness->objects->len; j++) {
            const struct object *object = likeness->objects->pdata[j];
            bool differs = g_hash_table_contains(differing, root_of(object));
            if (!differs)
                take_out(folding, object, likeness->schema, usual->schema);
            else if (i > 0)
                take_out(folding, object, likeness->schema, own->schema);
        }
    }
}

/* ---- what is told of them ---- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct names
schemas_of(const struct group *group, struct arena *arena)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < group->members->len; i++) {
        const struct likeness *likeness = group->members->pdata[i];
        g_ptr_array_add(names, (gpointer)(guintptr)likeness->schema);
    }
    return names_keep(arena, names);
}

static const char **
comments_of(const struct database *database, const struct names *schemas)
{
    const char **comments = arena_array(database->arena, schemas->count, sizeof *comments);
    for (size_t i = 0; i < schemas->count; i++) {
        g_autofree char *path = address_path(&schemas->items[i], 1, NULL);
        const struct schema *schema = database_find(database, "schema", path);
        comments[i] = schema == NULL ? NULL : schema->comment;
    }
    return comments;
}

static struct variant
variant_of(const struct database *database, const struct group *group)
{
    const struct likeness *own = first_of(group);
    struct variant variant = {
        .schemas = schemas_of(group, database->arena),
        .usual = database_of(database->catalog, first_of(group->usual), own->schema),
        .own = database_of(database->catalog, own, own->schema),
    };
    variant.changes = catalog_compare(variant.usual->catalog, variant.own->catalog);
    return variant;
}

static struct alike
alike_of(const struct database *database, const GArray *groups, const struct group *group)
{
    g_autoptr(GArray) variants = g_array_new(FALSE, FALSE, sizeof(struct variant));
    struct alike alike = {
        .schema = first_of(group)->schema,
        .schemas = schemas_of(group, database->arena),
    };
    qsort(alike.schemas.items, alike.schemas.count, sizeof *alike.schemas.items, compare_names);
    alike.comments = comments_of(database, &alike.schemas);
    for (guint i = 0; i < groups->len; i++) {
        const struct group *other = &g_array_index(groups, struct group, i);
        if (other->usual != group)
            continue;
        const struct variant variant = variant_of(database, other);
        g_array_append_val(variants, variant);
    }
    alike.variant_count = variants->len;
    alike.variants = arena_keep(database->arena, variants);
    return alike;
}

static int
compare_alikes(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct alike *)a)->schema, ((const struct alike *)b)->schema);
}

static bool
is_usual(const struct group *group)
{
    return group->usual == NULL && group->members->len >= ALIKE_LEAST;
}

static void
tell(struct database *database, const GArray *groups)
{
    g_autoptr(GArray) alikes = g_array_new(FALSE, FALSE, sizeof(struct alike));
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = &g_array_index(groups, struct group, i);
        if (!is_usual(group))
            continue;
        const struct alike alike = alike_of(database, groups, group);
        g_array_append_val(alikes, alike);
    }
    g_array_sort(alikes, compare_alikes);
    database->alikes.count = alikes->len;
    database->alikes.items = arena_keep(database->arena, alikes);
}

static void
fold_groups(struct database *database, const GArray *groups)
{
    struct folding folding = {database, g_hash_table_new(NULL, NULL)};
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = &g_array_index(groups, struct group, i);
        if (group->usual != NULL)
            take_out_variant(&folding, group);
        for (guint j = 1; is_usual(group) && j < group->members->len; j++)
            take_out_schema(&folding, group->members->pdata[j], first_of(group)->schema);
    }
    observations_fold(database, folding.gone);
    database_take_out(database, folding.gone);
    g_hash_table_unref(folding.gone);
}

void
database_fold(struct database *database)
{
    g_autoptr(GPtrArray) likenesses = likenesses_of(database->catalog);
    if (!likenesses_may_be_alike(likenesses))
        return;
    for (guint i = 0; i < likenesses->len; i++)
        likeness_take(likenesses->pdata[i]);
    g_autoptr(GArray) groups = groups_of(likenesses);
    tell(database, groups);
    if (database->alikes.count > 0)
        fold_groups(database, groups);
}

void
database_fold_as(struct database *database, const struct database *folded)
{
    g_autoptr(GHashTable) gone = g_hash_table_new(NULL, NULL);
    if (g_hash_table_size(folded->stand_ins) == 0)
        return;
    for (size_t i = 0; i < kind_catalog.field_count; i++) {
        const struct field *field = &kind_catalog.fields[i];
        const struct list *list = field->type == LIST ? field_list(field, database->catalog) : NULL;
        for (size_t j = 0; list != NULL && j < list->count; j++) {
            const struct object *object = list_item(list, field->child, j);
            if (database_has_folded(folded, object))
                g_hash_table_add(gone, (gpointer)(guintptr)object);
        }
    }
    database_take_out(database, gone);
}

/* ---- looking it up ---- */

const struct alike *
alike_of_schema(const struct database *database, const char *schema, const struct variant **variant)
{
    *variant = NULL;
    for (size_t i = 0; i < database->alikes.count; i++) {
        const struct alike *alike = &database->alikes.items[i];
        if (text_equal(alike->schema, schema))
            return alike;
        for (size_t j = 0; j < alike->variant_count; j++) {
            if (!text_equal(alike->variants[j].schemas.items[0], schema))
                continue;
            *variant = &alike->variants[j];
            return alike;
        }
    }
    return NULL;
}

const struct names *
alike_names(const struct database *database, const char *schema)
{
    const struct variant *variant = NULL;
    const struct alike *alike = alike_of_schema(database, schema, &variant);
    return variant != NULL ? &variant->schemas : alike != NULL ? &alike->schemas : NULL;
}

bool
database_has_folded(const struct database *database, const struct object *object)
{
    g_autofree char *address = g_strconcat(object->kind->word, " ", object->path, NULL);
    return g_hash_table_contains(database->stand_ins, address);
}

void
alikes_clear(struct alikes *alikes)
{
    for (size_t i = 0; i < alikes->count; i++) {
        for (size_t j = 0; j < alikes->items[i].variant_count; j++) {
            g_ptr_array_unref(alikes->items[i].variants[j].changes);
            database_free(alikes->items[i].variants[j].usual);
            database_free(alikes->items[i].variants[j].own);
        }
    }
}
