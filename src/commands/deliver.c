/* deliver.c - a writer for each format, and what services need to know of places. */
#include "commands/deliver.h"

#include "base/git.h"
#include "commands/message.h"

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
    char *prefix = git_find_place(root, NULL);
    return prefix != NULL ? prefix : g_strdup("");
}

bool
findings_deliver(const struct options *options, const struct findings *findings,
                 const struct config *config, const struct migrations *migrations, GError **error)
{
    const char *root = migrations == NULL ? config->root : migrations_line(migrations, 0)->root;
    g_autofree char *prefix = find_prefix(config->root);
    g_autofree char *migrations_prefix = find_prefix(root);
    g_autofree char *home = g_path_get_basename(config->file != NULL ? config->file : "dbdoc.yml");
    const struct findings_report report = {findings, home, prefix, migrations_prefix,
                                           options->fail_on};
    g_autoptr(GString) text = render(options, &report);
    return result_write(options->output, text, error);
}
