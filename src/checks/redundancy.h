/* redundancy.h - which index another one makes superfluous. Pure: it reads the catalog alone.
 *
 * A is redundant when there is an index B on the same table, by the same method, that answers
 * everything A answers: A's keys are B's first keys (column or expression, operator class,
 * collation, and for btree the order, or all of it reversed), every column of A is in B, both have
 * the same predicate, and if A is unique then B enforces the same. Not redundant is what a
 * constraint stands on, what a foreign key elsewhere needs, a replica identity, and a part of a
 * partitioned index. */
#ifndef DBDOC_CHECKS_REDUNDANCY_H
#define DBDOC_CHECKS_REDUNDANCY_H

#include "checks/run.h"

/* Weakest first: of several indexes that cover one, the strongest relation is reported. */
enum redundancy_kind { REDUNDANT_PREFIX, REDUNDANT_DUPLICATE_OF_UNIQUE, REDUNDANT_DUPLICATE };

struct redundant_index {
    enum redundancy_kind kind;
    const struct index *index;
    const struct index *covering;
};

struct redundancy {
    GArray *items; /* struct redundant_index, by table and name; each index at most once */
};

/* Of all tables that rules speak about and of all materialized views. Of indexes that cover each
 * other one is kept: the clustered one, else one with a written reason, else the first by name. A
 * snapshot does not tell which is older. */
struct redundancy *redundancy_new(const struct check_run *run);
void redundancy_free(struct redundancy *redundancy);

#endif
