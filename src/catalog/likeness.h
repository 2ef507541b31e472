/* likeness.h - what one schema holds, as digests that know nothing of its name. For alike.c alone.
 */
#ifndef DBDOC_LIKENESS_H
#define DBDOC_LIKENESS_H

#include "catalog/catalog.h"

#include <glib.h>
#include <stdbool.h>

struct likeness {
    const char *schema;
    GPtrArray *objects;  /* struct object *, of the catalog: the schema and what lies in it */
    char *outline;       /* digest of their names: schemas of one structure have the same */
    char *structure;     /* NULL before likeness_take: digest of everything */
    GHashTable *digests; /* struct object → its own digest */
    GHashTable *known;   /* these digests */
    GHashTable *tables;  /* digests of the name and the columns of each table */
};

/* One for each schema that has a table, by name. Free with g_ptr_array_unref. */
GPtrArray *likenesses_of(const struct catalog *catalog);

/* Whether there are enough schemas with the same names in them; else none can be alike, which is
 * cheap to know and true of most databases. */
bool likenesses_may_be_alike(const GPtrArray *likenesses);

/* Makes the digests of everything. */
void likeness_take(struct likeness *likeness);

/* Digest of one object of the schema as if that had no name. Free with g_free. */
char *likeness_of_object(const char *schema, const struct object *object);

/* Whether at least half of the tables of both have the same name and columns. */
bool likeness_is_near(const struct likeness *likeness, const struct likeness *other);

#endif
