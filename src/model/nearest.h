/* nearest.h - what people may have meant by a name that no object has. For model/ alone. */
#ifndef DBDOC_NEAREST_H
#define DBDOC_NEAREST_H

#include "catalog/catalog.h"

struct nearest;

struct nearest *nearest_new(const struct database *database);
void nearest_free(struct nearest *nearest);

/* An object of another word, in another schema, or with a similar name; NULL for none. Once too
 * many names were compared, NULL is the answer to everything. */
const struct object *nearest_find(struct nearest *nearest, const char *word, const char *path);

#endif
