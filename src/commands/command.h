/* command.h - one verb is one row: what it is called, what it takes, what it does. Commands put the
 * layers in order; they alone print and choose the exit status. */
#ifndef DBDOC_COMMAND_H
#define DBDOC_COMMAND_H

#include "commands/options.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct target;

/* What the process was started with. */
struct surroundings {
    const struct target *target; /* where libpq's variables point */
    char **variables;            /* the environment before it was cleared */
};

struct invocation {
    const struct surroundings *surroundings;
    struct options options;
    size_t argument_count;
    char *const *arguments;
};

/* Others are of enum failure. */
enum { STATUS_DONE = 0, STATUS_DIFFERENT = 1, STATUS_FOUND = 1 };

/* What a shell offers for an argument. */
enum completion {
    COMPLETES_NOTHING,
    COMPLETES_FILES,
    COMPLETES_RULES,
    COMPLETES_COMMANDS,
    COMPLETES_SHELLS,
    COMPLETES_EXPORTS, /* one of these words, then files */
};

struct command {
    const char *name;
    const char *arguments; /* as usage lines show them: "[SOURCE]" */
    enum completion completes;
    unsigned least; /* how many arguments it takes */
    unsigned most;
    guint64 options; /* OPTION_… bits */
    const char *summary;
    const char *help; /* what it does, and examples */

    /* Sets *status when it is not STATUS_DONE; false on a failure, whose code is the status. */
    bool (*run)(const struct invocation *invocation, int *status, GError **error);
};

extern const struct command *const commands[]; /* in the order of the help; ends with NULL */

extern const struct command command_init;
extern const struct command command_build;
extern const struct command command_serve;
extern const struct command command_snapshot;
extern const struct command command_check;
extern const struct command command_diff;
extern const struct command command_rehearse;
extern const struct command command_review;
extern const struct command command_runbook;
extern const struct command command_notes;
extern const struct command command_export;
extern const struct command command_portal;
extern const struct command command_stats;
extern const struct command command_explain;
extern const struct command command_completions;
extern const struct command command_version;
extern const struct command command_help;

/* FAILURE_USAGE with "did you mean" when there is none. */
const struct command *command_find(const char *name, GError **error);

/* Runs the verb that argv names, prints what went wrong, and returns the exit status. */
int command_main(char **argv, const struct surroundings *surroundings);

#endif
