/* findings_markdown.c - findings for a pull request, an issue or a job's summary. */
#include "report/finding_facts.h"
#include "report/markdown.h"

static const enum severity order[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE};
static const char *const titles[] = {
    [SEVERITY_NOTE] = "Notes",
    [SEVERITY_WARNING] = "Warnings",
    [SEVERITY_ERROR] = "Errors",
};

static void
put_place(GString *target, const struct findings_report *report, const struct finding *finding)
{
    if (finding->file == NULL) {
        g_autofree char *subject = finding_subject(finding);
        markdown_span(target, subject);
        return;
    }
    g_autofree char *path = finding_path(report, finding);
    g_autofree char *place = finding->line > 0 ? g_strdup_printf("%s:%u", path, finding->line)
                                               : g_strdup(path);
    markdown_span(target, place);
}

static void
put_sentence(GString *target, const char *text)
{
    if (text == NULL)
        return;
    g_string_append(target, "  ");
    markdown_words(target, text);
    g_string_append(target, "\n");
}

static void
put_finding(GString *target, const struct findings_report *report, const struct finding *finding)
{
    g_string_append(target, "- **");
    markdown_words(target, finding->title);
    g_string_append(target, "** (");
    put_place(target, report, finding);
    g_string_append_printf(target, ", `%s`)\n", finding->slug);
    put_sentence(target, finding->detail);
    put_sentence(target, finding->advice);
    if (finding->fix_sql != NULL) {
        g_string_append_c(target, '\n');
        markdown_code(target, "  ", "sql", finding->fix_sql);
    }
}

static void
put_severity(GString *target, const struct findings_report *report, enum severity severity)
{
    bool empty = true;
    for (size_t i = 0; i < report->findings->count; i++) {
        const struct finding *finding = &report->findings->items[i];
        if (finding->severity != severity || finding->accepted != NULL)
            continue;
        if (empty)
            g_string_append_printf(target, "\n## %s\n\n", titles[severity]);
        empty = false;
        put_finding(target, report, finding);
    }
}

GString *
report_findings_markdown(const struct findings_report *report)
{
    g_autofree char *summary = report_findings_summary(report->findings);
    GString *target = g_string_new("# dbdoc: ");
    g_string_append_printf(target, "%s\n", summary);
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        put_severity(target, report, order[i]);
    return target;
}
