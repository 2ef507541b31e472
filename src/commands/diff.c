/* diff.c - "dbdoc diff": what differs between the structure of two sources. */
#include "base/failure.h"
#include "catalog/dependants.h"
#include "catalog/renames.h"
#include "commands/message.h"
#include "commands/reading.h"

static GString *
render(const struct options *options, const struct changes_report *report)
{
    return options->format == FORMAT_JSON ? report_changes_json(report)
                                          : report_changes_text(report, result_colour(options));
}

static bool
compare(const struct invocation *invocation, const struct catalog *before,
        const struct catalog *after, int *status, GError **error)
{
    g_autoptr(GPtrArray) changes = catalog_compare(before, after);
    changes_join_renames(changes, NULL, 0);
    struct dependants *dependants = changes->len > 0 ? dependants_new(before) : NULL;
    const struct changes_report report = {changes, dependants};
    GString *text = render(&invocation->options, &report);
    bool done = result_write(invocation->options.output, text, error);
    g_string_free(text, TRUE);
    dependants_free(dependants);
    if (changes->len > 0)
        *status = STATUS_DIFFERENT;
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
        done = compare(invocation, before.source.database->catalog, after.source.database->catalog,
                       status, error);
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
            "equal. What has the same structure under another name was renamed, where\n"
            "nothing else fits; behind what goes or becomes something else stands what\n"
            "uses it.\n"
            "\n"
            "Examples:\n"
            "  dbdoc diff snapshot.json postgresql://reader@db.example.org/blog\n"
            "  dbdoc diff postgresql://staging/blog postgresql://production/blog\n"
            "  dbdoc diff git:main... git:HEAD\n"
            "  dbdoc diff --format json old.json new.json\n",
    .run = run,
};
