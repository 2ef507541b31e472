/* plain.h - tools whose migrations are SQL files. What tells them apart is a table, plain_formats;
 * what a row cannot say is one of its functions. Internal to migrations/. */
#ifndef DBDOC_MIGRATIONS_PLAIN_H
#define DBDOC_MIGRATIONS_PLAIN_H

#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* How the statements of one migration get to PostgreSQL. */
enum plain_sending {
    SENT_IN_TRANSACTION, /* between BEGIN and COMMIT of the tool's own */
    SENT_AS_ONE,         /* as one text, in which PostgreSQL makes a transaction of several */
    SENT_ONE_BY_ONE,     /* each for itself */
};

enum plain_order {
    ORDER_NUMBER,  /* by version, as a number */
    ORDER_BYTES,   /* by the name of the file */
    ORDER_DOTTED,  /* by version, number by number; what has none comes last, by name */
    ORDER_VERSION, /* by version, as a text */
    ORDER_LISTED,  /* as the tool's own list says */
};

/* What the names of files alone say about the tool. */
enum plain_names { NAMES_SAY_NOTHING, NAMES_OF_MANY, NAMES_OF_ONE };

struct plain_file {
    const char *path; /* below the root */
    const char *name; /* below the folder */
    const char *text; /* ends with a NUL and holds none */
    size_t length;
    const char *unreadable; /* why it is no text; NULL: it is */
};

struct plain_item {
    struct migration migration;
    const struct plain_file *up;
    const struct plain_file *down; /* may be the same as up; NULL for none */
    const struct plain_file *verify;
    const char *from; /* the part of `up` that is this migration; NULL: all of it */
    size_t span;
};

struct plain_reader {
    struct arena *arena;
    const struct plain_format *format;
    const char *root;
    const char *folder;
    GPtrArray *files;    /* const struct plain_file *, by name */
    GArray *items;       /* struct plain_item */
    GPtrArray *warnings; /* const char * in the arena */
};

/* One migration on its way from texts to plans. */
struct plain_cut {
    struct plain_reader *reader;
    struct plain_item *item;
    GArray *remarks;     /* struct migration_remark */
    GRegex *placeholder; /* may be NULL */
    GArray *steps;       /* struct migration_step: of the plan that is being made */
    const struct plain_file *file;
};

struct plain_format {
    const char *key;       /* what people write to choose it */
    const char *name;      /* as its makers write it */
    const char *history;   /* the table in which it keeps what is applied; NULL: it keeps none */
    const char *recorded;  /* what that table calls a migration, see plain_replace; NULL: its
                              version, or as list and check say */
    bool newest_alone;     /* it holds the newest version and no other */
    const char *marker;    /* a file that no other tool has */
    const char *directive; /* a line that no other tool's files hold */
    const char *hint;      /* what a project that uses it names among its dependencies */
    const char *names;     /* its files' paths below the folder: version, name, way */
    enum plain_names tells;
    const char *ways; /* letters or words of `way` that lead down; NULL: none does */
    enum plain_order order;
    enum transactions transactions;
    enum plain_sending sending;
    const char *alone;       /* the line that says: no transaction; NULL: there is none */
    const char *alone_in;    /* the file beside it where that line stands; ".x" is an ending; NULL:
                                in the migration */
    enum plain_sending then; /* how it is sent then */
    const char *up;          /* the line behind which the way up stands; NULL: from the start on */
    const char *up_missing;  /* what the tool says without it; NULL: the whole file is the way up */
    const char *down;        /* likewise */
    const char *down_missing; /* what the tool says when there is no way down; see plain_replace */
    const char *disordered;   /* what it says when the way down comes first */
    const char *placeholder;  /* text that the tool replaces before it sends */
    const char *placeholder_why;
    const char *baseline; /* the dump that stands for files which are gone, from the folder on */
    bool through_psql;    /* psql reads the files, with its commands and variables */
    bool unique;          /* the version alone tells migrations apart */

    /* NULL: what the names of the files say. Fills reader->items. */
    bool (*list)(struct plain_reader *reader, GError **error);
    /* NULL: by the lines above. Makes the plans of an item. */
    void (*cut)(struct plain_cut *cut);
    /* Says what is to be said about all items, before they are cut; NULL: nothing. */
    void (*check)(struct plain_reader *reader);
};

extern const struct plain_format plain_formats[]; /* the last one fits most; ends with a NULL key */

const struct plain_format *plain_format_find(const char *key);

/* The SQL files of a folder. */
bool plain_files_read(struct arena *arena, const char *root, const char *folder, GPtrArray *files,
                      GPtrArray *links, GError **error);
const struct plain_file *plain_file_find(const GPtrArray *files, const char *name);

/* The tool that the files are written for. With none *format is NULL; several are FAILURE_USAGE
 * that names them. */
bool plain_detect(const char *root, const char *folder, const GPtrArray *files,
                  const struct plain_format **format, GError **error);

bool plain_read(struct plain_reader *reader, struct migrations *migrations, GError **error);

/* ---- For the functions of the table ---- */

/* An item of these texts, which go to the arena. */
struct plain_item *plain_item_add(struct plain_reader *reader, const char *version,
                                  const char *name, const char *file);

/* The pattern, with ^ and $ at every line. */
GRegex *plain_regex(const char *pattern);

/* One thing more that the tool's history table holds of the item; NULL is written as "". */
void plain_fact_add(struct plain_reader *reader, struct plain_item *item, const char *name,
                    const char *value);

/* The list that a tool keeps beside its files. */
bool plain_list_read(const struct plain_reader *reader, const char *name, GString **text,
                     GError **error);

/* It names a file that is not there: FAILURE_USAGE. */
bool plain_list_fail(const char *list, const char *name, GError **error);

/* The number of the line in which this byte of the file stands. */
unsigned plain_line(const struct plain_file *file, const char *at);

/* The checksum of a changeset whose text has its properties filled in; NULL where Liquibase reads
 * more than its lines say, or lets them change. */
char *liquibase_checksum(const char *text);

/* Begins a plan that comes from this file. */
void plain_plan_begin(struct plain_cut *cut, const struct plain_file *file);

/* Appends the statements of a text. What reads the text with more rules than PostgreSQL's own gives
 * them here one by one. */
void plain_add(struct plain_cut *cut, const char *text, size_t length, unsigned line);
void plain_add_opaque(struct plain_cut *cut, const char *source, unsigned line, const char *reason);
void plain_remark(struct plain_cut *cut, const struct plain_file *file, unsigned line,
                  const char *text);

/* Whether PostgreSQL does not run it within a transaction. */
bool plain_runs_alone(const struct migration_step *step);

/* Ends it: what is sent how, and what PostgreSQL will not do that way. */
void plain_plan_end(struct plain_cut *cut, struct migration_plan *plan, enum plain_sending sending);

/* There is no way down. */
void plain_plan_absent(struct plain_cut *cut, struct migration_plan *plan);

/* How this file's way is sent; `line` is the one that begins the way, NULL for none. */
enum plain_sending plain_sending_of(const struct plain_reader *reader,
                                    const struct plain_file *file, const char *line);

/* The text with what it says of the migration: {version}, {number} (without zeros), and of its file
 * {folder} (in which it lies), {base} (its name) and {stem} (the same without its endings). */
const char *plain_replace(struct arena *arena, const char *text, const struct migration *migration);

/* ---- The functions themselves ---- */

bool sqitch_list(struct plain_reader *reader, GError **error);
bool drizzle_list(struct plain_reader *reader, GError **error);
bool liquibase_list(struct plain_reader *reader, GError **error);
void liquibase_cut(struct plain_cut *cut);
void goose_cut(struct plain_cut *cut);
void atlas_cut(struct plain_cut *cut);
void flyway_cut(struct plain_cut *cut);

void atlas_check(struct plain_reader *reader);
void drizzle_check(struct plain_reader *reader);
void flyway_check(struct plain_reader *reader);
void graphile_check(struct plain_reader *reader);
void prisma_check(struct plain_reader *reader);
void refinery_check(struct plain_reader *reader);
void sqitch_check(struct plain_reader *reader);
void sqlx_check(struct plain_reader *reader);
void tern_check(struct plain_reader *reader);

/* A dump that stands for migrations whose files are gone, as one more migration in front. */
bool baseline_add(struct arena *arena, const char *root, const char *path,
                  struct migrations *migrations, GPtrArray *warnings, GError **error);

#endif
