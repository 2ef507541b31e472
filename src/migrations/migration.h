/* migration.h - migrations as data, whatever tool they are written for: what each would send to
 * PostgreSQL, up and down, in order. Arena memory only. */
#ifndef DBDOC_MIGRATION_H
#define DBDOC_MIGRATION_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum step_kind {
    STEP_SQL,    /* one statement (or for SQL files: one statement of the file) */
    STEP_QUERY,  /* SQL that the migration's own code sends at once, before what is queued */
    STEP_OPAQUE, /* something happens that dbdoc cannot read */
};

struct migration_step {
    enum step_kind kind;
    const char *sql;    /* SQL and QUERY */
    const char *source; /* OPAQUE: what is written there, on one line */
    const char *reason; /* OPAQUE: why it cannot be read */
    const char *file;
    unsigned line;
};

enum plan_end {
    PLAN_COMPLETE,
    PLAN_REFUSED, /* the tool or the migration itself raises; `reason` in its words */
    PLAN_ABSENT,  /* there is nothing written for this direction */
};

enum isolation { IN_TRANSACTION, NO_TRANSACTION };

/* What one direction does. Where it refuses, the steps are what comes before. */
struct migration_plan {
    size_t count;
    struct migration_step *steps;
    enum plan_end end;
    const char *reason; /* NULL for COMPLETE */
    enum isolation isolation;
};

/* What the tool ignores without a word. */
struct migration_remark {
    const char *text;
    const char *file;
    unsigned line;
};

struct migration {
    const char *version; /* as its file name says */
    const char *name;
    const char *file; /* below the root */
    struct migration_plan up;
    struct migration_plan down;
    size_t remark_count;
    struct migration_remark *remarks;
};

struct migrations {
    const char *format; /* "Ecto" */
    const char *folder;
    size_t count;
    struct migration *items; /* in the order the tool runs them */
    size_t link_count;
    const char **links; /* symbolic links that were left out */
};

/* Reads the migrations in a folder below the root, of the tool that the files show. FAILURE_USAGE
 * when the folder holds none, or a file cannot be read. */
bool migrations_read(struct arena *arena, const char *root, const char *folder,
                     struct migrations *migrations, GError **error);

/* Whether nothing in the plan is opaque. */
bool plan_is_known(const struct migration_plan *plan);

#endif
