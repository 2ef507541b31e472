/* matrix.h - which query is served by an index of which table: the rows of a table of queries and
 * indexes. */
#ifndef DBDOC_MODEL_MATRIX_H
#define DBDOC_MODEL_MATRIX_H

#include "model/model.h"
#include "planner/planner.h"

struct matrix_row {
    const struct object *relation; /* NULL: no index serves the query */
    const struct query_plan *plan;
};

/* struct matrix_row: by relation in the order of the catalog, at last those without one; the
 * dearest queries first. Empty where plans are not known. Free with g_array_unref. */
GArray *matrix_rows(const struct model *model);

/* What an index does for the query; NULL: nothing. */
const struct index_use *matrix_use(const struct query_plan *plan, const struct object *index);

#endif
