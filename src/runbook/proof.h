/* proof.h - what came of a runbook that was executed, and what had to be asked of a server to write
 * it. Arena memory; made by prove.c, read by the procedure. */
#ifndef DBDOC_RUNBOOK_PROOF_H
#define DBDOC_RUNBOOK_PROOF_H

#include "runbook/runbook.h"

#include <stdbool.h>

/* What down will take away, and how it is told apart when it comes back. */
struct saving {
    const char *path;     /* of the removal: "blog.posts.status" */
    const char *relation; /* as SQL writes it */
    const char *column;   /* likewise; NULL: the whole table */
    struct names keys;    /* columns of the primary key; none: there is none */
    struct names columns; /* of a whole table: those that hold what was written */
    struct names counted; /* of those, columns whose numbers the table gives out */
    bool derived;         /* PostgreSQL computes it */
};

/* A way down without a transaction that ended behind a statement. */
struct stop {
    const struct migration_evidence *migration;
    size_t after;                   /* how many statements of down had run */
    struct differences differences; /* from the state before down to that one */
    const char *again; /* what comes of starting down anew: the server's words; NULL: it runs */
    bool rest_runs;    /* whether the statements behind it run, and end as down does */
};

struct step_result {
    enum proof_state state;
    const char *words;
    int64_t rows;      /* that a query returned or COPY wrote; -1: it is no query */
    const char *value; /* of a query with one */
};

struct proof {
    const char *problem;      /* why nothing, or not all, was executed; NULL: all was */
    bool doubtful;            /* it may depend on how fast the machine is */
    struct names objects;     /* what the fingerprint covers, as SQL writes it */
    const char *before;       /* fingerprints: before up, … */
    const char *applied;      /* … with all applied, … */
    const char *after;        /* … and after down; NULL: it was not reached */
    struct names unvalidated; /* names of constraints that are not validated then */
    struct names published; /* a relation, as SQL writes it, then the publication that sends it on,
                               with all applied; and so on */
    size_t saving_count;
    struct saving *savings;
    size_t stop_count;
    struct stop *stops;
    struct names repairs;    /* SQL that repairs what down leaves */
    struct names unrepaired; /* what it does not, in words */
    struct step_result repair;
    size_t result_count;
    struct step_result *results; /* of the steps in their order, but for repairs */
};

#endif
