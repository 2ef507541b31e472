/* alike_pair.c - two databases that are compared: schemas of one structure on both sides have the
 * same differences. */
#include "catalog/alike.h"

#include "catalog/likeness.h"
#include "catalog/narrow.h"
#include "catalog/observed_fold.h"

#include <string.h>

struct side {
    struct database *database;
    GPtrArray *likenesses; /* by name */
    GHashTable *by_name;   /* schema → struct likeness */
    GHashTable *gone;      /* struct object */
};

static struct side
side_of(struct database *database)
{
    struct side side = {database, likenesses_of(database->catalog),
                        g_hash_table_new(g_str_hash, g_str_equal), g_hash_table_new(NULL, NULL)};
    for (guint i = 0; i < side.likenesses->len; i++) {
        struct likeness *likeness = side.likenesses->pdata[i];
        g_hash_table_insert(side.by_name, (gpointer)(guintptr)likeness->schema, likeness);
    }
    return side;
}

static void
side_clear(struct side *side)
{
    g_ptr_array_unref(side->likenesses);
    g_hash_table_unref(side->by_name);
    g_hash_table_unref(side->gone);
}

static void
take_all(const struct side *side)
{
    for (guint i = 0; i < side->likenesses->len; i++)
        likeness_take(side->likenesses->pdata[i]);
}

static const char *
structure_on(const struct side *side, const char *schema)
{
    const struct likeness *likeness = g_hash_table_lookup(side->by_name, schema);
    return likeness == NULL ? "" : likeness->structure;
}

/* "structure before, structure after" → GPtrArray of names, in their order. */
static void
group_side(GHashTable *groups, const struct side *side, const struct side *before,
           const struct side *after)
{
    for (guint i = 0; i < side->likenesses->len; i++) {
        const char *schema = ((const struct likeness *)side->likenesses->pdata[i])->schema;
        if (side == after && g_hash_table_contains(before->by_name, schema))
            continue;
        g_autofree char *sign = g_strconcat(structure_on(before, schema), " ",
                                            structure_on(after, schema), NULL);
        GPtrArray *group = g_hash_table_lookup(groups, sign);
        if (group == NULL) {
            group = g_ptr_array_new();
            g_hash_table_insert(groups, g_steal_pointer(&sign), group);
        }
        g_ptr_array_add(group, (gpointer)(guintptr)schema);
    }
}

enum extent { WHOLE, ALL_BUT_THE_SCHEMA };

static void
take_out(const struct side *side, const char *schema, const char *usual, enum extent extent)
{
    const struct likeness *likeness = g_hash_table_lookup(side->by_name, schema);
    for (guint i = 0; likeness != NULL && i < likeness->objects->len; i++) {
        const struct object *object = likeness->objects->pdata[i];
        if (extent == WHOLE || object->kind != &kind_schema)
            alike_take_out(side->database, side->gone, object, schema, usual);
    }
}

static const char *
first_of(const GPtrArray *group)
{
    for (guint i = 0; i < group->len; i++)
        if (g_str_equal(group->pdata[i], "public"))
            return "public";
    return group->pdata[0];
}

/* Of a schema that one side alone has: the first of both sides with its structure. */
static const char *
find_like(const struct side *own, const struct side *other, const char *schema)
{
    const char *structure = structure_on(own, schema);
    for (guint i = 0; i < own->likenesses->len; i++) {
        const struct likeness *likeness = own->likenesses->pdata[i];
        if (g_str_equal(likeness->structure, structure) &&
            g_hash_table_contains(other->by_name, likeness->schema))
            return likeness->schema;
    }
    return NULL;
}

static const char *
like_of(const struct side *before, const struct side *after, const char *schema)
{
    bool was = g_hash_table_contains(before->by_name, schema);
    bool is = g_hash_table_contains(after->by_name, schema);
    if (was && is)
        return NULL;
    return is ? find_like(after, before, schema) : find_like(before, after, schema);
}

static void
fold_group(const struct side *before, const struct side *after, const GPtrArray *group,
           GArray *alikes)
{
    const char *first = first_of(group);
    const char *like = like_of(before, after, first);
    struct arena *arena = after->database->arena;
    if (group->len < ALIKE_LEAST && like == NULL)
        return;
    struct alike alike = {.schema = arena_text(arena, first, -1),
                          .like = like == NULL ? NULL : arena_text(arena, like, -1),
                          .schemas = names_keep(arena, group)};
    for (size_t i = 0; i < alike.schemas.count; i++) {
        const char *schema = group->pdata[i];
        bool goes = !g_str_equal(schema, first);
        alike.schemas.items[i] = arena_text(arena, schema, -1);
        if (!goes && like == NULL)
            continue;
        take_out(before, schema, goes ? first : like, goes ? WHOLE : ALL_BUT_THE_SCHEMA);
        take_out(after, schema, goes ? first : like, goes ? WHOLE : ALL_BUT_THE_SCHEMA);
    }
    g_array_append_val(alikes, alike);
}

static int
compare_alikes(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct alike *)a)->schema, ((const struct alike *)b)->schema);
}

static void
fold_groups(const struct side *before, const struct side *after)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GArray) alikes = g_array_new(FALSE, FALSE, sizeof(struct alike));
    GHashTableIter iter;
    gpointer group = NULL;
    group_side(groups, before, before, after);
    group_side(groups, after, before, after);
    for (g_hash_table_iter_init(&iter, groups); g_hash_table_iter_next(&iter, NULL, &group);)
        fold_group(before, after, group, alikes);
    g_array_sort(alikes, compare_alikes);
    after->database->alikes.count = alikes->len;
    after->database->alikes.items = arena_keep(after->database->arena, alikes);
}

void
databases_fold(struct database *before, struct database *after)
{
    struct side sides[] = {side_of(before), side_of(after)};
    if (likenesses_may_be_alike(sides[0].likenesses) ||
        likenesses_may_be_alike(sides[1].likenesses)) {
        take_all(&sides[0]);
        take_all(&sides[1]);
        fold_groups(&sides[0], &sides[1]);
        for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
            observations_fold(sides[i].database, sides[i].gone);
            database_take_out(sides[i].database, sides[i].gone);
        }
    }
    side_clear(&sides[0]);
    side_clear(&sides[1]);
}
