/* help.c - "dbdoc help" and "dbdoc VERB --help". */
#include "commands/command.h"
#include "commands/message.h"

#define SUMMARY_COLUMN 12

static const char sources[] =
    "\n"
    "A SOURCE is one of\n"
    "  postgresql://host/database  a live database (or \"host=… dbname=…\"), only read\n"
    "  structure.sql               what pg_dump wrote, loaded into a throw-away server\n"
    "  db/migrations/              a folder of migrations: every way up is run there\n"
    "  sql/                        a folder of other SQL files, loaded in order of name\n"
    "  snapshot.json               what dbdoc snapshot wrote\n"
    "  git:REV[:PATH]              one of these files or folders as a commit has it\n"
    "Without one, dbdoc.yml says which; else what the repository shows (such as\n"
    "priv/repo/structure.sql); else libpq's environment (PGHOST, PGSERVICE …).\n";

static const char statuses[] =
    "\n"
    "Exit status: 0 done; 1 findings at or above --fail-on, or a difference; 2 wrong\n"
    "use or configuration; 3 the database cannot be read; 4 no migration could be\n"
    "rehearsed; 5 the result cannot be written; 70 a bug in dbdoc; 130 stopped by a\n"
    "signal.\n";

static void
describe_all(GString *text)
{
    g_string_append(text, "dbdoc documents PostgreSQL databases as a static site.\n\n"
                          "Usage: dbdoc COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        g_string_append_printf(text, "  %-*s %s\n", SUMMARY_COLUMN, commands[i]->name,
                               commands[i]->summary);
    g_string_append(text, sources);
    g_string_append(text, statuses);
    g_string_append(text, "\nMore about a command: dbdoc COMMAND --help\n");
}

static void
describe_one(const struct command *command, GString *text)
{
    g_string_append_printf(text, "Usage: dbdoc %s%s%s [OPTIONS]\n\n", command->name,
                           *command->arguments != '\0' ? " " : "", command->arguments);
    g_string_append(text, command->help);
    g_string_append(text, "\nOptions:\n");
    options_describe(command->options, text);
    if ((command->options & OPTION_LOCK_TIMEOUT) != 0)
        g_string_append(text, sources);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    g_autoptr(GString) text = g_string_new(NULL);
    if (invocation->argument_count == 0) {
        describe_all(text);
    } else {
        const struct command *command = command_find(invocation->arguments[0], error);
        if (command == NULL)
            return false;
        describe_one(command, text);
    }
    return result_write(NULL, text, error);
}

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .completes = COMPLETES_COMMANDS,
    .most = 1,
    .options = OPTION_HELP,
    .summary = "print this, or the help of a command",
    .help = "Prints the commands, or how to use one of them.\n",
    .run = run,
};
