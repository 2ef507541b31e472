/* runbook_markdown.c - a runbook as a list of tasks for an issue or a wiki: nothing in it mentions
 * a person, loads a picture or opens a tag. */
#include "report/runbook.h"

#include "base/text.h"
#include "catalog/catalog.h"
#include "report/markdown.h"

static void
put_code(GString *target, const struct runbook_step *step)
{
    static const char *const language_names[] = {
        [LANGUAGE_SQL] = "sql", [LANGUAGE_SHELL] = "sh", [LANGUAGE_MIGRATION] = ""};
    g_autoptr(GString) code = g_string_new(NULL);
    for (size_t i = 0; i < step->code.count; i++) {
        g_autofree char *safe = text_clean(step->code.items[i]);
        g_string_append_printf(code, "%s\n", safe);
    }
    g_string_append_c(target, '\n');
    markdown_code(target, "  ", language_names[step->language], code->str);
}

static void
put_step(GString *target, const struct runbook_step *step)
{
    g_string_append_printf(target, "- [ ] **%s** ", step->number);
    markdown_words(target, step->label);
    g_string_append_c(target, '\n');
    if (step->text != NULL) {
        g_string_append(target, "\n  ");
        markdown_words(target, step->text);
        g_string_append_c(target, '\n');
    }
    if (step->code.count == 0)
        return;
    if (step->role != ROLE_AFTER) /* it is there once already */
        put_code(target, step);
    if (step->expect != NULL) {
        g_string_append(target, "\n  Expect: ");
        markdown_words(target, step->expect);
        g_string_append_c(target, '\n');
    }
    if (step->role == ROLE_READ)
        return;
    g_string_append_printf(target, "\n  *%s*", proof_state_words[step->proof]);
    if (step->proof_words != NULL) {
        g_string_append(target, " ");
        markdown_words(target, step->proof_words);
    }
    g_string_append_c(target, '\n');
}

static void
put_item(GString *target, const char *head, const char *text)
{
    g_string_append(target, "- **");
    markdown_words(target, head);
    g_string_append(target, "** ");
    markdown_words(target, text);
    g_string_append_c(target, '\n');
}

static void
put_relations(GString *target, const struct runbook *runbook)
{
    for (size_t i = 0; i < runbook->relation_count; i++) {
        const struct runbook_relation *relation = &runbook->relations[i];
        g_autoptr(GString) text = g_string_new(NULL);
        if (relation->lock != LOCK_NONE)
            g_string_append_printf(text, "%s, blocks %s. ", lock_words[relation->lock].name,
                                   lock_words[relation->lock].blocks);
        if (relation->rows != NUMBER_UNKNOWN)
            g_string_append_printf(text, "About %" G_GINT64_FORMAT " rows as observed. ",
                                   relation->rows);
        if (relation->text != NULL)
            g_string_append(text, relation->text);
        put_item(target, relation->relation, text->str);
    }
}

static void
put_part(GString *target, const struct runbook *runbook, enum runbook_phase phase)
{
    const struct runbook_part *part = &runbook->parts[phase];
    bool reaches = phase == PHASE_BLAST && runbook->relation_count > 0;
    if (part->line_count == 0 && part->step_count == 0 && phase != PHASE_DECIDE && !reaches)
        return;
    g_string_append_printf(target, "\n## %s. %s\n\n", phase_words[phase].letter,
                           phase_words[phase].title);
    for (int i = 0; phase == PHASE_DECIDE && i < ADVICES; i++)
        put_item(target, advice_words[i], runbook->choices[i].text);
    if (reaches)
        put_relations(target, runbook);
    for (size_t i = 0; i < part->line_count; i++)
        put_item(target, part->lines[i].head, part->lines[i].text);
    if (part->step_count > 0 && (part->line_count > 0 || reaches))
        g_string_append_c(target, '\n');
    for (size_t i = 0; i < part->step_count; i++)
        put_step(target, &part->steps[i]);
}

GString *
report_runbook_markdown(const struct runbook *runbook)
{
    GString *target = g_string_new("# Roll back ");
    markdown_plain(target, runbook->title);
    g_string_append_printf(target, "\n\nVersion %s. Rehearsed on PostgreSQL ", runbook->name);
    markdown_plain(target, runbook->server);
    g_string_append_printf(target,
                           ": %s; %s. %zu statements of this page were executed.\n\n**%s.** ",
                           reversal_words[runbook->reversal].words, loss_words[runbook->loss].words,
                           runbook->executed, advice_words[runbook->advice]);
    markdown_words(target, runbook->reason);
    g_string_append_c(target, '\n');
    if (runbook->problem != NULL) {
        g_string_append(target, "\nNot proved, or not all of it: ");
        markdown_words(target, runbook->problem);
        g_string_append_c(target, '\n');
    }
    for (int i = 0; i < PHASES; i++)
        put_part(target, runbook, (enum runbook_phase)i);
    return target;
}
