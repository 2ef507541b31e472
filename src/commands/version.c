/* version.c - "dbdoc version". */
#include "commands/command.h"
#include "commands/message.h"

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)invocation, (void)status;
    g_autoptr(GString) text = g_string_new("dbdoc " DBDOC_VERSION "\n");
    return result_write(NULL, text, error);
}

const struct command command_version = {
    .name = "version",
    .arguments = "",
    .options = OPTION_HELP,
    .summary = "print the version",
    .help = "Prints the name and version of this program.\n",
    .run = run,
};
