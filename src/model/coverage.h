/* coverage.h - how much of a database people have written about: shares by kind and schema, and
 * what is missing, the most important first. */
#ifndef DBDOC_COVERAGE_H
#define DBDOC_COVERAGE_H

#include "model/model.h"

/* What is counted. A primary key needs no reason, a partition has its root's words. */
enum covered {
    COVERED_TABLES,
    COVERED_VIEWS,
    COVERED_COLUMNS,
    COVERED_INDEXES,
    COVERED_CONSTRAINTS, /* checks and exclusions: others say themselves what they are for */
    COVERED_FUNCTIONS,
    COVERED_TRIGGERS,
    COVERED_TYPES,
    COVERED_COUNT,
};
extern const char *const covered_words[]; /* "tables", "views" … */

struct coverage_share {
    enum covered what;
    const char *schema; /* NULL: all of them */
    size_t documented;
    size_t total;
};

struct coverage {
    size_t share_count;
    const struct coverage_share *shares; /* by kind; all schemas first, then each by name */
    size_t missing_count;
    const struct object *const *missing; /* by kind; then most referenced, largest, by name */
};

/* In the arena. */
struct coverage *coverage_new(struct arena *arena, const struct model *model);

/* Of all schemas; `total` 0 where there is nothing of the kind. */
struct coverage_share coverage_of(const struct coverage *coverage, enum covered what);

/* What kind of thing it is counted as; COVERED_COUNT: it is not counted. */
enum covered covered_as(const struct object *object);

#endif
