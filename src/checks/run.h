/* run.h - what a rule reports into: a finding and its texts, cleaned and kept in the run's arena.
 *
 * Names from the catalog reach a sentence only through check_path, check_columns and check_code,
 * which put them between backquotes; a backquote, a line break or a control character within a name
 * is replaced there, so that a sentence stays one line and its code spans stay paired. */
#ifndef DBDOC_CHECKS_RUN_H
#define DBDOC_CHECKS_RUN_H

#include "checks/checks.h"

struct applied;
struct redundancy;

struct check_run {
    const struct model *model;
    const struct rehearsal *rehearsal; /* NULL: no migrations are known */
    const struct rule *rule;           /* the one that reports now */
    const char *today;                 /* "YYYY-MM-DD"; NULL: not known */
    enum profile profile;              /* what the team wants to hear */
    struct arena *arena;
    GPtrArray *findings; /* struct finding *, as reported */
    GPtrArray *past;     /* likewise, of migrations that the database has applied */
    struct applied *applied;
    GHashTable *deeds; /* struct migration_evidence → struct deeds, as they are asked for */
    GPtrArray *tables; /* those that rules speak about: const struct table * */
    GHashTable *skipped_tables;    /* the others */
    GHashTable *bound_indexes;     /* indexes that a constraint stands on or a foreign key needs */
    struct redundancy *redundancy; /* NULL until a rule asks for it */
    enum truth pending; /* whether a migration of the project is not applied; likewise UNKNOWN */
};

/* A new finding of the current rule, with its usual severity, proved, and this title. `object` may
 * be NULL when the finding is about a file alone. */
struct finding *check_report(struct check_run *run, const void *object, const char *title, ...)
    G_GNUC_PRINTF(3, 4);

/* The same about a migration, with the place of its file; of one that the database has applied it
 * is a past one. */
struct finding *check_report_migration(struct check_run *run, const struct migration *migration,
                                       const char *title, ...) G_GNUC_PRINTF(3, 4);

void check_detail(struct check_run *run, struct finding *finding, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void check_advice(struct check_run *run, struct finding *finding, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Adds a row of evidence; a NULL value adds nothing. Values may have several lines. */
void check_evidence(struct check_run *run, struct finding *finding, const char *label,
                    const char *value);

/* A row with a constraint's name and definition. */
void check_constraint(struct check_run *run, struct finding *finding, const char *label,
                      const struct constraint *constraint);

/* A row with a column and its type. */
void check_column(struct check_run *run, struct finding *finding, const struct column *column);

/* A row with a statement of a migration, and its place as that of the finding. */
void check_statement(struct check_run *run, struct finding *finding,
                     const struct statement_evidence *statement);

/* The value of "name=value" among them; NULL: it is not there. */
const char *check_setting_of(const struct names *settings, const char *name);

/* What was observed of the server; NULL: nothing. */
const char *check_server_setting(const struct check_run *run, const char *name);

/* The path as people say it: what lies in public needs no schema. */
const char *check_said_path(const void *object);

/* Parts of sentences, in arena memory. */
const char *check_code(struct check_run *run, const char *text);    /* `text` */
const char *check_path(struct check_run *run, const void *object);  /* `blog.posts`, `posts` */
const char *check_columns(struct check_run *run, const void *table, /* `blog.posts.author_id`, */
                          const struct names *columns);             /* `blog.posts (a, b)` */
const char *check_number(struct check_run *run, int64_t number);    /* 421,870 */
const char *check_count(struct check_run *run, int64_t number, const char *noun); /* 3 tables */

/* A run without findings; frees all but the arena. */
struct check_run *check_run_new(const struct model *model, const struct rehearsal *rehearsal,
                                struct arena *arena);
void check_run_free(struct check_run *run);

/* What no rule speaks about: partitions (the root stands for them), tables in which migration tools
 * keep what they applied, and what belongs to the job queue Oban. */
bool check_skips_table(const struct check_run *run, const struct table *table);
bool check_skips_name(const char *name);

/* Calls `visit` for every table that rules speak about. */
void check_each_table(struct check_run *run,
                      void (*visit)(struct check_run *run, const struct table *table));

/* Calls `visit` for every index of those tables that can be used and has a key. */
void check_each_index(struct check_run *run,
                      void (*visit)(struct check_run *run, const struct table *table,
                                    const struct index *index));

/* Calls `visit` for every migration that is known; what was seen of it tells whether it was
 * rehearsed. */
void check_each_migration(struct check_run *run,
                          void (*visit)(struct check_run *run,
                                        const struct migration_evidence *evidence));

/* Whether so many tables do it that it is one decision, and one finding. */
bool check_is_habit(const struct check_run *run, unsigned tables);

bool names_hold(const struct names *names, const char *name);

/* Whether it is a foreign key that people wrote: not a copy that the server makes for partitions.
 */
bool foreign_key_is_written(const struct constraint *constraint);

/* The table a foreign key points to, as part of a sentence, also when it is not in the catalog. */
const char *check_parent(struct check_run *run, const struct constraint *foreign_key);

/* The column of the first key; NULL: that is an expression. */
const struct column *index_first_column(const struct table *table, const struct index *index);

/* Whether a column can never be NULL: declared so, or by its domain. */
bool column_is_required(const struct column *column);

/* The type below all domains, as the server prints it; "" when it is not known. */
const char *column_base_type(const struct column *column);

#endif
