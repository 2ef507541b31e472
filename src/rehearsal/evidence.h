/* evidence.h - what a rehearsal saw: of each migration the statements with their locks, what the
 * way up changed, what the way down left, and what follows from it. Arena memory only; made once,
 * then const. What was not seen is marked as not seen. */
#ifndef DBDOC_EVIDENCE_H
#define DBDOC_EVIDENCE_H

#include "base/arena.h"
#include "catalog/compare.h"
#include "migrations/history.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In PostgreSQL's order, the weakest first. */
enum lock_mode {
    LOCK_NONE,
    LOCK_ACCESS_SHARE,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
    LOCK_MODES
};

/* A relation that was there before the migration began. */
struct lock_evidence {
    const char *relation; /* as SQL writes it */
    enum lock_mode mode;  /* the strongest that the statement took, held until its commit */
};

struct rewrite_evidence {
    const char *relation;
    const char *reason; /* in words */
};

struct scan_evidence {
    const char *relation;
    int64_t scans; /* sequential scans of the whole relation */
};

/* How locks came to be known. */
enum sight {
    SIGHT_TRANSACTION, /* read in the statement's own transaction, after it */
    SIGHT_WAITING,     /* locks were read from outside, each time that it waited for a session that
                          writes; rewrites and scans are not known */
    SIGHT_NONE,        /* it ran outside a transaction and did not wait: nothing is known */
    SIGHT_OUTSIDE,     /* a command sent it, and no event of the server tells: nothing is known */
    SIGHT_STOOD_IN,    /* not run, and nothing lacks: the role is there by name */
    SIGHT_NOT_RUN,     /* opaque, or left out: `words` say why */
    SIGHTS
};

struct statement_evidence {
    const char *sql; /* OPAQUE steps: the source */
    const char *file;
    unsigned line;
    enum sight sight;
    int64_t microseconds;
    const char *words; /* why it was not run, or the server's words when it failed; else NULL */
    size_t lock_count;
    struct lock_evidence *locks;
    size_t rewrite_count;
    struct rewrite_evidence *rewrites;
    size_t scan_count;
    struct scan_evidence *scans;
    struct names waits; /* WAITING: what it was about, each time, as the server calls it */
};

enum run_end {
    RUN_NOT_TRIED, /* `words` say why */
    RUN_COMPLETE,
    RUN_FAILED,  /* PostgreSQL refused a statement */
    RUN_LIMITED, /* time or disk were used up */
    RUN_LOST,    /* the session ended */
    RUN_RAISED,  /* the tool, or the migration itself, refuses before anything is sent */
    RUN_ABSENT,  /* nothing is written for this direction */
    RUN_ENDS
};

/* One direction, run once. */
struct run_evidence {
    enum run_end end;
    const char *words; /* NULL for COMPLETE */
    enum isolation isolation;
    const char *command; /* of the user's, that was run and sent the statements; NULL: dbdoc sent
                            them */
    size_t count;
    struct statement_evidence *statements; /* up to the one that failed */
};

/* One difference between two states, ready to be told. */
struct difference {
    enum change_kind kind;
    const char *word;  /* "table" */
    const char *path;  /* "public.posts" */
    const char *title; /* "NOT NULL"; NULL for objects that came or went */
    const char *before;
    const char *after;
    bool physical; /* a trace that no query sees: a dropped column's slot */
};

struct differences {
    size_t count;
    struct difference *items;
};

/* A relation or column that a direction removed, with what was in it. */
struct removal {
    const char *word; /* "table", "column", "materialized view" */
    const char *path;
    bool made_by_up; /* it was not there before the migration */
    bool derived;    /* can be computed again: a materialized view, a generated column */
};

struct removals {
    size_t count;
    struct removal *items;
};

/* Rows that were invented for a table, or why they could not all be. */
struct filling {
    const char *relation;
    int64_t made;
    const char *problem; /* the server's words; NULL for none */
};

struct fillings {
    size_t count;
    struct filling *items;
};

/* Values of invented rows that up and down did not bring back. */
struct value_change {
    const char *path; /* of the column */
    int64_t before;   /* how many rows had a value */
    int64_t after;
};

struct value_changes {
    size_t count;
    struct value_change *items;
};

/* What a migration did to invented rows; all zero when it touches no table that was there. */
struct rows_evidence {
    struct fillings fillings; /* of the shape before up */
    struct run_evidence up;
    struct run_evidence down;
    struct value_changes changes;
    struct fillings new_fillings;   /* of the shape after up */
    struct run_evidence down_again; /* with both */
};

/* Rows that fit the shape before a direction, and that it cannot take; and the question that finds
 * them, to be asked before the direction is run. It is proved when a rehearsal showed three things:
 * without such rows it counts none and the direction runs; with them it counts some; and then the
 * direction fails. */
struct precheck {
    enum direction direction;
    const char *relation; /* in the shape before the direction, as SQL writes it */
    const char *words;    /* which rows: "rows without a value in title" */
    const char *query;    /* returns how many there are, in one row */
    const char *refusal;  /* the server's words when it met such rows; NULL: not proved */
    const char *unproved; /* why not; NULL: proved */
};

struct prechecks {
    size_t count;
    struct precheck *items; /* those of the way up first */
};

/* How much of the state before a way down brings back; worst last. */
enum reversal {
    REVERSAL_UNKNOWN,   /* not rehearsed */
    REVERSAL_EXACT,     /* R0 */
    REVERSAL_TRACE,     /* R1 equal but for physical traces */
    REVERSAL_ORDER,     /* R2 equal but for the order of columns */
    REVERSAL_LOSSY,     /* R3 something else differs */
    REVERSAL_DATA,      /* R4 it depends on the rows */
    REVERSAL_DESTROYS,  /* R5 the schema is back, rows or values are not */
    REVERSAL_IMPOSSIBLE /* R6 */
};

/* What becomes of data; worst last of those that a rehearsal can tell. */
enum loss {
    LOSS_UNKNOWN,
    LOSS_NONE,         /* L0 */
    LOSS_EXTERNAL,     /* L6 nothing here; but what was done outside of the database stays */
    LOSS_DERIVED,      /* L1 can be computed again */
    LOSS_SINCE,        /* L2 what was written since up */
    LOSS_PRECISION,    /* L4 */
    LOSS_REWRITTEN,    /* L5 values that were merged, split or written anew */
    LOSS_PRE_EXISTING, /* L3 what was there before up */
};

/* What follows from the evidence of one migration. */
struct verdict {
    enum reversal schema;   /* of the catalog alone */
    enum reversal reversal; /* of catalog and data */
    enum loss loss;
    struct names reasons;
    struct names unproved; /* what the rehearsal does not show, and why */
};

struct migration_evidence {
    const struct migration *migration;
    enum transactions transactions; /* of its tool */
    struct run_evidence up;
    struct run_evidence verify; /* behind up; NOT_TRIED without words: the tool has no script */
    struct run_evidence down;
    struct run_evidence again;        /* up, after down */
    struct differences changes;       /* S(n-1) to S(n) */
    struct differences left;          /* S(n-1) to what down leaves */
    struct differences again_differs; /* S(n) to what the second up makes */
    struct removals up_removes;
    struct removals down_removes;
    struct rows_evidence rows;
    struct prechecks prechecks; /* what rows would stop it; empty: none are known */
    struct names missing; /* earlier migrations whose part of the line is missing: their versions */
    struct verdict verdict;
};

struct rehearsal {
    const struct migrations *migrations;
    const char *server;    /* "15.20" */
    struct names settings; /* "TimeZone=UTC" */
    struct names caveats;  /* what this server cannot show, in sentences */
    size_t count;
    struct migration_evidence *items;
};

extern const struct lock_word {
    const char *internal; /* pg_locks.mode */
    const char *name;     /* "ACCESS EXCLUSIVE" */
    const char *blocks;   /* what others cannot do meanwhile */
} lock_words[LOCK_MODES];

/* From SHARE on a lock stops writes, and at last reads too. */
bool lock_stops(enum lock_mode mode);

/* The strongest lock that it took; NONE: none, or none that was seen. */
enum lock_mode statement_lock(const struct statement_evidence *statement);
enum lock_mode run_lock(const struct run_evidence *run);

/* Whether it ran, and nothing is known of its locks. */
bool statement_is_unseen(const struct statement_evidence *statement);

/* Whether there are statements that were not run. */
bool run_leaves_out(const struct run_evidence *run);

extern const struct class_word {
    const char *code; /* "R0" */
    const char *name; /* for machines: "exact" */
    const char *words;
} reversal_words[], loss_words[];

/* For machines. */
enum { CHANGES = CHANGE_MOVED + 1 };
extern const char *const run_end_words[RUN_ENDS];
extern const char *const sight_words[SIGHTS];
extern const char *const change_kind_words[CHANGES];

#endif
