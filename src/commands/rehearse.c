/* rehearse.c - "dbdoc rehearse": runs each migration up, down and up again; with --plan, only says
 * what each of them sends to PostgreSQL. */
#include "base/failure.h"
#include "commands/message.h"
#include "commands/rehearsing.h"
#include "migrations/commits.h"
#include "rehearsal/evidence_json.h"

static GString *
write_plan(const struct options *options, const struct migrations *migrations)
{
    switch (options->format) {
    case FORMAT_TEXT:
        return report_plan_text(migrations, result_colour(options));
    case FORMAT_JSON:
        return report_plan_json(migrations);
    case FORMAT_SQL:
        return report_plan_sql(migrations);
    }
    g_assert_not_reached();
}

/* Writes the result, and says so where it went to a file. */
static bool
deliver(const struct options *options, const GString *text, const char *summary, GError **error)
{
    if (!result_write(options->output, text, error))
        return false;
    if (options->output != NULL)
        message_summary(options->verbosity, "Wrote %s: %s", options->output, summary);
    return true;
}

static bool
show_plan(const struct options *options, const struct migrations *migrations, GError **error)
{
    if (options->format == FORMAT_SQL && migrations->line_count > 0)
        return failure_set(error, FAILURE_USAGE,
                           "a script is for one database, and there are several folders of "
                           "migrations: %s, %s%s. Name one as FOLDER.",
                           migrations->lines[0].folder, migrations->lines[1].folder,
                           migrations->line_count > 2 ? " and more" : "");
    g_autoptr(GString) text = write_plan(options, migrations);
    g_autofree char *summary = report_plan_summary(migrations);
    return deliver(options, text, summary, error);
}

static bool
show_rehearsal(const struct options *options, const struct rehearsal *rehearsal, GError **error)
{
    g_autoptr(GString) text = options->format == FORMAT_JSON
                                  ? evidence_write(rehearsal)
                                  : report_rehearsal_text(rehearsal, result_colour(options));
    g_autofree char *summary = report_rehearsal_summary(rehearsal);
    if (!deliver(options, text, summary, error))
        return false;
    return rehearsal_has_verdict(rehearsal) ||
           failure_set(error, FAILURE_VERDICT,
                       "no migration could be rehearsed. What stands in the way is told with each "
                       "of them.");
}

static bool
run_rehearsal(const struct options *options, const struct reading *reading,
              struct migrations *migrations, GError **error)
{
    struct rehearsal rehearsal;
    if (options->format == FORMAT_SQL)
        return failure_set(error, FAILURE_USAGE,
                           "--format sql shows what would be sent: it needs --plan.");
    if (options->format == FORMAT_JSON)
        commits_read(reading->arena, migrations);
    return rehearsing_run(reading, migrations, &rehearsal, error) &&
           show_rehearsal(options, &rehearsal, error);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    const struct options *options = &invocation->options;
    struct reading reading;
    if (!reading_begin(invocation, &reading, error))
        return false;
    struct migrations migrations;
    const char *folder = invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
    bool done = rehearsing_read(&reading, folder, options->tool, &migrations, error) &&
                (options->rehearsal == REHEARSE_PLAN
                     ? show_plan(options, &migrations, error)
                     : run_rehearsal(options, &reading, &migrations, error));
    reading_close(&reading);
    return done;
}

const struct command command_rehearse = {
    .name = "rehearse",
    .arguments = "[FOLDER]",
    .most = 1,
    .options = OPTION_PLAN | OPTION_COMMANDS | OPTION_PLAN_FORMAT | OPTION_TOOL |
               OPTION_OUTPUT_FILE | OPTION_CONFIG | OPTION_COLOUR | OPTION_QUIET | OPTION_HELP,
    .summary = "run each migration up, down and up again, and say what it does",
    .help = "Reads the team's migrations and runs each of them up, down and up again in a\n"
            "throw-away PostgreSQL: which locks it takes, what it rewrites and reads in full,\n"
            "and whether the way down restores the schema. FOLDER is the folder of the files;\n"
            "without one they are dbdoc.yml's, or all where projects keep migrations: each\n"
            "folder is a line of its own.\n"
            "No other server is needed, and none is reached, unless dbdoc.yml lends one.\n"
            "\n"
            "Ecto's are read without running Elixir. Of the tools whose migrations are SQL it\n"
            "knows golang-migrate, dbmate, goose, sqlx, Diesel, Sqitch, Flyway, Liquibase\n"
            "(formatted SQL), node-pg-migrate, tern, graphile-migrate, Refinery, Prisma,\n"
            "Drizzle, Atlas, and plain numbered files. The files show which it is; where\n"
            "several fit, --tool says so.\n"
            "\n"
            "The classes of the way down: R0 restores exactly, R1 leaves a trace that no\n"
            "query sees, R2 changes the order of columns, R3 loses part of the schema, R4\n"
            "works for some rows only, R5 loses data, R6 does not exist or fails. Rows are\n"
            "invented. What could not be shown is \"not proved\", with why.\n"
            "\n"
            "With --plan nothing is run: it prints the SQL that each migration sends, up\n"
            "and down, with the lines it comes from. A way down that the tool refuses is\n"
            "\"refused\", one that is not written is \"irreversible\", in the tool's words.\n"
            "What depends on more than the files (the environment, a configuration, the rows\n"
            "of a query, code of the application) is \"opaque\": it is shown with its reason,\n"
            "and nothing is guessed.\n"
            "\n"
            "Passwords in the SQL read ***. In the sql format, which is meant to be run,\n"
            "roles get PASSWORD NULL, so that nobody can log in with the stars.\n"
            "\n"
            "Exit status 4 says that not one migration could be rehearsed.\n"
            "\n"
            "Examples:\n"
            "  dbdoc rehearse\n"
            "  dbdoc rehearse --format json -o rehearsal.json\n"
            "  dbdoc rehearse --plan\n"
            "  dbdoc rehearse --plan --format json apps/shop/priv/repo/migrations\n"
            "  dbdoc rehearse --plan --tool sqlx db/migrations\n"
            "  dbdoc rehearse --plan --format sql | psql -v ON_ERROR_STOP=1 scratch\n",
    .run = run,
};
