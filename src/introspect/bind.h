/* bind.h - rows of a query become objects: columns meet fields by name. */
#ifndef DBDOC_BIND_H
#define DBDOC_BIND_H

#include "catalog/catalog.h"
#include "postgres/connection.h"

#include <glib.h>
#include <stdbool.h>

/* How the message about a REQUIRED fact that was NULL ends. */
#define VANISHED "was dropped while it was read"

/* Where children find their parents: the server's OID of an object, as text, to the object. */
struct parents;
struct parents *parents_new(void);
void parents_free(struct parents *parents);

/* Fills all fields of one object from a row. False, with the name of the fact in *vanished, when a
 * REQUIRED fact is NULL: the object was dropped while it was read. */
bool bind_row(struct arena *arena, const struct rows *rows, size_t row, struct object *object,
              const char **vanished);

/* Makes the list `field` of `parent` from all rows. Their OIDs are remembered. */
bool bind_list(struct arena *arena, struct parents *parents, const struct rows *rows,
               struct object *parent, const struct field *field, GError **error);

/* Makes lists of kind `child` in many parents; rows come grouped by their column "parent". */
bool bind_children(struct arena *arena, struct parents *parents, const struct rows *rows,
                   const struct kind *child, GError **error);

#endif
