/* index.h - questions about indexes that only model/ asks. */
#ifndef DBDOC_INDEX_H
#define DBDOC_INDEX_H

#include "model/model.h"

#include <stdbool.h>

/* Whether a usable index holds every row in which none of these columns is NULL. */
bool index_covers(const struct index *index, const struct names *columns);

#endif
