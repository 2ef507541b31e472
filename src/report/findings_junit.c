/* findings_junit.c - findings as a JUnit report, which every CI service shows: a suite for each
 * rule, a test for each finding. One that would end dbdoc with 1 has failed, an accepted one was
 * skipped. */
#include "markup/tree.h"
#include "report/finding_facts.h"

#include <string.h>

struct totals {
    size_t tests;
    size_t failures;
    size_t skipped;
};

static bool
fails(const struct findings_report *report, const struct finding *finding)
{
    return finding->accepted == NULL && finding->severity >= report->fail_on;
}

static void
put_accepted(xmlNode *test, const struct finding *finding)
{
    g_autofree char *words = finding->until == NULL
                                 ? g_strdup_printf("accepted: %s", finding->accepted)
                                 : g_strdup_printf("accepted until %s: %s", finding->until,
                                                   finding->accepted);
    tree_attribute(tree_element(test, "skipped"), "message", words);
}

/* Rows of evidence behind the message. */
static char *
whole_text(const struct finding *finding)
{
    g_autofree char *message = finding_message(finding);
    GString *text = g_string_new(message);
    for (size_t i = 0; i < finding->evidence_count; i++)
        g_string_append_printf(text, "\n%s: %s", finding->evidence[i].label,
                               finding->evidence[i].value);
    if (finding->fix_sql != NULL)
        g_string_append_printf(text, "\nSQL:\n%s", finding->fix_sql);
    return g_string_free(text, FALSE);
}

static void
put_test(xmlNode *suite, const struct findings_report *report, const struct finding *finding)
{
    g_autofree char *subject = finding_subject(finding);
    g_autofree char *name = g_strdup_printf("%s: %s", subject, finding->title);
    g_autofree char *path = finding_path(report, finding);
    xmlNode *test = tree_element(suite, "testcase");
    tree_attribute(test, "classname", finding->slug);
    tree_attribute(test, "name", name);
    tree_attribute(test, "file", path);
    tree_number(test, "line", finding_line(finding));
    if (finding->accepted != NULL) {
        put_accepted(test, finding);
        return;
    }
    g_autofree char *text = whole_text(finding);
    if (!fails(report, finding)) {
        tree_text_element(test, "system-out", text);
        return;
    }
    xmlNode *failure = tree_text_element(test, "failure", text);
    tree_attribute(failure, "message", finding->title);
    tree_attribute(failure, "type", severity_words[finding->severity]);
}

static void
count_one(struct totals *totals, const struct findings_report *report,
          const struct finding *finding)
{
    totals->tests++;
    totals->failures += fails(report, finding);
    totals->skipped += finding->accepted != NULL;
}

static void
put_totals(xmlNode *node, const struct totals *totals)
{
    tree_number(node, "tests", (int64_t)totals->tests);
    tree_number(node, "failures", (int64_t)totals->failures);
    tree_number(node, "errors", 0);
    tree_number(node, "skipped", (int64_t)totals->skipped);
}

static void
put_suite(xmlNode *root, const struct findings_report *report, const struct rule *rule,
          struct totals *all)
{
    struct totals totals = {0};
    xmlNode *suite = NULL;
    for (size_t i = 0; i < report->findings->count; i++) {
        const struct finding *finding = &report->findings->items[i];
        if (!g_str_equal(finding->slug, rule->slug))
            continue;
        if (suite == NULL) {
            suite = tree_element(root, "testsuite");
            tree_attribute(suite, "name", rule->title);
        }
        put_test(suite, report, finding);
        count_one(&totals, report, finding);
        count_one(all, report, finding);
    }
    if (suite != NULL)
        put_totals(suite, &totals);
}

/* Services take a report without a test for a broken one. */
static void
put_clean(xmlNode *root, struct totals *all)
{
    const struct totals one = {.tests = 1};
    xmlNode *suite = tree_element(root, "testsuite");
    tree_attribute(suite, "name", "dbdoc check");
    put_totals(suite, &one);
    xmlNode *test = tree_element(suite, "testcase");
    tree_attribute(test, "classname", "dbdoc");
    tree_attribute(test, "name", "no findings");
    all->tests++;
}

GString *
report_findings_junit(const struct findings_report *report)
{
    struct totals all = {0};
    xmlNode *root = tree_new("testsuites");
    tree_attribute(root, "name", "dbdoc");
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        put_suite(root, report, rule, &all);
    if (all.tests == 0)
        put_clean(root, &all);
    put_totals(root, &all);
    GString *text = tree_xml(root);
    tree_free(root);
    return text;
}
