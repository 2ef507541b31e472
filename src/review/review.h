/* review.h - what a change of migrations does to a database, as data for a page and a comment:
 * verdict first, then what to ask the author for, then the proof. Pure, in arena memory; sentences
 * in which `backquotes` mark code. Nothing in it depends on a clock or a machine. */
#ifndef DBDOC_REVIEW_H
#define DBDOC_REVIEW_H

#include "checks/checks.h"
#include "model/model.h"
#include "model/plans.h"
#include "model/tally.h"
#include "review/compatibility.h"
#include "runbook/library.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct review_sources {
    struct arena *arena;
    const char *base;                       /* what is compared with: "origin/main", a file */
    const char *commit;                     /* of the base; NULL: it is a file */
    const struct model *before;             /* what the migrations of the base make */
    const struct model *after;              /* what all of them make */
    const GPtrArray *changes;               /* of catalog_compare, between these two */
    const struct findings *before_findings; /* of before, and of the new migrations */
    const struct findings *after_findings;  /* of after alone */
    bool knows_old_code;                    /* before has the schema modules of the base */
    const struct rehearsal *rehearsal;      /* of all lines */
    const struct runbooks *runbooks;        /* NULL: none were written */
    size_t count;                           /* of new migrations */
    const size_t *places;                   /* theirs in the rehearsal, in its order */
    const char *codeowners;                 /* the text of that file; NULL: there is none */
    const char *migrations_place; /* where files of migrations begin for it: "apps/blog/" */
    struct names edited;          /* files of old migrations that are not as they were */
    bool edited_is_checked;       /* a tool keeps a checksum of one of them */
    struct names gone;            /* likewise, that are not there any more */
    const GPtrArray *edits;       /* by these: from what the old migrations made to what they make
                                     now; NULL: not known */
    bool edits_partly;            /* something of what they made did not run here */
};

/* What becomes of an edit of old migrations. */
enum edit_effect {
    EDIT_UNKNOWN,
    EDIT_REFUSED, /* by a tool that finds another checksum */
    EDIT_DIVIDES, /* new databases become others than those that are there */
    EDIT_SAME,    /* the schema that they make is as it was */
};

enum review_tone { REVIEW_FINE, REVIEW_LOOK, REVIEW_FIX, REVIEW_TONES };

/* Something to ask the author for. */
struct review_ask {
    enum severity severity;
    const char *title;
    const char *detail;            /* NULL for none */
    const char *advice;            /* likewise */
    const char *file;              /* likewise */
    unsigned line;                 /* 0: none */
    const char *fix;               /* code; NULL for none */
    bool is_elixir;                /* the code; else it is SQL */
    const struct finding *finding; /* NULL: it is none of a rule */
};

/* What is better asked before it is merged, and whom. */
enum question_kind {
    QUESTION_TABLE,  /* an existing table changes */
    QUESTION_COLUMN, /* a column goes or is altered */
    QUESTION_INDEX,  /* an index goes that others use */
    QUESTION_ACCESS, /* a role gains or loses something */
    QUESTION_DATA_TYPE,
    QUESTION_CUSTOM_TYPE,
    QUESTION_LARGE, /* tables go, or many change */
    QUESTIONS
};
extern const char *const question_words[QUESTIONS];

struct review_question {
    enum question_kind kind;
    const char *text;
    const char *who;     /* as code: an owner may be written as a mention; NULL: nobody is named */
    const char *who_why; /* where that is written */
    const char *depends; /* NULL: nothing that dbdoc knows */
};

/* One line of a list of changes. */
struct review_change {
    enum change_kind kind;
    const char *word; /* "column" */
    const char *name; /* without its table's; NULL: it is of the group's object itself */
    const char *text; /* what it is, or became; NULL for nothing */
    bool grants;      /* it says who gains or loses what */
};

/* What becomes of a table, a type …, or of things within it. */
struct review_group {
    enum change_kind kind; /* CHANGED: what it holds */
    const char *word;
    const char *path;
    const char *partition_of; /* NULL: it is none */
    const char *schemas;      /* ", in 3 schemas: a, b, c"; "": in its own */
    size_t count;
    const struct review_change *items;
};

/* The strongest lock of a direction on a relation that was there. */
struct review_lock {
    const struct migration_evidence *migration;
    enum direction direction;
    const char *relation;
    enum lock_mode mode;
    bool rewrites;
    bool scans;
    int64_t rows; /* as observed; NUMBER_UNKNOWN */
    int64_t bytes;
};

struct review_index {
    const struct index *index;
    const char *reason; /* NULL: nobody wrote one */
    bool needs_reason;
    const char *cost; /* what it takes to build */
    const struct planned_uses *uses;
    struct names helps; /* these queries, a sentence each; empty: plans are not known */
};

/* An index that goes, and served queries. */
struct review_gone_index {
    const struct index *index; /* of the base */
    const struct planned_uses *uses;
    struct names served; /* a sentence each: what it did, and what does it now */
};

struct review_finding {
    const struct finding *finding;
    const char *file; /* of the finding, else of the statement that made its object */
    unsigned line;
};

struct review {
    const char *base;
    const char *commit;
    const struct model *before;
    const struct model *after;
    const struct rehearsal *rehearsal;
    const struct runbooks *runbooks;
    const GPtrArray *changes;
    const struct findings *after_findings;
    size_t migration_count; /* new ones, in their order */
    const struct migration_evidence **migrations;
    enum review_tone tone;
    const char *verdict;
    const char *why;
    const char *weight; /* lock and size in one sentence; NULL: no migration is new */
    size_t ask_most;    /* that there are; the first of them follow */
    size_t ask_errors;  /* of all that there are */
    size_t ask_count;
    const struct review_ask *asks;
    size_t question_count;
    const struct review_question *questions;
    size_t group_count;
    const struct review_group *groups;
    size_t lock_count;
    const struct review_lock *locks;
    size_t stopped_count;               /* relations for which somebody must wait, going up */
    const struct review_lock *heaviest; /* of them; NULL: none */
    size_t index_count;
    const struct review_index *indexes;
    size_t gone_index_count;
    const struct review_gone_index *gone_indexes;
    const char *plans_basis;  /* how it is known which queries these indexes serve; NULL: it is not
                               */
    const char *plans_caveat; /* what that does not show; NULL: nothing */
    size_t finding_count;     /* new ones that nobody accepted, worst first */
    const struct review_finding *findings;
    struct compatibility compatibility; /* of the base's code with the database after */
    const char *order;                  /* in which to deploy; NULL: not known */
    size_t fixed_count;
    const struct finding *const *fixed;
    bool drift_known;
    size_t drift_count; /* where the base's database is not what its migrations make */
    const struct finding *const *drift;
    struct names edited;
    enum edit_effect edit_effect;
    size_t edit_count; /* of groups */
    const struct review_group *edits;
    struct names gone;
    struct names stale; /* notes that the change leaves without their object, in sentences */
    struct tally tally_before;
    struct tally tally_after;
};

enum { REVIEW_ASKS = 3 };

const struct review *review_new(const struct review_sources *sources);

/* Whether a finding that is new is as bad as this, or worse. */
bool review_reaches(const struct review *review, enum severity severity);

/* Whether old migrations were edited so that it has to be taken back, as far as is known. */
bool review_edits_matter(const struct review *review);

/* How many of the new migrations' ways down restore the schema. */
size_t review_restored(const struct review *review);

#endif
