/* history.c - one walk over all that the migrations changed. */
#include "site/history.h"

#include "model/model.h"

#include <string.h>

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
    const char *dot = strrchr(difference->path, '.');
    g_autofree char *above = dot == NULL
                                 ? NULL
                                 : g_strndup(difference->path, (gsize)(dot - difference->path));
    return above == NULL ? NULL : database_find(database, "table", above);
}

static void
add(GHashTable *history, const void *owner, const struct migration_evidence *migration)
{
    GPtrArray *migrations = g_hash_table_lookup(history, owner);
    if (migrations == NULL) {
        migrations = g_ptr_array_new();
        g_hash_table_insert(history, (gpointer)(guintptr)owner, migrations);
    }
    if (migrations->len == 0 || migrations->pdata[migrations->len - 1] != migration)
        g_ptr_array_add(migrations, (gpointer)(guintptr)migration);
}

GHashTable *
history_new(const struct database *database, const struct rehearsal *rehearsal)
{
    GHashTable *history = g_hash_table_new_full(NULL, NULL, NULL,
                                                (GDestroyNotify)g_ptr_array_unref);
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
