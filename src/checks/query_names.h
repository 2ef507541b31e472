/* query_names.h - a query in the sentences of rules. For checks/ alone. */
#ifndef DBDOC_CHECKS_QUERY_NAMES_H
#define DBDOC_CHECKS_QUERY_NAMES_H

#include "checks/run.h"
#include "model/queries.h"

/* The first table of the query that rules speak of; NULL for none. */
const struct table *check_query_table(const struct check_run *run, const struct query *query);

/* "Query `list_posts`", as its file calls it; or "A query of `blog.posts`", by what it reads
 * (NULL: it is not known). In arena memory. */
const char *check_query_name(struct check_run *run, const struct query *query,
                             const struct table *table);

#endif
