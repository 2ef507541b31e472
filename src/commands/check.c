/* check.c - "dbdoc check": what is wrong in a database, and a gate for CI. */
#include "commands/deliver.h"
#include "commands/found.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/today.h"

static bool
report(const struct options *options, const struct subject *subject, GError **error)
{
    const struct migrations *migrations = subject->has_migrations ? &subject->migrations : NULL;
    return findings_deliver(options, subject->findings, subject->reading.config, migrations, error);
}

/* The exit status is that of the whole, whatever may be told of it. */
static bool
narrow(const struct invocation *invocation, struct subject *subject, int *status, GError **error)
{
    g_autofree char *today = today_find(invocation->surroundings->variables, error);
    if (today == NULL)
        return false;
    if (subject_reaches(subject, invocation->options.fail_on))
        *status = STATUS_FOUND;
    size_t withheld = publishing_report(subject, today);
    publishing_say(subject->reading.config, withheld, "finding");
    return true;
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    const struct options *options = &invocation->options;
    struct subject subject;
    int found = STATUS_DONE;
    bool done = subject_begin(invocation, &subject, error) &&
                subject_read(invocation, &subject, error) &&
                narrow(invocation, &subject, &found, error) && report(options, &subject, error);
    if (done)
        *status = found;
    if (done && invocation->argument_count == 0)
        message_summary(options->verbosity, "Checked %s.", subject.reading.source.taken);
    if (done)
        found_say(invocation, &subject);
    subject_close(&subject);
    return done;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[SOURCE]",
    .completes = COMPLETES_FILES,
    .most = 1,
    .options = OPTION_FINDINGS_FORMAT | OPTION_OUTPUT_FILE | OPTION_FAIL_ON |
               OPTION_READ_OBSERVATIONS | OPTION_SIZES | OPTION_REHEARSE | OPTION_COMMANDS |
               OPTION_PROFILE | OPTION_PUBLISH | OPTIONS_OF_SOURCES,
    .summary = "report what is wrong or missing in a database",
    .help = "Prints findings: what is wrong in the structure, what it costs and how to put it\n"
            "right, worst first. dbdoc explain RULE tells more about one. Exit status 1 says\n"
            "that a finding is an error (or what --fail-on names) and that nobody accepted\n"
            "it: dbdoc.yml lists those that are fine, each with a reason.\n"
            "\n"
            "Migrations that the database has not applied are checked too, those that\n"
            "dbdoc.yml names or that the folder shows; with --rehearse by what they did in a\n"
            "throw-away PostgreSQL.\n"
            "\n"
            "With publish: structure in dbdoc.yml, findings are those that can be told with\n"
            "it, and how many are not is said; the exit status is that of all.\n"
            "\n"
            "Examples:\n"
            "  dbdoc check\n"
            "  dbdoc check --fail-on warning postgresql://reader@db.example.org/blog\n"
            "  dbdoc check --rehearse\n"
            "  dbdoc check --format json -o findings.json snapshot.json\n"
            "  dbdoc check --rehearse --format sarif -o dbdoc.sarif\n"
            "  dbdoc check --rehearse --format github\n",
    .run = run,
};
