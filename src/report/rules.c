/* rules.c - the catalogue of rules for terminals and machines. A rule's help is Markdown that reads
 * well as it is: paragraphs are filled, headings and examples set apart. */
#include "report/report.h"

#include "base/json.h"

#include <string.h>

#define FORMAT      "1.0"
#define SLUG_COLUMN 27
#define LINE_WIDTH  80
#define FENCE       "```"
#define HEADING     "## "

static void
list_rules(GString *text)
{
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        g_string_append_printf(text, "%-*s %-8s %s\n", SLUG_COLUMN, rule->slug,
                               severity_words[rule->severity], rule->title);
}

/* Appends the words of a paragraph in lines of a terminal's width, and empties it. */
static void
fill(GString *text, GString *paragraph)
{
    g_auto(GStrv) words = g_strsplit(paragraph->str, " ", -1);
    glong column = 0;
    for (char **word = words; *word != NULL; word++) {
        glong width = g_utf8_strlen(*word, -1);
        if (width == 0)
            continue;
        bool fits = column > 0 && column + 1 + width <= LINE_WIDTH;
        if (column > 0)
            g_string_append_c(text, fits ? ' ' : '\n');
        column = fits ? column + 1 + width : width;
        g_string_append(text, *word);
    }
    if (column > 0)
        g_string_append_c(text, '\n');
    g_string_truncate(paragraph, 0);
}

static void
describe_rule(GString *text, const struct rule *rule)
{
    g_string_append_printf(text, "%s: %s (%s)\n\n", rule->slug, rule->title,
                           severity_words[rule->severity]);
    g_auto(GStrv) lines = g_strsplit(rule_help(rule), "\n", -1);
    g_autoptr(GString) paragraph = g_string_new(NULL);
    bool in_example = false;
    for (char **line = lines; *line != NULL; line++) {
        bool fence = g_str_has_prefix(*line, FENCE);
        bool heading = g_str_has_prefix(*line, HEADING);
        if (!in_example && !fence && !heading && **line != '\0') {
            g_string_append_printf(paragraph, "%s ", *line);
            continue;
        }
        fill(text, paragraph);
        if (fence)
            in_example = !in_example;
        else if (in_example && **line != '\0')
            g_string_append_printf(text, "    %s\n", *line);
        else if (heading)
            g_string_append_printf(text, "%s\n", *line + strlen(HEADING));
        else if (line[1] != NULL)
            g_string_append_c(text, '\n');
    }
    fill(text, paragraph);
}

GString *
report_rules_text(const struct rule *rule)
{
    GString *text = g_string_new(NULL);
    if (rule == NULL)
        list_rules(text);
    else
        describe_rule(text, rule);
    return text;
}

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void
put_rule(struct json *json, const struct rule *rule)
{
    json_break(json);
    json_object(json);
    put_text(json, "slug", rule->slug);
    put_text(json, "severity", severity_words[rule->severity]);
    put_text(json, "title", rule->title);
    put_text(json, "help", rule_help(rule));
    json_close(json);
}

GString *
report_rules_json(const struct rule *rule)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "dbdoc", "rules");
    put_text(&json, "format", FORMAT);
    json_key(&json, "rules");
    json_array(&json);
    if (rule != NULL)
        put_rule(&json, rule);
    for (const struct rule *each = rules; rule == NULL && each->slug != NULL; each++)
        put_rule(&json, each);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
