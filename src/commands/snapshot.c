/* snapshot.c - "dbdoc snapshot": the structure as a file, for diffs and for builds elsewhere. */
#include "catalog/snapshot.h"

#include "base/failure.h"
#include "base/files.h"
#include "commands/message.h"
#include "commands/reading.h"
#include "commands/scope.h"
#include "introspect/script.h"

/* In a folder each observation has a file of its own: "2026-01-02T03-04-05Z-primary-5f0c2d31.json",
 * where the last part tells servers apart. Free with g_free. */
static char *
place_of(const struct observations *observations, const char *path)
{
    if (!g_str_has_suffix(path, "/") && !g_file_test(path, G_FILE_TEST_IS_DIR))
        return g_strdup(path);
    const char *era = observations->counters_era != NULL ? observations->counters_era : "";
    g_autofree char *server = g_compute_checksum_for_string(G_CHECKSUM_SHA256, era, -1);
    g_autofree char *file = g_strdup_printf("%s-%s-%.8s.json", observations->taken_at,
                                            observations->node, server);
    return g_build_filename(path, g_strdelimit(file, ":", '-'), NULL);
}

/* *place is the file that was written; free with g_free. */
static bool
write_observations(const struct reading *reading, const char *path, char **place, GError **error)
{
    const struct observations *observations = reading->source.database->observations;
    if (observations == NULL)
        return failure_set(error, FAILURE_USAGE,
                           "there are no sizes and counters to write (%s). Only a live server has "
                           "them: name one, or leave --observations out.",
                           reading->source.taken);
    *place = place_of(observations, path);
    if (g_str_has_suffix(path, "/") && !directory_create(path, error))
        return false;
    scope_publish(reading->config, reading->source.database);
    g_autoptr(GString) text = observations_write(observations);
    return result_write(*place, text, error);
}

static bool
write_structure(const struct options *options, const struct reading *reading, GError **error)
{
    scope_publish(reading->config, reading->source.database);
    g_autoptr(GString) text = snapshot_write(reading->source.database->catalog);
    return result_write(options->output, text, error);
}

static bool
check_only(const struct options *options, GError **error)
{
    if (options->structure == STRUCTURE_WRITTEN)
        return true;
    if (options->written_observations != NULL && options->output == NULL)
        return true;
    return failure_set(error, FAILURE_USAGE,
                       "--observations-only writes no structure: say with --observations where the "
                       "sizes and counters go, and leave --output out.");
}

/* What is written was seen now, and is no copy of what dbdoc.yml names. */
static bool
open_source(const struct invocation *invocation, struct reading *reading, GError **error)
{
    if (!reading_begin(invocation, reading, error))
        return false;
    reading->config->observations = NULL;
    if (reading_read(invocation, invocation_source(invocation), reading, error))
        return true;
    reading_close(reading);
    return false;
}

static bool
write_snapshot(const struct invocation *invocation, GError **error)
{
    const struct options *options = &invocation->options;
    struct invocation wanted = *invocation;
    struct reading reading;
    g_autofree char *place = NULL;
    if (options->written_observations == NULL)
        wanted.options.observe = OBSERVE_NOTHING;
    if (!check_only(options, error) || !open_source(&wanted, &reading, error))
        return false;
    bool is_whole = options->structure == STRUCTURE_WRITTEN;
    bool done = (options->written_observations == NULL ||
                 write_observations(&reading, options->written_observations, &place, error)) &&
                (!is_whole || write_structure(options, &reading, error));
    const char *written = is_whole ? options->output : place;
    if (done && written != NULL)
        message_summary(options->verbosity, "Wrote %s from %s.", written, reading.source.taken);
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
    .options = OPTION_OUTPUT_FILE | OPTION_WRITE_OBSERVATIONS | OPTION_OBSERVATIONS_ONLY |
               OPTION_SCHEMA | OPTION_SIZES | OPTION_PRINT_SQL | OPTION_EXPLAIN_PRIVACY |
               OPTION_PUBLISH | OPTIONS_OF_SOURCES,
    .summary = "write the structure of a database as JSON",
    .help = "Writes a snapshot: the structure and the migration history, with no date, size\n"
            "or host in it. The same structure gives the same bytes, one line per column,\n"
            "index and constraint. Keep it in the repository to see in reviews what changed,\n"
            "or to build the site where the server cannot be reached.\n"
            "\n"
            "Several observations in one folder are a series, which \"observations:\" of\n"
            "dbdoc.yml names: only over some time is it known what is not used. Each server\n"
            "counts for itself, so let each standby write its own.\n"
            "\n"
            "--print-sql prints the reading as a script for psql, for a server that no tool\n"
            "may reach. What the script printed is a SOURCE like any other, and is of the\n"
            "whole. The snapshot is too, unless dbdoc.yml has publish: structure.\n"
            "\n"
            "Examples:\n"
            "  dbdoc snapshot postgresql://reader@db.example.org/blog -o snapshot.json\n"
            "  dbdoc snapshot priv/repo/structure.sql > snapshot.json\n"
            "  dbdoc snapshot -o snapshot.json --observations observations.json\n"
            "  dbdoc snapshot --observations observations/ --observations-only\n"
            "  dbdoc snapshot --print-sql -o read.sql\n"
            "  psql -X -q -f read.sql blog > reading.txt\n"
            "  dbdoc snapshot reading.txt -o snapshot.json\n"
            "  dbdoc snapshot --schema snapshot\n",
    .run = run,
};
