/* changes_json.c - differences for machines, one a line. Schema: share/schema/changes.schema.json.
 */
#include "base/json.h"
#include "report/report.h"

static const char *const change_words[] = {
    [CHANGE_ADDED] = "added",
    [CHANGE_REMOVED] = "removed",
    [CHANGE_CHANGED] = "changed",
    [CHANGE_MOVED] = "moved",
};

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void
put_change(struct json *json, const struct change *change)
{
    const struct object *object = change->after != NULL ? change->after : change->before;
    json_break(json);
    json_object(json);
    put_text(json, "change", change_words[change->kind]);
    put_text(json, "kind", object->kind->name);
    put_text(json, "word", object->kind->word);
    put_text(json, "path", object->path);
    if (change->field != NULL) {
        put_text(json, "field", change->field->name);
        put_text(json, "before", change->old_text);
        put_text(json, "after", change->new_text);
    }
    json_close(json);
}

GString *
report_changes_json(const GPtrArray *changes)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "dbdoc", "changes");
    put_text(&json, "format", "1.0");
    json_key(&json, "changes");
    json_array(&json);
    for (guint i = 0; i < changes->len; i++)
        put_change(&json, changes->pdata[i]);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
