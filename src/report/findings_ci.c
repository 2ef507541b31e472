/* findings_ci.c - findings as commands to GitHub's runner, which puts them beside the lines of a
 * pull request, and as GitLab's code quality report. Accepted ones are in neither. */
#include "base/json.h"
#include "report/finding_facts.h"

#include <string.h>

static const char *const github_commands[] = {
    [SEVERITY_NOTE] = "notice",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

static const char *const gitlab_severities[] = {
    [SEVERITY_NOTE] = "info",
    [SEVERITY_WARNING] = "minor",
    [SEVERITY_ERROR] = "major",
};

/* What stands in a command ends at the line; `signs` are more that would end it. */
static void
put_escaped(GString *text, const char *value, const char *signs)
{
    for (const char *c = value; *c != '\0'; c++) {
        if (strchr("%\r\n", *c) != NULL || strchr(signs, *c) != NULL)
            g_string_append_printf(text, "%%%02X", (unsigned)(unsigned char)*c);
        else
            g_string_append_c(text, *c);
    }
}

static void
put_property(GString *text, const char *name, const char *value)
{
    g_string_append_printf(text, "%s=", name);
    put_escaped(text, value, ":,");
}

static void
put_command(GString *text, const struct findings_report *report, const struct finding *finding)
{
    g_autofree char *message = finding_message(finding);
    g_string_append_printf(text, "::%s ", github_commands[finding->severity]);
    if (finding->file != NULL) {
        g_autofree char *path = finding_path(report, finding);
        put_property(text, "file", path);
        g_string_append_printf(text, ",line=%u,", finding_line(finding));
    }
    put_property(text, "title", finding->slug);
    g_string_append(text, "::");
    put_escaped(text, message, "");
    g_string_append_c(text, '\n');
}

GString *
report_findings_github(const struct findings_report *report)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < report->findings->count; i++)
        if (report->findings->items[i].accepted == NULL)
            put_command(text, report, &report->findings->items[i]);
    return text;
}

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void
put_issue(struct json *json, const struct findings_report *report, const struct finding *finding,
          struct finding_marks *marks)
{
    g_autofree char *message = finding_message(finding);
    g_autofree char *path = finding_path(report, finding);
    g_autofree char *mark = finding_mark(marks, finding);
    json_break(json);
    json_object(json);
    put_text(json, "description", g_strdelimit(message, "\n", ' '));
    put_text(json, "check_name", finding->slug);
    put_text(json, "fingerprint", mark);
    put_text(json, "severity", gitlab_severities[finding->severity]);
    json_key(json, "location");
    json_object(json);
    put_text(json, "path", path);
    json_key(json, "lines");
    json_object(json);
    json_key(json, "begin");
    json_number(json, finding_line(finding));
    json_close(json);
    json_close(json);
    json_close(json);
}

GString *
report_findings_gitlab(const struct findings_report *report)
{
    struct json json;
    struct finding_marks marks;
    finding_marks_begin(&marks);
    json_begin(&json);
    json_array(&json);
    for (size_t i = 0; i < report->findings->count; i++)
        if (report->findings->items[i].accepted == NULL)
            put_issue(&json, report, &report->findings->items[i], &marks);
    json_break(&json);
    json_close(&json);
    finding_marks_end(&marks);
    return json_end(&json);
}
