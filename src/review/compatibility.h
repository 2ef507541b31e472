/* compatibility.h - whether the code of the previous release keeps working with the new schema:
 * while a release is deployed, and after it is rolled back, it does not know what the migrations
 * did. From two models and the differences between them; pure, in arena memory. */
#ifndef DBDOC_REVIEW_COMPATIBILITY_H
#define DBDOC_REVIEW_COMPATIBILITY_H

#include "catalog/compare.h"
#include "model/finding.h"
#include "model/model.h"

#include <glib.h>
#include <stddef.h>

/* What old code runs into. */
enum break_kind {
    BREAK_TABLE_GONE,
    BREAK_TABLE_RENAMED,
    BREAK_COLUMN_GONE,
    BREAK_COLUMN_RENAMED,
    BREAK_VALUE_REQUIRED, /* NOT NULL, and old code does not fill it */
    BREAK_TYPE_NARROWED,
    BREAK_TYPE_REPLACED,
    BREAK_LABEL_GONE,  /* of an enum type; also under another name */
    BREAK_LABEL_ADDED, /* that old code cannot read */
    BREAK_DEFAULT_CHANGED,
    BREAK_CONSTRAINT_RENAMED, /* that a changeset names: a violation raises */
    BREAK_CONFLICT_TARGET,    /* an ON CONFLICT that finds no unique index any more */
    BREAK_RULE_ADDED,         /* a constraint that old code does not keep */
    BREAKS
};

/* The steps in which a change is deployed without an interruption. */
enum stage {
    STAGE_EXPAND,   /* first the migration, then the code */
    STAGE_MIGRATE,  /* code that writes both, and data that follows */
    STAGE_CONTRACT, /* first the code, then the migration */
};

/* Of each kind: what it is called, its step, and the order in which nothing breaks. */
struct break_words {
    const char *title;
    enum stage stage;
    const char *order;
};
extern const struct break_words break_words[BREAKS];
extern const char *const stage_words[]; /* "expand", "migrate", "contract" */

struct compatibility_break {
    enum break_kind kind;
    enum strength strength;             /* PROVED or HINT */
    const struct object *object;        /* before, else after */
    const struct schema_module *module; /* whose code it is; NULL: not known */
    const char *file;                   /* below the root of the base; NULL: none is known */
    unsigned line;
    const char *text;     /* what breaks, one sentence; `backquotes` mark code */
    const char *evidence; /* what shows it, likewise */
};

struct compatibility {
    bool is_known; /* whether schema modules of the base were read at all */
    size_t count;
    const struct compatibility_break *items; /* proved ones first, in the order of the changes */
};

/* `before` has the schema modules of the base revision; `changes` went through changes_join_renames
 * and lead from before to after. */
struct compatibility compatibility_weigh(struct arena *arena, const struct model *before,
                                         const struct model *after, const GPtrArray *changes);

#endif
