/* dispatch.c - finds the verb, reads its options, runs it, and says what went wrong. */
#include "base/failure.h"
#include "base/progress.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/message.h"
#include "commands/privacy.h"

#include <string.h>

const struct command *const commands[] = {
    &command_init,     &command_build,    &command_serve,
    &command_check,    &command_snapshot, &command_diff,
    &command_rehearse, &command_review,   &command_runbook,
    &command_notes,    &command_export,   &command_portal,
    &command_stats,    &command_explain,  &command_completions,
    &command_version,  &command_help,     NULL,
};

/* What people write first without thinking of verbs. */
static const struct {
    const char *word;
    const struct command *command;
} synonyms[] = {
    {"--help", &command_help},
    {"-h", &command_help},
    {"--version", &command_version},
    {"-V", &command_version},
};

const struct command *
command_find(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(commands)] = {NULL};
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (g_str_equal(commands[i]->name, name))
            return commands[i];
        names[i] = commands[i]->name;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(synonyms); i++)
        if (g_str_equal(synonyms[i].word, name))
            return synonyms[i].command;
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL)
        failure_set(error, FAILURE_USAGE,
                    "there is no command \"%s\". Did you mean \"%s\"? See dbdoc help.", name,
                    nearest);
    else
        failure_set(error, FAILURE_USAGE, "there is no command \"%s\". See dbdoc help.", name);
    return NULL;
}

static bool
check_count(const struct command *command, const GPtrArray *arguments, GError **error)
{
    if (arguments->len > command->most)
        return failure_set(error, FAILURE_USAGE,
                           "there is no place for the argument \"%s\". See dbdoc %s --help.",
                           (const char *)arguments->pdata[command->most], command->name);
    if (arguments->len < command->least)
        return failure_set(error, FAILURE_USAGE,
                           "an argument is missing: dbdoc %s %s. See dbdoc %s --help.",
                           command->name, command->arguments, command->name);
    return true;
}

static bool
run(const struct command *command, char **argv, const struct surroundings *surroundings,
    int *status, GError **error)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    struct invocation invocation = {.surroundings = surroundings};
    if (!options_parse(command, argv, &invocation.options, arguments, error))
        return false;
    if (invocation.options.help == HELP_YES) {
        /* The same as "dbdoc help VERB". */
        char *name = (char *)(guintptr)command->name;
        invocation.arguments = &name;
        invocation.argument_count = 1;
        return command_help.run(&invocation, status, error);
    }
    if (!check_count(command, arguments, error))
        return false;
    invocation.arguments = (char *const *)arguments->pdata;
    invocation.argument_count = arguments->len;
    if (invocation.options.privacy == PRIVACY_EXPLAIN)
        return privacy_explain(command, &invocation, error);
    progress_begin(invocation.options.verbosity);
    bool done = command->run(&invocation, status, error);
    progress_clear();
    return done;
}

int
command_main(char **argv, const struct surroundings *surroundings)
{
    g_autoptr(GError) error = NULL;
    int status = STATUS_DONE;
    bool done = argv[0] != NULL && argv[1] != NULL;
    if (!done)
        failure_set(&error, FAILURE_USAGE, "there is no command. See dbdoc help.");
    const struct command *command = done ? command_find(argv[1], &error) : NULL;
    done = command != NULL && run(command, argv + 2, surroundings, &status, &error);
    if (done)
        return status;
    g_assert(error != NULL); /* every failure says what it is */
    message_error(error->message);
    return error->domain == FAILURE ? error->code : FAILURE_BUG;
}
