/* findings_json.c - findings for machines: every key is always there, null where there is nothing.
 */
#include "report/report.h"

#include "base/json.h"

#define FORMAT "1.0"

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

/* As people write it in dbdoc.yml: "index blog.posts_pkey". */
static void
put_object(struct json *json, const struct finding *finding)
{
    g_autofree char *address = NULL;
    if (finding->object != NULL)
        address = g_strconcat(finding->object->kind->word, " ", finding->object->path, NULL);
    if (finding->migration != NULL) {
        g_autofree char *own = migration_address(finding->migration);
        address = g_strconcat("migration ", own, NULL);
    }
    put_text(json, "object", address);
}

static void
put_evidence(struct json *json, const struct finding *finding)
{
    json_key(json, "evidence");
    json_array(json);
    for (size_t i = 0; i < finding->evidence_count; i++) {
        json_object(json);
        put_text(json, "label", finding->evidence[i].label);
        put_text(json, "value", finding->evidence[i].value);
        json_close(json);
    }
    json_close(json);
}

static void
put_fix(struct json *json, const struct finding *finding)
{
    json_key(json, "fix");
    if (finding->fix_sql == NULL) {
        json_null(json);
        return;
    }
    json_object(json);
    put_text(json, "sql", finding->fix_sql);
    put_text(json, "migration", finding->fix_migration);
    json_close(json);
}

static void
put_acceptance(struct json *json, const struct finding *finding)
{
    json_key(json, "accepted");
    if (finding->accepted == NULL) {
        json_null(json);
        return;
    }
    json_object(json);
    put_text(json, "reason", finding->accepted);
    put_text(json, "until", finding->until);
    json_close(json);
}

static void
put_finding(struct json *json, const struct finding *finding)
{
    json_break(json);
    json_object(json);
    put_text(json, "slug", finding->slug);
    put_text(json, "severity", severity_words[finding->severity]);
    put_text(json, "strength", strength_words[finding->strength]);
    put_object(json, finding);
    put_text(json, "file", finding->file);
    json_key(json, "line");
    if (finding->line > 0)
        json_number(json, finding->line);
    else
        json_null(json);
    put_text(json, "title", finding->title);
    put_text(json, "detail", finding->detail);
    put_text(json, "advice", finding->advice);
    put_evidence(json, finding);
    put_fix(json, finding);
    put_acceptance(json, finding);
    json_close(json);
}

GString *
report_findings_json(const struct findings *findings)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "dbdoc", "findings");
    put_text(&json, "format", FORMAT);
    json_key(&json, "findings");
    json_array(&json);
    for (size_t i = 0; i < findings->count; i++)
        put_finding(&json, &findings->items[i]);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
