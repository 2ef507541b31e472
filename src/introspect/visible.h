/* visible.h - what a role sees of a server, in terms of the catalog's facts. */
#ifndef DBDOC_INTROSPECT_VISIBLE_H
#define DBDOC_INTROSPECT_VISIBLE_H

#include "catalog/catalog.h"
#include "introspect/readings.h"
#include "introspect/sight.h"

/* The text of sql/<name>.sql as the role may send it, whose rows become objects of `kind` (NULL:
 * none); facts that it leaves out are from now on not known to the catalog. NULL: nothing of it is
 * visible. Free with g_free. */
char *visible_query(struct database *database, const struct sight *sight, const char *name,
                    const struct kind *kind, int major);

/* Nothing that the reading asks for is known. */
void visible_lose(struct database *database, const struct reading *reading);

#endif
