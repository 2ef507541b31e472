/* group.c - collecting what belongs together. */
#include "base/group.h"

#include <string.h>

gpointer
group_key(const void *object)
{
    return (gpointer)(guintptr)object;
}

GHashTable *
groups_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
}

void
group_add(GHashTable *groups, const void *object, const void *item)
{
    GPtrArray *group = g_hash_table_lookup(groups, object);
    if (group == NULL) {
        group = g_ptr_array_new();
        g_hash_table_insert(groups, group_key(object), group);
    }
    g_ptr_array_add(group, group_key(item));
}

const void *
group_keep(struct arena *arena, const GPtrArray *group)
{
    void **items = arena_array(arena, group->len, sizeof *items);
    if (group->len > 0)
        memcpy(items, group->pdata, group->len * sizeof *items);
    return items;
}
