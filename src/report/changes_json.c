/* changes_json.c - differences for machines, one a line. Schema: share/schema/changes.schema.json.
 */
#include "base/json.h"
#include "catalog/alike.h"
#include "report/report.h"

static const char *const change_words[] = {
    [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_CHANGED] = "changed",
    [CHANGE_MOVED] = "moved", [CHANGE_RENAMED] = "renamed",
};

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void
put_dependants(struct json *json, const struct changes_report *report, const struct change *change)
{
    if (report->dependants == NULL || !change_concerns_dependants(change))
        return;
    g_autoptr(GArray) found = dependants_find(report->dependants, change->before);
    json_key(json, "dependants");
    json_array(json);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        json_object(json);
        put_text(json, "kind", dependant->object->kind->name);
        put_text(json, "word", dependant->object->kind->word);
        put_text(json, "path", dependant->object->path);
        put_text(json, "strength", dependant->dependence == DEPENDS ? "proved" : "hint");
        json_close(json);
    }
    json_close(json);
}

static void
put_schemas(struct json *json, const struct alike *alike)
{
    if (alike == NULL)
        return;
    json_key(json, "schemas");
    json_array(json);
    for (size_t i = 0; i < alike->schemas.count; i++)
        json_text(json, alike->schemas.items[i]);
    json_close(json);
    if (alike->like != NULL)
        put_text(json, "like", alike->like);
}

static void
put_change(struct json *json, const struct changes_report *report, const struct change *change)
{
    const struct object *object = change_object(change);
    json_break(json);
    json_object(json);
    put_text(json, "change", change_words[change->kind]);
    put_text(json, "kind", object->kind->name);
    put_text(json, "word", object->kind->word);
    put_text(json, "path", object->path);
    if (change->field != NULL)
        put_text(json, "field", change->field->name);
    if (change->field != NULL || change->kind == CHANGE_RENAMED) {
        put_text(json, "before", change->old_text);
        put_text(json, "after", change->new_text);
    }
    put_dependants(json, report, change);
    put_schemas(json, change->alike);
    json_close(json);
}

GString *
report_changes_json(const struct changes_report *report)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "dbdoc", "changes");
    put_text(&json, "format", "1.2");
    json_key(&json, "changes");
    json_array(&json);
    for (guint i = 0; i < report->changes->len; i++)
        put_change(&json, report, report->changes->pdata[i]);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
