/* options.h - all options of all verbs, once: a verb says by bits which of them it takes. */
#ifndef DBDOC_OPTIONS_H
#define DBDOC_OPTIONS_H

#include "base/progress.h"
#include "introspect/introspect.h"
#include "model/finding.h"
#include "source/source.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };
enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SQL };
enum findings_format {
    FINDINGS_TEXT,
    FINDINGS_JSON,
    FINDINGS_MARKDOWN,
    FINDINGS_SARIF,
    FINDINGS_JUNIT,
    FINDINGS_GITHUB,
    FINDINGS_GITLAB
};
enum runbook_format { RUNBOOK_TEXT, RUNBOOK_MARKDOWN, RUNBOOK_JSON, RUNBOOK_HTML };
enum ci_choice { CI_AUTO, CI_GITHUB, CI_GITLAB, CI_SHELL, CI_NONE };
enum schema_choice { SCHEMA_NONE, SCHEMA_SNAPSHOT, SCHEMA_OBSERVATIONS };
enum rehearsal_choice { REHEARSE_AS_USUAL, REHEARSE_PLAN, REHEARSE_ALL };
enum missing_choice { MISSING_NONE, MISSING_INDEXES, MISSING_TABLES };
enum strictness { STRICT_NO, STRICT_YES };
enum command_choice { COMMANDS_REFUSED, COMMANDS_ALLOWED };
enum help_choice { HELP_NO, HELP_YES };

struct options {
    enum help_choice help;
    const char *config;
    const char *output;
    const char *tool;                 /* whose migrations they are; NULL: not said */
    const char *observations;         /* to be read */
    const char *history;              /* folder of snapshots; NULL: none */
    const char *written_observations; /* to be written */
    const char *base;                 /* what a review compares with; NULL: the default branch */
    enum verbosity verbosity;
    enum colour_choice colour;
    enum format format;
    enum runbook_format runbook_format;
    enum findings_format findings_format;
    enum rehearsal_choice rehearsal;
    enum command_choice commands; /* of dbdoc.yml */
    enum schema_choice schema;
    enum ci_choice ci;
    enum severity fail_on;
    enum missing_choice missing;
    int profile; /* 1 + an enum profile; 0: dbdoc.yml says */
    enum strictness strict;
    enum observe observe;
    enum on_sql_error on_error;
    unsigned lock_timeout; /* milliseconds */
    unsigned jobs;         /* 0: one for each processor */
    unsigned port;         /* 0: any free one */
};

enum option_bit {
    OPTION_OUTPUT_FOLDER = 1 << 0,
    OPTION_OUTPUT_FILE = 1 << 1,
    OPTION_STRICT = 1 << 2,
    OPTION_FORMAT = 1 << 3,
    OPTION_FAIL_ON = 1 << 4,
    OPTION_SCHEMA = 1 << 5,
    OPTION_WRITE_OBSERVATIONS = 1 << 6,
    OPTION_READ_OBSERVATIONS = 1 << 7,
    OPTION_SIZES = 1 << 8,
    OPTION_LOCK_TIMEOUT = 1 << 9,
    OPTION_KEEP_GOING = 1 << 10,
    OPTION_CONFIG = 1 << 11,
    OPTION_COLOUR = 1 << 12,
    OPTION_QUIET = 1 << 13,
    OPTION_HELP = 1 << 14,
    OPTION_JOBS = 1 << 15,
    OPTION_PLAN = 1 << 16,
    OPTION_PLAN_FORMAT = 1 << 17,
    OPTION_NEW_CONFIG = 1 << 18,
    OPTION_TOOL = 1 << 19,
    OPTION_PORT = 1 << 20,
    OPTION_REHEARSE = 1 << 21,
    OPTION_RUNBOOK_FORMAT = 1 << 22,
    OPTION_CI = 1 << 23,
    OPTION_BASE = 1 << 24,
    OPTIONS_OF_REVIEW = 1 << 25, /* its folder and its format */
    OPTION_PROFILE = 1 << 26,
    OPTION_MISSING = 1 << 27,
    OPTION_FINDINGS_FORMAT = 1 << 28,
    OPTION_COMMANDS = 1 << 29,
    OPTION_HISTORY = 1 << 30,
};

/* What every verb that reads a SOURCE takes. */
#define OPTIONS_OF_SOURCES                                                                         \
    (OPTION_LOCK_TIMEOUT | OPTION_KEEP_GOING | OPTION_CONFIG | OPTION_COLOUR | OPTION_QUIET |      \
     OPTION_HELP)

/* How a value becomes a member of struct options. */
enum option_kind {
    SETS_NUMBER, /* takes no value: the int at `offset` becomes `number` */
    TAKES_TEXT,
    TAKES_WORD,  /* one of `words`: the int becomes `number` + its place */
    TAKES_TIME,  /* milliseconds */
    TAKES_COUNT, /* from 1 to `number` */
    TAKES_PORT,  /* from 0 to `number` */
};

struct option {
    unsigned bit;
    char letter; /* 0: none */
    const char *name;
    const char *value; /* what the help calls it; NULL for none */
    enum option_kind kind;
    size_t offset;
    int number;
    const char *const *words;
    const char *summary;
};

extern const struct option options_table[]; /* in the order of the help; ends with a NULL name */

struct command;

/* Splits argv (behind the verb; ends with NULL) into options and arguments. The texts stay argv's.
 * FAILURE_USAGE that names the verb's help. */
bool options_parse(const struct command *command, char **argv, struct options *options,
                   GPtrArray *arguments, GError **error);

/* Appends the lines of the help about the options of these bits. */
void options_describe(unsigned bits, GString *text);

#endif
