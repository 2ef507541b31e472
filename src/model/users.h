/* users.h - who needs an object or its columns, as pages and pictures tell it. Pure. */
#ifndef DBDOC_USERS_H
#define DBDOC_USERS_H

#include "catalog/dependants.h"
#include "model/model.h"

#include <glib.h>

struct user {
    const struct object *object;
    enum dependence dependence;
    GPtrArray *columns; /* struct column, those of the object that it uses */
};

/* struct user, in the order of the catalog by object, then by column; free with g_ptr_array_unref.
 * Left out is what belongs to the object, and what has a place of its own everywhere: foreign keys
 * and other constraints, sequences of columns, partitions, copies that the server makes for
 * partitions. */
GPtrArray *users_find(const struct model *model, const struct object *object);

/* Whether the object is such a copy. */
bool object_is_copy(const struct object *object);

#endif
