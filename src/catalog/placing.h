/* placing.h - the objects of one schema as they would be in a schema of another name: a copy in
 * which its name is replaced wherever it stands for the schema. For catalog/ alone.
 *
 * That is before a point in SQL, also in a string cast to regclass and the like and within bodies
 * of functions; in a search_path; in paths; and in the names of roles that are called after the
 * schema (the same name, or one that begins or ends with it, set off with "_", "-" or "."). A name
 * elsewhere, as in a comment or a default, stays. */
#ifndef DBDOC_PLACING_H
#define DBDOC_PLACING_H

#include "catalog/catalog.h"

struct placing {
    struct arena *arena; /* of the copies */
    const char *from;    /* the schema's name */
    const char *to;      /* the other one */
};

/* Copies what lies right in the catalog, and all below it. Neither paths nor references are made:
 * database_finish does that. */
void placing_copy(const struct placing *placing, const struct object *object, void *copy);

/* The path of an object in the other schema. Free with g_free. */
char *placing_path(const struct placing *placing, const char *path);

#endif
