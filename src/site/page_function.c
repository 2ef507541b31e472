/* page_function.c - a function, procedure or aggregate: its promise, its text, and who calls it. */
#include "site/pages.h"

#include "base/text.h"
#include "site/parts.h"

static const char *const kind_words[] = {
    [function_kind_UNKNOWN] = "Function",  [FUNCTION_PLAIN] = "Function",
    [FUNCTION_PROCEDURE] = "Procedure",    [FUNCTION_AGGREGATE] = "Aggregate",
    [FUNCTION_WINDOW] = "Window function",
};

static const char *
word_of(const char *field, const struct function *function)
{
    return field_word(kind_field(&kind_function, field), function);
}

static void
add_facts(struct sheet *sheet, const struct function *function)
{
    sheet_fact(sheet, "Returns", function->result);
    sheet_fact(sheet, "Language", function->language);
    sheet_fact(sheet, "Volatility", word_of("volatility", function));
    sheet_fact(sheet, "Parallel", word_of("parallel", function));
    if (function->strict == YES)
        sheet_fact(sheet, "On NULL", "returns NULL");
    if (function->security_definer == YES)
        sheet_fact(sheet, "Runs as", "its owner");
}

/* Triggers that call it, by table. */
static void
add_trigger(struct sheet *sheet, xmlNode **list, const struct trigger *trigger)
{
    static const char *const columns[] = {"Trigger", "What it is for", "When", NULL};
    if (trigger->function.object != sheet->page->object || trigger->inherited == YES)
        return;
    if (*list == NULL)
        *list = part_list(sheet_section(sheet, "triggers", "Triggers that call it", -1), columns);
    xmlNode *item = part_item(sheet, *list, trigger, BY_PATH);
    g_autofree char *events = names_text(&trigger->events);
    g_autofree char *when = g_strdup_printf("%s %s", trigger->timing, events);
    part_value(item, when);
}

static void
add_triggers(struct sheet *sheet)
{
    const struct catalog *catalog = sheet->site->model->catalog;
    xmlNode *list = NULL;
    for (size_t i = 0; i < catalog->tables.count; i++)
        for (size_t j = 0; j < catalog->tables.items[i].triggers.count; j++)
            add_trigger(sheet, &list, &catalog->tables.items[i].triggers.items[j]);
    for (size_t i = 0; i < catalog->views.count; i++)
        for (size_t j = 0; j < catalog->views.items[i].triggers.count; j++)
            add_trigger(sheet, &list, &catalog->views.items[i].triggers.items[j]);
}

void
fill_function(struct sheet *sheet)
{
    const struct function *function = (const struct function *)(const void *)sheet->page->object;
    part_head(sheet, kind_words[function->kind]);
    add_facts(sheet, function);
    part_owner(sheet);
    part_flags(sheet);
    part_notes(sheet);
    part_decisions(sheet);
    if (!text_is_empty(function->arguments)) {
        xmlNode *section = sheet_section(sheet, "arguments", "Arguments", -1);
        sheet_sql(section, function->arguments);
    }
    if (function->settings.count > 0) {
        g_autofree char *settings = names_text(&function->settings);
        sheet_hint(sheet_section(sheet, "settings", "Settings while it runs", -1), settings);
    }
    part_lineage(sheet);
    add_triggers(sheet);
    part_used_by(sheet, &kind_trigger);
    sheet_sql(sheet_section(sheet, "definition", "Definition", -1), function->definition);
    part_access(sheet, &function->object, "Who may do what");
    part_history(sheet);
    part_findings(sheet);
}
