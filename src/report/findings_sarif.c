/* findings_sarif.c - findings as a SARIF 2.1.0 log, as code scanning services read it: one run, the
 * rules that found something, and results with places below the top of the repository. */
#include "base/json.h"
#include "base/text.h"
#include "report/finding_facts.h"

#include <string.h>

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static const char *const levels[] = {
    [SEVERITY_NOTE] = "note",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

/* How many bytes of an argument's place, "{0}", are here. */
static size_t
placeholder_length(const char *text)
{
    size_t digits = *text == '{' ? strspn(text + 1, "0123456789") : 0;
    return digits > 0 && text[digits + 1] == '}' ? digits + 2 : 0;
}

/* "[words](3)" would be a link to a place, and "{0}" one to an argument (SARIF 3.11.5, 3.11.6).
 * What cannot be taken for them stays as it is, as not every service takes escapes back. */
static char *
escape_message(const char *text)
{
    GString *safe = g_string_new(NULL);
    while (*text != '\0') {
        size_t length = placeholder_length(text);
        if (length > 0) {
            g_string_append_printf(safe, "{%.*s}", (int)length, text);
            text += length;
            continue;
        }
        if (text[0] == ']' && text[1] == '(')
            g_string_append_c(safe, '\\');
        g_string_append_c(safe, *text++);
    }
    return g_string_free(safe, FALSE);
}

static void
put_message(struct json *json, const char *key, const char *text)
{
    g_autofree char *safe = escape_message(text);
    json_key(json, key);
    json_object(json);
    put_text(json, "text", safe);
    json_close(json);
}

/* Help is no message with links of its own: Markdown beside the same text. */
static void
put_help(struct json *json, const struct rule *rule)
{
    const char *help = rule_help(rule);
    json_key(json, "help");
    json_object(json);
    put_text(json, "text", help);
    put_text(json, "markdown", help);
    json_close(json);
}

static void
put_rule(struct json *json, const struct rule *rule)
{
    json_break(json);
    json_object(json);
    put_text(json, "id", rule->slug);
    put_message(json, "shortDescription", rule->title);
    put_help(json, rule);
    json_key(json, "defaultConfiguration");
    json_object(json);
    put_text(json, "level", levels[rule->severity]);
    json_close(json);
    json_close(json);
}

/* The rules that found something, in the order of the table: slug → place + 1. */
static GHashTable *
put_rules(struct json *json, const struct findings *findings)
{
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *places = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < findings->count; i++)
        g_hash_table_add(found, (gpointer)(guintptr)findings->items[i].slug);
    json_key(json, "rules");
    json_array(json);
    for (const struct rule *rule = rules; rule->slug != NULL; rule++) {
        if (!g_hash_table_contains(found, rule->slug))
            continue;
        g_hash_table_insert(places, (gpointer)(guintptr)rule->slug,
                            GUINT_TO_POINTER(g_hash_table_size(places) + 1));
        put_rule(json, rule);
    }
    json_close(json);
    return places;
}

static void
put_logical(struct json *json, const struct finding *finding)
{
    g_autofree char *subject = finding_subject(finding);
    json_key(json, "logicalLocations");
    json_array(json);
    json_object(json);
    put_text(json, "fullyQualifiedName", subject);
    json_close(json);
    json_close(json);
}

static void
put_location(struct json *json, const struct findings_report *report, const struct finding *finding)
{
    g_autofree char *path = finding_path(report, finding);
    g_autofree char *uri = g_uri_escape_string(path, "/", FALSE);
    json_key(json, "locations");
    json_array(json);
    json_object(json);
    json_key(json, "physicalLocation");
    json_object(json);
    json_key(json, "artifactLocation");
    json_object(json);
    put_text(json, "uri", uri);
    json_close(json);
    json_key(json, "region");
    json_object(json);
    json_key(json, "startLine");
    json_number(json, finding_line(finding));
    json_close(json);
    json_close(json);
    put_logical(json, finding);
    json_close(json);
    json_close(json);
}

static void
put_suppression(struct json *json, const struct finding *finding)
{
    if (finding->accepted == NULL)
        return;
    json_key(json, "suppressions");
    json_array(json);
    json_object(json);
    put_text(json, "kind", "external");
    put_text(json, "justification", finding->accepted);
    json_close(json);
    json_close(json);
}

static void
put_result(struct json *json, const struct findings_report *report, const struct finding *finding,
           struct finding_marks *marks)
{
    g_autofree char *message = finding_message(finding);
    g_autofree char *mark = finding_mark(marks, finding);
    put_message(json, "message", message);
    put_text(json, "level", levels[finding->severity]);
    put_location(json, report, finding);
    json_key(json, "partialFingerprints");
    json_object(json);
    put_text(json, "dbdoc/v1", mark);
    json_close(json);
    put_suppression(json, finding);
    json_key(json, "properties");
    json_object(json);
    put_text(json, "strength", strength_words[finding->strength]);
    json_close(json);
}

static void
put_results(struct json *json, const struct findings_report *report, GHashTable *places)
{
    struct finding_marks marks;
    finding_marks_begin(&marks);
    json_key(json, "results");
    json_array(json);
    for (size_t i = 0; i < report->findings->count; i++) {
        const struct finding *finding = &report->findings->items[i];
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, finding->slug));
        json_break(json);
        json_object(json);
        put_text(json, "ruleId", finding->slug);
        if (place > 0) {
            json_key(json, "ruleIndex");
            json_number(json, place - 1);
        }
        put_result(json, report, finding, &marks);
        json_close(json);
    }
    json_break(json);
    json_close(json);
    finding_marks_end(&marks);
}

GString *
report_findings_sarif(const struct findings_report *report)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "$schema", SCHEMA);
    put_text(&json, "version", "2.1.0");
    json_key(&json, "runs");
    json_array(&json);
    json_object(&json);
    json_key(&json, "tool");
    json_object(&json);
    json_key(&json, "driver");
    json_object(&json);
    put_text(&json, "name", "dbdoc");
    put_text(&json, "version", DBDOC_VERSION);
    GHashTable *places = put_rules(&json, report->findings);
    json_close(&json);
    json_close(&json);
    put_results(&json, report, places);
    g_hash_table_unref(places);
    put_text(&json, "columnKind", "unicodeCodePoints");
    json_close(&json);
    json_close(&json);
    json_close(&json);
    return json_end(&json);
}
