/* dependants.h - what else in a catalog needs an object: foreign keys, views, indexes, columns of a
 * type, triggers of a function … Derived from what the catalog says, and from names in SQL texts.
 */
#ifndef DBDOC_DEPENDANTS_H
#define DBDOC_DEPENDANTS_H

#include "catalog/compare.h"

#include <glib.h>
#include <stdbool.h>

enum dependence {
    DEPENDS,  /* the catalog says so */
    MENTIONS, /* its text has the name: it is likely, not proved */
};

struct dependant {
    const struct object *object;
    enum dependence dependence;
};

struct dependants;

/* Reads the whole catalog once. */
struct dependants *dependants_new(const struct catalog *catalog);
void dependants_free(struct dependants *dependants);

/* struct dependant, in the order of the catalog, each object once; what lies within the object, and
 * the object that it lies in, are none. Free with g_array_unref. */
GArray *dependants_find(const struct dependants *dependants, const struct object *object);

/* Whether PostgreSQL refuses DROP COLUMN because of an object that depends on the column. Others,
 * such as its indexes and the constraints of its table, go with it. */
bool dependant_stops_drop(const struct object *dependant, const struct column *column);

/* Whether those who need an object have to look at the change: it goes, has another name, or is
 * something else now. */
bool change_concerns_dependants(const struct change *change);

#endif
