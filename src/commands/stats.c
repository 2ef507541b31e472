/* stats.c - "dbdoc stats": the script that tells what the planner of production knows. dbdoc itself
 * needs no access to it. */
#include "base/failure.h"
#include "commands/command.h"
#include "commands/message.h"
#include "statistics/statistics.h"

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    if (!g_str_equal(invocation->arguments[0], "export"))
        return failure_set(error, FAILURE_USAGE,
                           "dbdoc stats takes export, found \"%s\". See dbdoc stats --help.",
                           invocation->arguments[0]);
    g_autoptr(GString) script = statistics_script();
    return result_write(invocation->options.output, script, error);
}

const struct command command_stats = {
    .name = "stats",
    .arguments = "export",
    .completes = COMPLETES_NOTHING,
    .least = 1,
    .most = 1,
    .options = OPTION_OUTPUT_FILE | OPTION_HELP,
    .summary = "print the script that exports what production's planner knows of its rows",
    .help = "export prints a script for psql. Somebody who may read the tables of production\n"
            "runs it there; it reads no row, and no value of a column is in what it writes\n"
            "unless they ask for it. With that file under statistics: in dbdoc.yml, dbdoc\n"
            "build plans queries as production would, and tells what they cost without an\n"
            "index.\n"
            "\n"
            "Examples:\n"
            "  dbdoc stats export -o export.sql\n"
            "  psql -X -f export.sql -o statistics.json postgresql://dba@db.example.org/blog\n"
            "  psql -X -v values=safe -f export.sql -o statistics.json \"service=blog\"\n",
    .run = run,
};
