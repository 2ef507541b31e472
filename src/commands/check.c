/* check.c - "dbdoc check": what is wrong in a database, and a gate for CI. */
#include "base/git.h"
#include "commands/found.h"
#include "commands/message.h"
#include "commands/subject.h"

static GString *
render(const struct options *options, const struct findings_report *report)
{
    switch (options->findings_format) {
    case FINDINGS_TEXT:
        return report_findings_text(report->findings, result_colour(options));
    case FINDINGS_JSON:
        return report_findings_json(report->findings);
    case FINDINGS_MARKDOWN:
        return report_findings_markdown(report);
    case FINDINGS_SARIF:
        return report_findings_sarif(report);
    case FINDINGS_JUNIT:
        return report_findings_junit(report);
    case FINDINGS_GITHUB:
        return report_findings_github(report);
    case FINDINGS_GITLAB:
        return report_findings_gitlab(report);
    }
    g_assert_not_reached();
}

/* From the top of the repository to the root; "" where git knows none. Free with g_free. */
static char *
find_prefix(const char *root)
{
    static const char *const arguments[] = {"rev-parse", "--show-prefix", NULL};
    char *prefix = git_ask(root, arguments, NULL);
    return prefix != NULL ? prefix : g_strdup("");
}

static bool
report(const struct options *options, const struct subject *subject, GError **error)
{
    const struct config *config = subject->reading.config;
    const struct migrations *line = !subject->has_migrations
                                        ? NULL
                                        : migrations_line(&subject->migrations, 0);
    g_autofree char *prefix = find_prefix(config->root);
    g_autofree char *migrations_prefix = find_prefix(line != NULL ? line->root : config->root);
    g_autofree char *home = g_path_get_basename(config->file != NULL ? config->file : "dbdoc.yml");
    const struct findings_report report = {subject->findings, home, prefix, migrations_prefix,
                                           options->fail_on};
    g_autoptr(GString) text = render(options, &report);
    return result_write(options->output, text, error);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    const struct options *options = &invocation->options;
    struct subject subject;
    bool done = subject_begin(invocation, &subject, error) &&
                subject_read(invocation, &subject, error) && report(options, &subject, error);
    if (done && subject_reaches(&subject, options->fail_on))
        *status = STATUS_FOUND;
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
               OPTION_PROFILE | OPTIONS_OF_SOURCES,
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
            "Examples:\n"
            "  dbdoc check\n"
            "  dbdoc check --fail-on warning postgresql://reader@db.example.org/blog\n"
            "  dbdoc check --rehearse\n"
            "  dbdoc check --format json -o findings.json snapshot.json\n"
            "  dbdoc check --rehearse --format sarif -o dbdoc.sarif\n"
            "  dbdoc check --rehearse --format github\n",
    .run = run,
};
