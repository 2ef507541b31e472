/* observed_fold.h - one set of numbers for what is documented once. For alike.c alone. */
#ifndef DBDOC_OBSERVED_FOLD_H
#define DBDOC_OBSERVED_FOLD_H

#include "catalog/catalog.h"

#include <glib.h>

/* Before objects go in whose place others stand: a table gets the sizes and ages of the largest, a
 * sequence those of the one that has come farthest, an index the size of the largest. What was
 * counted is that of all, for each is of use where any of them is. */
void observations_fold(struct database *database, GHashTable *gone);

#endif
