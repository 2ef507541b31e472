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

/* What nobody has written about, and what makes it important. */
struct coverage_missing {
    const struct object *object;
    enum covered what;
    size_t references; /* foreign keys that point to the table, or to the table it belongs to */
    size_t users;      /* others that need it, or whose text has its name */
    int64_t bytes;     /* of the table, or of the index; NUMBER_UNKNOWN */
    size_t made;       /* the place of the migration that made it, from 1; 0: not known */
};

struct coverage {
    size_t share_count;
    const struct coverage_share *shares; /* by kind; all schemas first, then each by name */
    size_t missing_count;
    const struct coverage_missing *missing; /* by kind; then most referenced, largest, newest */
};

/* In the arena. `made` is struct object → place of the migration that made it, from 1, as
 * GSIZE_TO_POINTER; what is not there came with what it belongs to. NULL: not known. */
struct coverage *coverage_new(struct arena *arena, const struct model *model, GHashTable *made);

/* "5 foreign keys point to its table, 2 others need it"; "" when nothing does. Free with g_free. */
char *coverage_reason(const struct coverage_missing *missing);

/* Of all schemas; `total` 0 where there is nothing of the kind. */
struct coverage_share coverage_of(const struct coverage *coverage, enum covered what);

/* What kind of thing it is counted as; COVERED_COUNT: it is not counted. */
enum covered covered_as(const struct object *object);

#endif
