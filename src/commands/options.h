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
enum script_choice { SCRIPT_NONE, SCRIPT_PRINT };
enum structure_choice { STRUCTURE_WRITTEN, STRUCTURE_LEFT_OUT };
enum privacy_choice { PRIVACY_AS_USUAL, PRIVACY_EXPLAIN };
enum help_choice { HELP_NO, HELP_YES };

struct options {
    enum help_choice help;
    const char *config;
    const char *output;
    const char *tool;                 /* whose migrations they are; NULL: not said */
    const char *observations;         /* to be read */
    const char *history;              /* folder of snapshots; NULL: none */
    const char *written_observations; /* to be written */
    const char *shard;                /* "2/4": the second quarter; NULL: all */
    const char *base;                 /* what a review compares with; NULL: the default branch */
    enum verbosity verbosity;
    enum colour_choice colour;
    enum format format;
    enum runbook_format runbook_format;
    enum findings_format findings_format;
    enum rehearsal_choice rehearsal;
    enum command_choice commands; /* of dbdoc.yml */
    enum schema_choice schema;
    enum script_choice script;
    enum structure_choice structure; /* of a snapshot */
    enum privacy_choice privacy;
    enum ci_choice ci;
    enum severity fail_on;
    enum missing_choice missing;
    int profile; /* 1 + an enum profile; 0: dbdoc.yml says */
    int publish; /* 1 + an enum publish; 0: dbdoc.yml says */
    enum strictness strict;
    enum observe observe;
    enum on_sql_error on_error;
    unsigned lock_timeout; /* milliseconds */
    unsigned jobs;         /* 0: one for each processor */
    unsigned port;         /* 0: any free one */
};

/* Which options a verb takes: a set of these. */
#define OPTION_BIT(place)         (G_GUINT64_CONSTANT(1) << (place))
#define OPTION_OUTPUT_FOLDER      OPTION_BIT(0)
#define OPTION_OUTPUT_FILE        OPTION_BIT(1)
#define OPTION_STRICT             OPTION_BIT(2)
#define OPTION_FORMAT             OPTION_BIT(3)
#define OPTION_FAIL_ON            OPTION_BIT(4)
#define OPTION_SCHEMA             OPTION_BIT(5)
#define OPTION_WRITE_OBSERVATIONS OPTION_BIT(6)
#define OPTION_READ_OBSERVATIONS  OPTION_BIT(7)
#define OPTION_SIZES              OPTION_BIT(8)
#define OPTION_LOCK_TIMEOUT       OPTION_BIT(9)
#define OPTION_KEEP_GOING         OPTION_BIT(10)
#define OPTION_CONFIG             OPTION_BIT(11)
#define OPTION_COLOUR             OPTION_BIT(12)
#define OPTION_QUIET              OPTION_BIT(13)
#define OPTION_HELP               OPTION_BIT(14)
#define OPTION_JOBS               OPTION_BIT(15)
#define OPTION_PLAN               OPTION_BIT(16)
#define OPTION_PLAN_FORMAT        OPTION_BIT(17)
#define OPTION_NEW_CONFIG         OPTION_BIT(18)
#define OPTION_TOOL               OPTION_BIT(19)
#define OPTION_PORT               OPTION_BIT(20)
#define OPTION_REHEARSE           OPTION_BIT(21)
#define OPTION_RUNBOOK_FORMAT     OPTION_BIT(22)
#define OPTION_CI                 OPTION_BIT(23)
#define OPTION_BASE               OPTION_BIT(24)
#define OPTIONS_OF_REVIEW         OPTION_BIT(25) /* its folder and its format */
#define OPTION_PROFILE            OPTION_BIT(26)
#define OPTION_MISSING            OPTION_BIT(27)
#define OPTION_FINDINGS_FORMAT    OPTION_BIT(28)
#define OPTION_COMMANDS           OPTION_BIT(29)
#define OPTION_HISTORY            OPTION_BIT(30)
#define OPTION_PRINT_SQL          OPTION_BIT(31)
#define OPTION_SHARD              OPTION_BIT(40)
#define OPTION_EXPLAIN_PRIVACY    OPTION_BIT(33)
#define OPTION_OBSERVATIONS_ONLY  OPTION_BIT(44)
#define OPTION_PUBLISH            OPTION_BIT(41)

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
    guint64 bit;
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
void options_describe(guint64 bits, GString *text);

#endif
