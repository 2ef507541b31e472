/* runbook.h - a way back as a procedure: what a tired person needs to decide, to do, and to see
 * that it worked. Data alone, in arena memory: sentences in which `backquotes` mark code, and code
 * to copy. What nobody executed says so. */
#ifndef DBDOC_RUNBOOK_H
#define DBDOC_RUNBOOK_H

#include "rehearsal/evidence.h"

#include <stddef.h>
#include <stdint.h>

/* Who or what a step is for; what dbdoc does with it when it proves a runbook. */
enum step_role {
    ROLE_READ,         /* people look at something; not executed */
    ROLE_PRECONDITION, /* a query that returns no rows */
    ROLE_COUNT,        /* a query that returns 0 */
    ROLE_FINGERPRINT,  /* a query that returns one value: before, and again after */
    ROLE_SAVE,
    ROLE_TOOL,    /* the migration tool's own command */
    ROLE_DOWN,    /* the same as SQL */
    ROLE_VERIFY,  /* a query that returns no rows */
    ROLE_AFTER,   /* the fingerprint again */
    ROLE_RESTORE, /* what was saved, after up ran again */
    ROLE_FORWARD, /* what down left, repaired */
};

enum proof_state {
    PROOF_NONE,       /* nobody executed it */
    PROOF_EQUIVALENT, /* what it does was executed in another form */
    PROOF_EXECUTED,   /* and did what the page says */
    PROOF_REFUTED,    /* it was executed and did not: `proof_words` say how */
};

enum runbook_language { LANGUAGE_SQL, LANGUAGE_SHELL, LANGUAGE_MIGRATION };

/* One thing to do, with a box to tick. */
struct runbook_step {
    enum step_role role;
    const char *number; /* "C3": to be said on a call */
    const char *label;  /* begins with a verb */
    const char *text;   /* NULL for none */
    enum runbook_language language;
    struct names code;   /* SQL: a statement each, ended as psql needs it; none: no code */
    const char *expect;  /* NULL for nothing in particular */
    enum lock_mode lock; /* the strongest that was seen; NONE: none, or not seen */
    enum proof_state proof;
    const char *proof_words; /* NULL for none */
};

struct runbook_line {
    const char *head;
    const char *text;
    const char *file; /* what a person wrote there, in Markdown; NULL: it is dbdoc's sentence */
};

enum runbook_phase {
    PHASE_DECIDE,
    PHASE_BLAST,
    PHASE_BEFORE,
    PHASE_DOWN,
    PHASE_CHECK,
    PHASE_WRONG,
    PHASE_FORWARD,
    PHASE_PEOPLE,
    PHASES
};

struct runbook_part {
    size_t line_count;
    struct runbook_line *lines;
    size_t step_count;
    struct runbook_step *steps;
};

enum runbook_advice { ADVICE_APPLICATION, ADVICE_FORWARD, ADVICE_DOWN, ADVICES };

/* One of the three ways out, with what speaks for and against it. */
struct runbook_choice {
    const char *text;
};

/* A relation that the way back locks or changes. NUMBER_UNKNOWN where nothing was observed. */
struct runbook_relation {
    const char *relation; /* as SQL writes it */
    enum lock_mode lock;
    int64_t rows;
    int64_t bytes;
    const char *text; /* rewrites, full reads, who depends on it; NULL for nothing */
};

struct runbook {
    const char *name;  /* "20250603141500", or "A..B" */
    const char *title; /* "create_post_redirects", or "3 migrations" */
    size_t count;      /* migrations, the newest first: the order in which they go */
    const struct migration_evidence **migrations;
    size_t newer_count; /* applied after them, the newest first: they have to go before. None when
                           there is no way back */
    const struct migration_evidence **newer;
    const char *server; /* on which it was rehearsed: "15.20" */
    enum reversal reversal;
    enum loss loss;
    enum lock_mode lock; /* the strongest that down takes */
    const char *stages;  /* "expand", "migrate, contract"; NULL: not known */
    enum runbook_advice advice;
    const char *reason;
    struct runbook_choice choices[ADVICES];
    size_t relation_count;
    struct runbook_relation *relations;
    struct runbook_part parts[PHASES];
    size_t executed;     /* statements of the page that ran when it was proved */
    const char *problem; /* why it was not proved, or not all of it; NULL: all that can be */
};

extern const struct phase_word {
    const char *letter;
    const char *id;
    const char *title;
} phase_words[PHASES];

extern const char *const advice_words[ADVICES];
extern const char *const proof_state_words[]; /* of a step with code */

#endif
