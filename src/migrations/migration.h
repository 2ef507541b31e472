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

/* A command of the user's that runs migrations of a tool dbdoc does not read. */
struct migration_command {
    const char *const *argv; /* NULL-terminated */
    const char *words;       /* the same for people */
    const char *folder;      /* in which it runs */
    struct names own;        /* its tool's own tables */
};

/* What one direction does. Where it refuses, the steps are what comes before. */
struct migration_plan {
    size_t count;
    struct migration_step *steps;
    const struct migration_command *command; /* that does it, instead of the steps; or NULL */
    enum plan_end end;
    const char *reason; /* NULL for COMPLETE */
    enum isolation isolation;
    bool locked; /* the tool holds a lock of its own meanwhile, in another transaction */
};

/* What the tool ignores without a word, and what PostgreSQL will not do. */
struct migration_remark {
    const char *text;
    const char *file;
    unsigned line;
};

/* What people wrote, as it stands in a file. */
struct migration_source {
    const char *file;
    unsigned line; /* of the file, where the text begins */
    const char *text;
};

enum migration_kind {
    MIGRATION_VERSIONED,
    MIGRATION_REPEATABLE, /* run again whenever it changed; has no version */
    MIGRATION_BASELINE,   /* stands for migrations before it; the tool's own */
    MIGRATION_DUMP,       /* stands for files that are gone; the tool's table is in it */
};

/* What the tool's history table holds of a migration besides version, name and checksum. */
struct migration_fact {
    const char *name; /* of a variable in sql/history_TOOL.sql */
    const char *value;
};

struct migration {
    enum migration_kind kind;
    const char *line;    /* the id of its line among several; NULL: there is one alone */
    const char *version; /* as its file name or the tool's list says */
    const char *name;
    const char *recorded; /* what the tool's history table calls it; NULL: its version */
    const char *file;     /* below the root */
    struct migration_plan up;
    struct migration_plan down;
    struct migration_plan verify; /* checks what up did; ABSENT without a reason: there is none */
    const char *checksum; /* as the tool keeps it; NULL: it keeps none, or dbdoc cannot say */
    const char *previous; /* the version before it, in the tool's order; NULL: it is the first */
    const struct migration_commit *added;   /* that has the file first; NULL: not known */
    const struct migration_commit *changed; /* the newest, where it is another; NULL: none */
    size_t fact_count;
    struct migration_fact *facts;
    size_t remark_count;
    struct migration_remark *remarks;
    const char *words;   /* Markdown that its author wrote about it (@moduledoc); NULL: none */
    size_t source_count; /* 0: it is a dump, or cannot be read */
    struct migration_source *sources;
};

/* Who wrote it, as git has it. */
struct migration_commit {
    const char *hash;
    const char *date; /* of the author: "2026-03-12" */
    const char *author;
};

enum transactions {
    TRANSACTION_FOR_EACH, /* those in a transaction have one each */
    TRANSACTION_FOR_ALL,  /* all that are pending share one */
};

/* A line: one folder's migrations, in the order the tool runs them. Or all lines of a repository:
 * then the items are theirs, one line after the other, and what else is said is that of the first.
 */
struct migrations {
    const char *id;      /* of a line among several, unique: "repo"; NULL: it is alone */
    const char *key;     /* of the tool: "ecto" */
    const char *format;  /* for people: "Ecto" */
    const char *history; /* the table in which the tool keeps what is applied; NULL: none */
    bool newest_alone;   /* that table holds the newest version and no other */
    const struct migration_command *probe; /* only reads; NULL: dbdoc reads the files itself */
    enum transactions transactions;
    struct names schemas; /* statements for what no migration makes and all take for granted */
    const char *root;     /* of the project, as it was opened */
    const char *folder;
    const char *commits_unknown; /* why git does not tell who wrote them; NULL: it does, or nobody
                                    asked */
    size_t count;
    struct migration *items; /* in the order the tool runs them */
    size_t link_count;
    const char **links; /* symbolic links that were left out */
    size_t warning_count;
    const char **warnings; /* sentences about the folder as a whole */
    size_t line_count;     /* 0: it is a line itself */
    struct migrations *lines;
};

struct migrations_place;

/* Reads the migrations of a place, of the tool with this key (migrations_tools), or for NULL of the
 * one that the files show. FAILURE_USAGE when the folder holds none, when several tools may be
 * meant, or when a file cannot be read. */
bool migrations_read(struct arena *arena, const struct migrations_place *place, const char *tool,
                     struct migrations *migrations, GError **error);

/* All the lines as one. With several, each gets its id and its items become part of those of all.
 * The lines must live as long as the whole. */
struct migrations migrations_join(struct arena *arena, struct migrations *lines, size_t count);

/* Those of all lines that are wanted, as lines of their own; false when there is none. */
struct migrations_wish {
    bool (*wants)(const struct migrations_wish *wish, const struct migrations *line,
                  const struct migration *migration);
    const void *data;
};
bool migrations_choose(struct arena *arena, const struct migrations *all,
                       const struct migrations_wish *wish, struct migrations *chosen);

/* The line of one of the items. */
const struct migrations *migrations_line_of(const struct migrations *all,
                                            const struct migration *migration);

/* The lines: the whole itself when it is one. */
size_t migrations_line_count(const struct migrations *all);
const struct migrations *migrations_line(const struct migrations *all, size_t place);

/* "repo.20240105093000": what tells it from the others of all lines. Free with g_free. */
char *migration_address(const struct migration *migration);

/* Whether it is what a person calls so: its version or its address, alone or with its name behind,
 * "20240105093000_create_posts". */
bool migration_is_called(const struct migration *migration, const char *words);

/* Whether the files of a folder are those of a migration tool: *known says so. Folders of numbered
 * SQL files are not. FAILURE_USAGE when several tools may be meant. */
bool migrations_show(const struct migrations_place *place, bool *known, GError **error);

/* The keys of all tools, for people: "ecto, sqitch, …". Free with g_free. */
char *migrations_tools(void);
bool migrations_tool_exists(const char *tool);

/* Whether nothing in the plan is opaque. */
bool plan_is_known(const struct migration_plan *plan);

#endif
