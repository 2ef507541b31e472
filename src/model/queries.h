/* queries.h - what the queries of the workload read and write, in objects of the catalog. */
#ifndef DBDOC_MODEL_QUERIES_H
#define DBDOC_MODEL_QUERIES_H

#include "model/model.h"
#include "workload/workload.h"

#include <stdbool.h>
#include <stddef.h>

/* A table or view that a query names, with those of its columns that it names. */
struct query_relation {
    const struct query *query;
    const struct object *object; /* NULL: nothing in the catalog is surely it */
    const char *path;            /* as the query says it */
    bool written;
    size_t column_count; /* in the order of the relation */
    const struct column *const *columns;
};

/* Relations of a query in the order of its text, or queries of a relation in the order of the
 * workload. */
struct query_relations {
    size_t count;
    const struct query_relation *const *items;
};

/* Never NULL. A partition's queries are those of its root, too. */
const struct query_relations *model_query_relations(const struct model *model,
                                                    const struct query *query);
const struct query_relations *model_relation_queries(const struct model *model, const void *object);

/* Called once by model_new. */
void queries_fill(struct model *model);

#endif
