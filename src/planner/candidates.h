/* candidates.h - the indexes that a plan could use, found by the relations that it reads. For
 * planner/ alone. */
#ifndef DBDOC_PLANNER_CANDIDATES_H
#define DBDOC_PLANNER_CANDIDATES_H

#include "planner/planner.h"

struct connection;

/* An index with its parts on partitions. */
struct index_candidate {
    const char *path;
    const char *table;    /* path */
    const char *relation; /* "schema\1name" of the table; equal for those of one */
    const char *leading;  /* first column of a btree; NULL: an expression, or another method */
    const char *family;   /* method and first key: equal for those of a relation that begin alike */
    GPtrArray *oids;      /* char * */
    GHashTable *names;    /* "schema\1name" of each part */
};

struct candidates {
    GPtrArray *all;        /* struct index_candidate, by path */
    GHashTable *relations; /* "schema\1name" → GPtrArray of struct index_candidate */
};

struct candidates *candidates_read(struct connection *session, GError **error);
void candidates_free(struct candidates *candidates);

/* Those on the relations that a plan reads, or that its query names: a unique index may have left
 * them out of the plan. In order; free with g_ptr_array_unref. */
GPtrArray *candidates_of(const struct candidates *candidates, const struct plan_node *plan,
                         const struct query_references *references);

/* Whether a node uses it, and whether its condition is on the first key; they fit struct
 * index_question. */
bool candidate_is_used(const struct plan_node *node, const void *candidate);

bool candidate_narrows(const struct plan_node *node, const void *candidate);

/* Whether it settles an ON CONFLICT of the plan. */
bool candidate_arbitrates(const struct index_candidate *candidate, const struct plan_node *plan);

#endif
