/* changes_markdown.c - differences as lists for a pull request or a wiki: what is renamed, removed,
 * changed and added, in this order, for what others must look at comes first. */
#include "catalog/alike.h"
#include "catalog/dependants.h"
#include "report/markdown.h"
#include "report/report.h"

#include <string.h>

#define ONE_LINE_MOST 120 /* bytes of both sides of a fact that still fit on one line */

static const struct {
    enum change_kind kind;
    const char *title;
} parts[] = {
    {CHANGE_RENAMED, "Renamed"},        {CHANGE_REMOVED, "Removed"}, {CHANGE_CHANGED, "Changed"},
    {CHANGE_MOVED, "In another order"}, {CHANGE_ADDED, "Added"},
};

static void
put_object(GString *target, const struct object *object, const char *path)
{
    g_string_append_printf(target, "%s ", object->kind->word);
    markdown_span(target, path);
}

static bool
is_long(const char *old_text, const char *new_text)
{
    return strlen(old_text) + strlen(new_text) > ONE_LINE_MOST || strchr(old_text, '\n') != NULL ||
           strchr(new_text, '\n') != NULL;
}

static void
put_fact(GString *target, const struct change *change)
{
    const char *old_text = change->old_text != NULL ? change->old_text : "none";
    const char *new_text = change->new_text != NULL ? change->new_text : "none";
    g_string_append_printf(target, ": %s ", change->field->title);
    if (change->words != NULL) {
        markdown_span(target, change->words);
        return;
    }
    if (!is_long(old_text, new_text)) {
        markdown_span(target, old_text);
        g_string_append(target, " → ");
        markdown_span(target, new_text);
        return;
    }
    g_string_append(target, "was\n\n");
    markdown_code(target, "  ", "sql", old_text);
    g_string_append(target, "\n  and is\n\n");
    markdown_code(target, "  ", "sql", new_text);
}

static void
put_dependants(GString *target, const struct changes_report *report, const struct change *change)
{
    if (report->dependants == NULL || !change_concerns_dependants(change))
        return;
    g_autoptr(GArray) found = dependants_find(report->dependants, change->before);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        g_string_append(target, i == 0 ? "  - used by " : ", ");
        put_object(target, dependant->object, dependant->object->path);
        if (dependant->dependence == MENTIONS)
            g_string_append(target, " (mentioned)");
    }
    if (found->len > 0)
        g_string_append_c(target, '\n');
}

static void
put_change(GString *target, const struct changes_report *report, const struct change *change)
{
    const struct object *object = change_object(change);
    g_string_append(target, "- ");
    if (change->kind == CHANGE_RENAMED && change->field == NULL) {
        put_object(target, object, change->old_text);
        g_string_append(target, " → ");
        markdown_span(target, change->new_text);
    } else {
        put_object(target, object, object->path);
    }
    if (change->field != NULL)
        put_fact(target, change);
    if (target->str[target->len - 1] != '\n')
        g_string_append_c(target, '\n');
    put_dependants(target, report, change);
    g_autofree char *schemas = alike_words(change->alike);
    if (schemas == NULL)
        return;
    g_string_append(target, "  - ");
    markdown_words(target, schemas);
    g_string_append_c(target, '\n');
}

static void
put_part(GString *target, const struct changes_report *report, size_t part)
{
    bool empty = true;
    for (guint i = 0; i < report->changes->len; i++) {
        const struct change *change = report->changes->pdata[i];
        if (change->kind != parts[part].kind)
            continue;
        if (empty)
            g_string_append_printf(target, "%s## %s\n\n", target->len > 0 ? "\n" : "",
                                   parts[part].title);
        empty = false;
        put_change(target, report, change);
    }
}

GString *
report_changes_markdown(const struct changes_report *report)
{
    GString *target = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        put_part(target, report, i);
    if (report->changes->len == 0)
        g_string_append(target, "The structure is the same.\n");
    return target;
}
