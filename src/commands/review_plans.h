/* review_plans.h - the queries of the project, planned on both sides of the change. Where there are
 * none, or no migration is new, nothing is asked. */
#ifndef DBDOC_REVIEW_PLANS_H
#define DBDOC_REVIEW_PLANS_H

#include "commands/planned.h"
#include "source/source.h"

struct reviewing;

struct review_plans {
    bool wanted; /* there are queries, and new migrations */
    struct workload workload;
    struct plan_scope scope; /* what the new migrations do */
    struct planned before;
    struct planned after;
    struct source_visit before_visit;
    struct source_visit after_visit;
};

/* Reads the queries, before the migrations are rehearsed: what is wrong with files is told early.
 */
bool review_plans_read(struct reviewing *reviewing, GError **error);

/* Makes ready for the visits, when it is known what the new migrations do. */
void review_plans_begin(struct reviewing *reviewing);
void review_plans_clear(struct review_plans *plans);

/* NULL where nothing is asked. */
const struct source_visit *review_plans_before(const struct reviewing *reviewing);
const struct source_visit *review_plans_after(const struct reviewing *reviewing);

#endif
