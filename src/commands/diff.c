/* diff.c - "dbdoc diff": what differs between the structure of two sources. */
#include "base/failure.h"
#include "catalog/compare.h"
#include "commands/message.h"
#include "commands/reading.h"

static bool
report(const struct options *options, const GPtrArray *changes, GError **error)
{
    GString *text = options->format == FORMAT_JSON
                        ? report_changes_json(changes)
                        : report_changes_text(changes, result_colour(options));
    bool done = result_write(options->output, text, error);
    g_string_free(text, TRUE);
    return done;
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    struct invocation structure = *invocation;
    structure.options.observe = OBSERVE_NOTHING;
    struct reading before;
    struct reading after;
    if (!reading_open(&structure, invocation->arguments[0], &before, error))
        return false;
    bool done = reading_open(&structure, invocation->arguments[1], &after, error);
    if (done) {
        GPtrArray *changes = catalog_compare(before.source.database->catalog,
                                             after.source.database->catalog);
        if (changes->len > 0)
            *status = STATUS_DIFFERENT;
        done = report(&invocation->options, changes, error);
        g_ptr_array_unref(changes);
        reading_close(&after);
    }
    reading_close(&before);
    return done;
}

const struct command command_diff = {
    .name = "diff",
    .arguments = "SOURCE SOURCE",
    .completes = COMPLETES_FILES,
    .least = 2,
    .most = 2,
    .options = OPTION_FORMAT | OPTION_OUTPUT_FILE | OPTIONS_OF_SOURCES,
    .summary = "compare the structure of two databases",
    .help = "Prints what was added (+), removed (-) and changed (~) from the first source to\n"
            "the second, and nothing when they are equal. Exit status 1 says that they\n"
            "differ. Expressions that PostgreSQL prints differently after a restore are\n"
            "equal.\n"
            "\n"
            "Examples:\n"
            "  dbdoc diff snapshot.json postgresql://reader@db.example.org/blog\n"
            "  dbdoc diff postgresql://staging/blog postgresql://production/blog\n"
            "  dbdoc diff git:main... git:HEAD\n"
            "  dbdoc diff --format json old.json new.json\n",
    .run = run,
};
