/* narrow.c - first everything is judged, while all references still lead somewhere; then the lists
 * close their gaps. */
#include "catalog/narrow.h"

#include <string.h>

#define LEVELS_MOST 64 /* partitions of partitions; a snapshot made by hand may hold a circle */

struct judgement {
    const struct narrowing *narrowing;
    GHashTable *gone; /* struct object */
    GHashTable *full; /* names of schemas that had something */
    GHashTable *left; /* and that still have */
};

static bool
is_wanted(const struct narrowing *narrowing, const struct object *object)
{
    return narrowing->wanted(object_schema(object), object_name(object), narrowing->data);
}

static bool
keeps_table(const struct narrowing *narrowing, const struct table *table)
{
    for (unsigned level = 0; table != NULL && level < LEVELS_MOST; level++) {
        if (!is_wanted(narrowing, &table->object))
            return false;
        table = table->partition_of.object;
    }
    return true;
}

static bool
keeps_sequence(const struct narrowing *narrowing, const struct sequence *sequence)
{
    const struct object *column = sequence->owned_by.object;
    const struct object *owner = column == NULL ? NULL : column->parent;
    return is_wanted(narrowing, &sequence->object) &&
           (owner == NULL || owner->kind != &kind_table ||
            keeps_table(narrowing, (const struct table *)(const void *)owner));
}

static bool
keeps(const struct narrowing *narrowing, const struct object *object)
{
    if (object->kind == &kind_table)
        return keeps_table(narrowing, (const struct table *)(const void *)object);
    if (object->kind == &kind_sequence)
        return keeps_sequence(narrowing, (const struct sequence *)(const void *)object);
    return is_wanted(narrowing, object);
}

/* Whether it stands in a schema of its own right and is asked for by name. */
static bool
is_judged(const struct object *object)
{
    return (object->kind->rule == PATH_SCHEMA || object->kind->rule == PATH_ARGUMENTS) &&
           object->parent->kind == &kind_catalog && object->kind != &kind_history;
}

static void
judge(const struct object *object, void *data)
{
    struct judgement *judgement = data;
    if (!is_judged(object))
        return;
    gpointer schema = (gpointer)(guintptr)object_schema(object);
    g_hash_table_add(judgement->full, schema);
    if (keeps(judgement->narrowing, object))
        g_hash_table_add(judgement->left, schema);
    else
        g_hash_table_add(judgement->gone, (gpointer)(guintptr)object);
}

static void
judge_schemas(struct judgement *judgement, const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->schemas.count; i++) {
        struct schema *schema = &catalog->schemas.items[i];
        if (g_hash_table_contains(judgement->full, schema->name) &&
            !g_hash_table_contains(judgement->left, schema->name))
            g_hash_table_add(judgement->gone, schema);
    }
}

/* Whether the object, or what is told of in it, is gone or lies in something that is. */
static bool
is_gone(GHashTable *gone, const struct object *object)
{
    if (object->kind == &kind_publication_table)
        object = ((const struct publication_table *)(const void *)object)->table.object;
    else if (object->kind->rule == PATH_REF)
        object = field_ref(&object->kind->fields[0], object)->object;
    for (; object != NULL; object = object->parent)
        if (g_hash_table_contains(gone, object))
            return true;
    return false;
}

/* The lists of the catalog, of a publication or of the observations. Every verdict is known before
 * the first move. */
static void
close_gaps(GHashTable *gone, struct object *root)
{
    for (size_t i = 0; i < root->kind->field_count; i++) {
        const struct field *field = &root->kind->fields[i];
        if (field->type != LIST)
            continue;
        struct list *list = (struct list *)(void *)((char *)root + field->offset);
        size_t size = field->child->size;
        size_t count = 0;
        for (size_t j = 0; j < list->count; j++) {
            char *item = (char *)list->items + j * size;
            if (is_gone(gone, (const struct object *)(const void *)item))
                continue;
            if (count < j)
                memcpy((char *)list->items + count * size, item, size);
            count++;
        }
        list->count = count;
    }
}

/* The names are remembered: what is left out is not a mistake of those who wrote about it. */
static void
leave_out(GHashTable *left_out, GHashTable *names)
{
    GHashTableIter iter;
    gpointer name = NULL;
    for (g_hash_table_iter_init(&iter, names); g_hash_table_iter_next(&iter, &name, NULL);)
        g_hash_table_add(left_out, name);
    g_hash_table_remove_all(names);
}

void
database_take_out(struct database *database, GHashTable *gone)
{
    if (g_hash_table_size(gone) == 0)
        return;
    for (size_t i = 0; i < database_observed(database); i++)
        close_gaps(gone, &database_observation(database, i)->object);
    close_gaps(gone, &database->catalog->object);
    leave_out(database->left_out, database->directory);
    leave_out(database->left_out, database->short_names);
    database_finish(database);
}

void
database_narrow(struct database *database, const struct narrowing *narrowing)
{
    struct judgement judgement = {
        .narrowing = narrowing,
        .gone = g_hash_table_new(NULL, NULL),
        .full = g_hash_table_new(g_str_hash, g_str_equal),
        .left = g_hash_table_new(g_str_hash, g_str_equal),
    };
    object_walk(database->catalog, judge, &judgement);
    judge_schemas(&judgement, database->catalog);
    for (size_t i = 0; i < database->catalog->publications.count; i++)
        close_gaps(judgement.gone, &database->catalog->publications.items[i].object);
    database_take_out(database, judgement.gone);
    g_hash_table_unref(judgement.gone);
    g_hash_table_unref(judgement.full);
    g_hash_table_unref(judgement.left);
}
