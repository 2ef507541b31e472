/* ecto_runner.h - what Ecto.Migration.Runner keeps while a migration runs: the queue of commands,
 * the direction, and here the steps that came of them. Commands are the values that Ecto itself
 * passes around: {:create, %Table{}, columns}. */
#ifndef DBDOC_ECTO_RUNNER_H
#define DBDOC_ECTO_RUNNER_H

#include "elixir/evaluate.h"
#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

enum ecto_direction { ECTO_FORWARD, ECTO_BACKWARD };

/* Which ecto_sql runs: what changed between versions asks for this. 3014000 is 3.14.0. */
enum {
    ECTO_3_0_3 = 3000003,
    ECTO_3_3_4 = 3003004,
    ECTO_3_5 = 3005000,
    ECTO_3_5_2 = 3005002,
    ECTO_3_9 = 3009000,
    ECTO_3_9_1 = 3009001,
    ECTO_3_12 = 3012000,
    ECTO_3_14 = 3014000,
    ECTO_DEFAULT = 3013000,
};

struct ecto_command {
    const struct value *value;
    const struct syntax *syntax;
};

struct ecto_runner {
    const struct value *config; /* the repository's configuration: a keyword list */
    unsigned version;
    unsigned oban;         /* which Oban, in the same form; 0: not known */
    GHashTable *oban_line; /* what it did before this migration; see ecto_oban.h */
    const char *repo;      /* its module */
    const struct module *module;
    enum ecto_direction direction;
    const char *asked;        /* "up" or "down": what direction/0 answers */
    GArray *queue;            /* struct ecto_command */
    const struct value *open; /* {:create, table} inside its block; NULL outside */
    GPtrArray *columns;       /* sub-commands of the open command */
    GArray *steps;            /* struct migration_step */
    GArray *remarks;          /* struct migration_remark */
};

extern const struct host ecto_host;

struct ecto_runner *ecto_runner_of(const struct evaluation *evaluation);

/* Queues a command. False: nested in a block; raised. */
bool ecto_queue(struct evaluation *evaluation, const struct syntax *syntax,
                const struct value *command);

/* Sends what is queued. False when something raised. */
bool ecto_flush(struct evaluation *evaluation);

/* Appends a step. */
void ecto_step(struct evaluation *evaluation, const struct syntax *syntax, enum step_kind kind,
               const char *text);

/* A value of the repository's configuration; NULL when it is not set. */
const struct value *ecto_config_get(const struct ecto_runner *runner, const char *key);

/* Appends the statements of a command that is no text. False when something raised. */
bool ecto_sql(struct evaluation *evaluation, const struct syntax *syntax,
              const struct value *command, GPtrArray *statements);

/* Whether PostgreSQL takes it as a statement's text. */
bool ecto_is_sendable(const char *text, gsize length);

/* ---- Shared by the writers of SQL; each false or NULL when something raised. ---- */

struct ecto_writer {
    struct evaluation *evaluation;
    const struct syntax *syntax;
    GString *text;
};

bool ecto_write_name(struct ecto_writer *writer, const struct value *name);
bool ecto_write_qualified(struct ecto_writer *writer, const struct value *prefix,
                          const struct value *name);
bool ecto_write_names(struct ecto_writer *writer, const struct value *names);
bool ecto_write_text(struct ecto_writer *writer, const struct value *text);
bool ecto_write_type(struct ecto_writer *writer, const struct value *type,
                     const struct value *options);
bool ecto_write_reference_type(struct ecto_writer *writer, const struct value *type,
                               const struct value *options);
bool ecto_write_default(struct ecto_writer *writer, const struct value *type,
                        const struct value *options);
enum ecto_block { IN_CREATE, IN_ALTER };
bool ecto_write_changes(struct ecto_writer *writer, const struct value *table,
                        const struct value *columns, enum ecto_block block);

/* The option of a keyword list; nil when it is not there. */
const struct value *ecto_option(const struct value *options, const char *key);

#define ECTO_TABLE      "Elixir.Ecto.Migration.Table"
#define ECTO_INDEX      "Elixir.Ecto.Migration.Index"
#define ECTO_REFERENCE  "Elixir.Ecto.Migration.Reference"
#define ECTO_CONSTRAINT "Elixir.Ecto.Migration.Constraint"

#endif
