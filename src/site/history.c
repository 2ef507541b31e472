/* history.c - one walk over all that the migrations changed. */
#include "site/history.h"

#include "base/group.h"
#include "catalog/address.h"
#include "model/model.h"

/* What a difference of this path is told with, as far as it is still there; NULL for none. */
static const void *
find_owner(const struct database *database, const struct difference *difference)
{
    const struct object *object = database_find(database, difference->word, difference->path);
    if (object != NULL) {
        const struct table *table = object_table(object);
        if (table != NULL)
            return table_root(table);
        return object->parent != NULL && object->parent->parent != NULL ? object->parent : object;
    }
    /* It is gone, or was renamed: its table may still be there. */
    g_autofree char *parent = address_parent(difference->path);
    return parent == NULL ? NULL : database_find(database, "table", parent);
}

/* Once, however much of it a migration touches. */
static void
add(GHashTable *history, const void *owner, const struct migration_evidence *migration)
{
    const GPtrArray *migrations = g_hash_table_lookup(history, owner);
    if (migrations == NULL || migrations->pdata[migrations->len - 1] != migration)
        group_add(history, owner, migration);
}

GHashTable *
history_new(const struct database *database, const struct rehearsal *rehearsal)
{
    GHashTable *history = groups_new();
    for (size_t i = 0; rehearsal != NULL && i < rehearsal->count; i++) {
        const struct differences *changes = &rehearsal->items[i].changes;
        for (size_t j = 0; j < changes->count; j++) {
            const void *owner = find_owner(database, &changes->items[j]);
            if (owner != NULL && !changes->items[j].physical)
                add(history, owner, &rehearsal->items[i]);
        }
    }
    return history;
}

GHashTable *
history_made(const struct database *database, const struct rehearsal *rehearsal)
{
    GHashTable *made = rehearsal != NULL ? g_hash_table_new(NULL, NULL) : NULL;
    for (size_t i = 0; rehearsal != NULL && i < rehearsal->count; i++) {
        const struct differences *changes = &rehearsal->items[i].changes;
        for (size_t j = 0; j < changes->count; j++) {
            const struct difference *change = &changes->items[j];
            const void *object = change->kind == CHANGE_ADDED && change->title == NULL
                                     ? database_find(database, change->word, change->path)
                                     : NULL;
            if (object != NULL)
                g_hash_table_insert(made, group_key(object), GSIZE_TO_POINTER(i + 1));
        }
    }
    return made;
}
