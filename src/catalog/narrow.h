/* narrow.h - a database without some of its objects. */
#ifndef DBDOC_NARROW_H
#define DBDOC_NARROW_H

#include "catalog/catalog.h"

#include <stdbool.h>

/* Which objects stay, by their schema and name. */
struct narrowing {
    bool (*wanted)(const char *schema, const char *name, const void *data);
    const void *data;
};

/* Takes tables, views, sequences, functions and types out of a finished database, with what lies in
 * them, what was observed of them, partitions of a table that goes, sequences that one of its
 * columns owns, and schemas of which nothing is left. References to them keep their text. Histories
 * of migrations stay. address_is_left_out knows their names. The database is finished again;
 * pointers into it from before are void. */
void database_narrow(struct database *database, const struct narrowing *narrowing);

/* The same for objects that lie right in the catalog, whatever their kind; a set of them. For
 * catalog/ alone. */
void database_take_out(struct database *database, GHashTable *gone);

#endif
