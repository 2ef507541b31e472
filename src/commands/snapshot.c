/* snapshot.c - "dbdoc snapshot": the structure as a file, for diffs and for builds elsewhere. */
#include "catalog/snapshot.h"

#include "base/failure.h"
#include "commands/message.h"
#include "commands/reading.h"
#include "introspect/script.h"

static bool
write_observations(const struct reading *reading, const char *path, GError **error)
{
    const struct observations *observations = reading->source.database->observations;
    if (observations == NULL)
        return failure_set(error, FAILURE_USAGE,
                           "there are no sizes and counters to write (%s). Only a live server has "
                           "them: name one, or leave --observations out.",
                           reading->source.taken);
    GString *text = observations_write(observations);
    bool done = result_write(path, text, error);
    g_string_free(text, TRUE);
    return done;
}

static bool
write_snapshot(const struct invocation *invocation, GError **error)
{
    const struct options *options = &invocation->options;
    struct invocation wanted = *invocation;
    struct reading reading;
    if (options->written_observations == NULL)
        wanted.options.observe = OBSERVE_NOTHING;
    if (!reading_open(&wanted, invocation_source(invocation), &reading, error))
        return false;
    bool done = options->written_observations == NULL ||
                write_observations(&reading, options->written_observations, error);
    if (done) {
        GString *text = snapshot_write(reading.source.database->catalog);
        done = result_write(options->output, text, error);
        g_string_free(text, TRUE);
    }
    if (done && options->output != NULL)
        message_summary(options->verbosity, "Wrote %s from %s.", options->output,
                        reading.source.taken);
    reading_close(&reading);
    return done;
}

static bool
write_schema(const struct options *options, GError **error)
{
    GString *text = options->schema == SCHEMA_SNAPSHOT ? snapshot_schema() : observations_schema();
    bool done = result_write(options->output, text, error);
    g_string_free(text, TRUE);
    return done;
}

static bool
write_script(const struct invocation *invocation, GError **error)
{
    const struct options *options = &invocation->options;
    if (invocation->argument_count > 0 || options->written_observations != NULL)
        return failure_set(error, FAILURE_USAGE,
                           "--print-sql reads nothing: psql gets the database's name, when it runs "
                           "the script. Leave the SOURCE and --observations out.");
    GString *text = script_write(options->lock_timeout);
    bool done = result_write(options->output, text, error);
    g_string_free(text, TRUE);
    return done;
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    if (invocation->options.script == SCRIPT_PRINT)
        return write_script(invocation, error);
    return invocation->options.schema != SCHEMA_NONE ? write_schema(&invocation->options, error)
                                                     : write_snapshot(invocation, error);
}

const struct command command_snapshot = {
    .name = "snapshot",
    .arguments = "[SOURCE]",
    .completes = COMPLETES_FILES,
    .most = 1,
    .options = OPTION_OUTPUT_FILE | OPTION_WRITE_OBSERVATIONS | OPTION_SCHEMA | OPTION_SIZES |
               OPTION_PRINT_SQL | OPTION_EXPLAIN_PRIVACY | OPTIONS_OF_SOURCES,
    .summary = "write the structure of a database as JSON",
    .help = "Writes a snapshot: the structure and the migration history, with no date, size\n"
            "or host in it. The same structure gives the same bytes, one line per column,\n"
            "index and constraint. Keep it in the repository to see in reviews what changed,\n"
            "or to build the site where the server cannot be reached.\n"
            "\n"
            "--print-sql prints the reading as a script for psql, for a server that no tool\n"
            "may reach. What the script printed is a SOURCE like any other.\n"
            "\n"
            "Examples:\n"
            "  dbdoc snapshot postgresql://reader@db.example.org/blog -o snapshot.json\n"
            "  dbdoc snapshot priv/repo/structure.sql > snapshot.json\n"
            "  dbdoc snapshot -o snapshot.json --observations observations.json\n"
            "  dbdoc snapshot --print-sql -o read.sql\n"
            "  psql -X -q -f read.sql blog > reading.txt\n"
            "  dbdoc snapshot reading.txt -o snapshot.json\n"
            "  dbdoc snapshot --schema snapshot\n",
    .run = run,
};
