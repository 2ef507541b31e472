/* short_names.h - objects by a path without its schema, and functions without their arguments: what
 * people write when it is clear what they mean. For catalog/ alone; address_resolve asks it. */
#ifndef DBDOC_SHORT_NAMES_H
#define DBDOC_SHORT_NAMES_H

#include "catalog/catalog.h"

enum short_name { SHORT_NAME_NONE, SHORT_NAME_ONE, SHORT_NAME_SEVERAL, SHORT_NAME_LEFT_OUT };

/* Once all objects have their paths. */
void short_names_fill(struct database *database);

/* Fills *object when exactly one has this short path. */
enum short_name short_names_find(const struct database *database, const char *word,
                                 const char *path, const struct object **object);

#endif
