/* group.h - lists of things by the object they belong to. */
#ifndef DBDOC_GROUP_H
#define DBDOC_GROUP_H

#include "base/arena.h"

#include <glib.h>

/* Hash tables take no const; nothing is changed through them. */
gpointer group_key(const void *object);

GHashTable *groups_new(void); /* object → GPtrArray */
void group_add(GHashTable *groups, const void *object, const void *item);

/* The items of a group as an array that stays. */
const void *group_keep(struct arena *arena, const GPtrArray *group);

#endif
