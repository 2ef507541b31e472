/* plans.h - which index of the catalog serves which query of the workload. */
#ifndef DBDOC_MODEL_PLANS_H
#define DBDOC_MODEL_PLANS_H

#include "model/model.h"
#include "planner/planner.h"

#include <stddef.h>

struct planned_use {
    const struct query_plan *plan;
    const struct index_use *use;
};

struct planned_uses {
    size_t count;
    const struct planned_use *const *items; /* in the order of the workload */
};

/* NULL: plans are not known, or the query is no statement that has one. */
const struct query_plan *model_query_plan(const struct model *model, const struct query *query);

/* Likewise of the plan before a change. */
const struct query_plan *model_base_plan(const struct model *model, const struct query *query);

/* Queries that the index serves; never NULL. Only worth something where model->plans are known. */
const struct planned_uses *model_index_uses(const struct model *model, const struct index *index);

/* Whether it was asked at all what the index does. */
bool model_index_is_planned(const struct model *model, const struct index *index);

/* "finds rows, gives the order"; g_free. */
char *planned_does(const struct index_use *use);

/* The index of a use; NULL: it is not in the catalog. */
const struct object *planned_index(const struct model *model, const struct index_use *use);

/* How many times as dear a query is at that cost as it is with all indexes; 0: not known. */
double planned_factor(const struct query_plan *plan, double cost);

/* From here on, a plan counts as dearer … */
#define DEARER_FROM 1.05

/* … and what a change makes so much dearer is worse by it. */
#define WORSE_FROM 1.5

/* Of how many queries there are plans. */
size_t model_planned_count(const struct model *model);

/* Called once by model_new. */
void plans_fill(struct model *model);

#endif
