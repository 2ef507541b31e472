/* test_findings_formats.c - findings with hostile texts in each format: nothing in them ends a
 * command, opens a tag or mentions somebody, and what has to be read by a machine can be. */
#include "checks/checks.h"
#include "report/report.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

#define HOSTILE "]](1) {0} <b>&\"'@all #1 %0A:: ]]>"

static const struct finding items[] = {
    {
        .slug = "fk-partial-index",
        .severity = SEVERITY_ERROR,
        .file = "db/a b,c:%.sql",
        .line = 7,
        .title = HOSTILE,
        .detail = "First.\n::error file=x::second",
        .advice = HOSTILE,
    },
    {.slug = "fk-partial-index", .severity = SEVERITY_WARNING, .title = "twice"},
    {.slug = "fk-partial-index", .severity = SEVERITY_WARNING, .title = "twice"},
    {.slug = "table-no-pk",
     .severity = SEVERITY_NOTE,
     .title = "n",
     .fix_sql = "```\nSELECT '<b>';"},
    {.slug = "table-no-pk",
     .severity = SEVERITY_ERROR,
     .title = "fine",
     .accepted = HOSTILE,
     .until = "2027-01-01"},
};
static const struct findings findings = {.count = G_N_ELEMENTS(items), .items = items};
static const struct findings_report whole = {&findings, "dbdoc.yml", "apps/shop/", "apps/",
                                             SEVERITY_WARNING};
static const struct findings nothing = {0};
static const struct findings_report none = {&nothing, "dbdoc.yml", "", "", SEVERITY_ERROR};

static char *
render(GString *(*report)(const struct findings_report *report),
       const struct findings_report *findings_report)
{
    return g_string_free(report(findings_report), FALSE);
}

static void
test_github(void)
{
    g_autofree char *text = render(report_findings_github, &whole);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 5);
    g_assert_cmpstr(
        lines[0], ==,
        "::error file=apps/shop/db/a b%2Cc%3A%25.sql,line=7,title=fk-partial-index::]](1) {0} "
        "<b>&\"'@all #1 %250A:: ]]>%0AFirst.%0A::error file=x::second%0A]](1) {0} "
        "<b>&\"'@all #1 %250A:: ]]>");
    g_assert_cmpstr(lines[1], ==, "::warning title=fk-partial-index::twice");
    g_assert_cmpstr(lines[3], ==, "::notice title=table-no-pk::n");
    g_assert_cmpstr(lines[4], ==, "");
    g_autofree char *empty = render(report_findings_github, &none);
    g_assert_cmpstr(empty, ==, "");
}

static json_t *
parse(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        g_error("%s", error.text);
    return json;
}

static void
test_gitlab(void)
{
    g_autofree char *text = render(report_findings_gitlab, &whole);
    json_t *issues = parse(text);
    g_assert_cmpuint(json_array_size(issues), ==, 4);
    const char *path = NULL;
    const char *severity = NULL;
    int line = 0;
    g_assert_cmpint(json_unpack(json_array_get(issues, 0), "{s:s, s:{s:s, s:{s:i}}}", "severity",
                                &severity, "location", "path", &path, "lines", "begin", &line),
                    ==, 0);
    g_assert_cmpstr(severity, ==, "major");
    g_assert_cmpstr(path, ==, "apps/shop/db/a b,c:%.sql");
    g_assert_cmpint(line, ==, 7);
    g_assert_cmpstr(json_string_value(json_object_get(json_array_get(issues, 1), "fingerprint")), !=
                    , json_string_value(json_object_get(json_array_get(issues, 2), "fingerprint")));
    json_decref(issues);
    g_autofree char *empty = render(report_findings_gitlab, &none);
    g_assert_cmpstr(empty, ==, "[\n]\n");
}

static void
test_sarif(void)
{
    g_autofree char *text = render(report_findings_sarif, &whole);
    json_t *log = parse(text);
    const json_t *run = json_array_get(json_object_get(log, "runs"), 0);
    const json_t *results = json_object_get(run, "results");
    g_assert_cmpuint(json_array_size(results), ==, G_N_ELEMENTS(items));
    const char *message = NULL;
    const char *uri = NULL;
    g_assert_cmpint(json_unpack(json_array_get(results, 0), "{s:{s:s}, s:[{s:{s:{s:s}}}]}",
                                "message", "text", &message, "locations", "physicalLocation",
                                "artifactLocation", "uri", &uri),
                    ==, 0);
    g_assert_true(g_str_has_prefix(message, "]\\](1) {{0}} <b>"));
    g_assert_cmpstr(uri, ==, "apps/shop/db/a%20b%2Cc%3A%25.sql");
    const char *justification = NULL;
    g_assert_cmpint(json_unpack(json_array_get(results, 4), "{s:[{s:s}]}", "suppressions",
                                "justification", &justification),
                    ==, 0);
    g_assert_cmpstr(justification, ==, HOSTILE);
    json_decref(log);
}

static double
number_at(xmlDoc *document, const char *path)
{
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)path, context);
    double number = xmlXPathCastToNumber(object);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return number;
}

static void
test_junit(void)
{
    g_autofree char *text = render(report_findings_junit, &whole);
    xmlDoc *document = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    static const struct {
        const char *path;
        double number;
    } facts[] = {
        {"count(/testsuites/testsuite)", 2},
        {"count(//testcase)", 5},
        {"count(//failure)", 3},
        {"count(//skipped)", 1},
        {"count(//b)", 0},
        {"number(/testsuites/@tests)", 5},
        {"number(/testsuites/@failures)", 3},
        {"number(/testsuites/@skipped)", 1},
        {"sum(//testsuite/@failures)", 3},
        {"count(//testcase[@line='7'][@file='apps/shop/db/a b,c:%.sql'])", 1},
        {"count(//failure[contains(., '::error file=x')])", 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        g_assert_cmpfloat(number_at(document, facts[i].path), ==, facts[i].number);
    xmlFreeDoc(document);
    g_autofree char *empty = render(report_findings_junit, &none);
    document = xmlReadMemory(empty, (int)strlen(empty), NULL, NULL, XML_PARSE_NONET);
    g_assert_cmpfloat(number_at(document, "count(//testcase[not(*)])"), ==, 1);
    xmlFreeDoc(document);
}

static void
test_markdown(void)
{
    g_autofree char *text = render(report_findings_markdown, &whole);
    g_assert_nonnull(strstr(text, "# dbdoc: 1 error, 2 warnings, 1 note (1 accepted)\n"));
    g_assert_nonnull(strstr(text, "\\<b\\>"));
    g_assert_nonnull(strstr(text, "(`apps/shop/db/a b,c:%.sql:7`, `fk-partial-index`)"));
    g_assert_nonnull(strstr(text, "  ````sql\n  ```\n"));
    g_assert_null(strstr(text, "@all"));
    g_assert_null(strstr(text, "\n::"));
    g_assert_null(strstr(text, "fine"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/findings-formats/github", test_github);
    g_test_add_func("/findings-formats/gitlab", test_gitlab);
    g_test_add_func("/findings-formats/sarif", test_sarif);
    g_test_add_func("/findings-formats/junit", test_junit);
    g_test_add_func("/findings-formats/markdown", test_markdown);
    return g_test_run();
}
