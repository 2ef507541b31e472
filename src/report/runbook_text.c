/* runbook_text.c - a runbook at a terminal. Code stands by itself, so that it can be copied. */
#include "report/page.h"
#include "report/runbook.h"

#include "base/secret.h"
#include "base/text.h"
#include "catalog/catalog.h"

#define MARGIN "      "

/* The backquotes of a sentence stay: they mark what is to be typed or read word for word. */
static void
put_line(const struct page *page, const char *before, const char *text)
{
    g_string_append(page->text, before);
    page_masked(page, text);
    g_string_append_c(page->text, '\n');
}

static void
put_code(const struct page *page, const struct names *code)
{
    for (size_t i = 0; i < code->count; i++) {
        g_auto(GStrv) lines = g_strsplit(code->items[i], "\n", -1);
        for (size_t k = 0; lines[k] != NULL; k++) {
            g_autofree char *safe = text_for_terminal(lines[k]);
            page_style(page, STYLE_CYAN);
            g_string_append_printf(page->text, MARGIN "    %s", safe);
            page_style(page, STYLE_PLAIN);
            g_string_append_c(page->text, '\n');
        }
    }
}

static void
put_step(const struct page *page, const struct runbook_step *step)
{
    g_string_append_printf(page->text, "  [ ] %s ", step->number);
    page_style(page, STYLE_BOLD);
    page_masked(page, step->label);
    page_style(page, STYLE_PLAIN);
    g_string_append_c(page->text, '\n');
    if (step->text != NULL)
        put_line(page, MARGIN, step->text);
    if (step->role != ROLE_AFTER) /* it is there once already */
        put_code(page, &step->code);
    if (step->expect != NULL)
        put_line(page, MARGIN "Expect: ", step->expect);
    if (step->lock != LOCK_NONE)
        g_string_append_printf(page->text, MARGIN "Lock: %s, blocks %s\n",
                               lock_words[step->lock].name, lock_words[step->lock].blocks);
    if (step->code.count == 0 || step->role == ROLE_READ)
        return;
    g_string_append_printf(page->text, MARGIN "Proof: %s", proof_state_words[step->proof]);
    if (step->proof_words != NULL) {
        g_string_append(page->text, ": ");
        page_masked(page, step->proof_words);
    }
    g_string_append_c(page->text, '\n');
}

static void
put_relation(const struct page *page, const struct runbook_relation *relation)
{
    g_string_append(page->text, "  ");
    page_masked(page, relation->relation);
    if (relation->lock != LOCK_NONE)
        g_string_append_printf(page->text, ": %s, blocks %s", lock_words[relation->lock].name,
                               lock_words[relation->lock].blocks);
    if (relation->rows != NUMBER_UNKNOWN)
        g_string_append_printf(page->text, "; about %" G_GINT64_FORMAT " rows as observed",
                               relation->rows);
    if (relation->text != NULL) {
        g_string_append(page->text, "; ");
        page_masked(page, relation->text);
    }
    g_string_append_c(page->text, '\n');
}

static void
put_choices(const struct page *page, const struct runbook *runbook)
{
    for (int i = 0; i < ADVICES; i++) {
        g_autofree char *head = g_strdup_printf("  %s%s: ", advice_words[i],
                                                i == (int)runbook->advice ? " (advised)" : "");
        put_line(page, head, runbook->choices[i].text);
    }
}

static void
put_part(const struct page *page, const struct runbook *runbook, enum runbook_phase phase)
{
    const struct runbook_part *part = &runbook->parts[phase];
    bool reaches = phase == PHASE_BLAST && runbook->relation_count > 0;
    if (part->line_count == 0 && part->step_count == 0 && phase != PHASE_DECIDE && !reaches)
        return;
    g_string_append_c(page->text, '\n');
    page_style(page, STYLE_BOLD);
    g_string_append_printf(page->text, "%s  %s", phase_words[phase].letter,
                           phase_words[phase].title);
    page_style(page, STYLE_PLAIN);
    g_string_append_c(page->text, '\n');
    if (phase == PHASE_DECIDE)
        put_choices(page, runbook);
    for (size_t i = 0; reaches && i < runbook->relation_count; i++)
        put_relation(page, &runbook->relations[i]);
    for (size_t i = 0; i < part->line_count; i++) {
        g_autofree char *head = g_strdup_printf("  %s: ", part->lines[i].head);
        put_line(page, "", head);
        g_string_truncate(page->text, page->text->len - 1);
        put_line(page, "", part->lines[i].text);
    }
    for (size_t i = 0; i < part->step_count; i++)
        put_step(page, &part->steps[i]);
}

static void
put_head(const struct page *page, const struct runbook *runbook)
{
    page_style(page, STYLE_BOLD);
    g_string_append(page->text, "Roll back ");
    page_masked(page, runbook->title);
    page_style(page, STYLE_PLAIN);
    g_string_append(page->text, " (");
    page_masked(page, runbook->name);
    g_string_append_printf(page->text, ")\nRehearsed on PostgreSQL %s: %s; %s.\n", runbook->server,
                           reversal_words[runbook->reversal].words,
                           loss_words[runbook->loss].words);
    if (runbook->executed > 0)
        g_string_append_printf(page->text, "%zu statements of this page were executed.\n",
                               runbook->executed);
    if (runbook->problem != NULL)
        put_line(page, "Not proved, or not all of it: ", runbook->problem);
    g_string_append_c(page->text, '\n');
    page_style(page, runbook->advice == ADVICE_FORWARD ? STYLE_YELLOW : STYLE_GREEN);
    g_string_append_printf(page->text, "%s. ", advice_words[runbook->advice]);
    page_style(page, STYLE_PLAIN);
    put_line(page, "", runbook->reason);
}

GString *
report_runbook_text(const struct runbook *runbook, enum colour colour)
{
    const struct page page = {g_string_new(NULL), colour};
    put_head(&page, runbook);
    for (int i = 0; i < PHASES; i++)
        put_part(&page, runbook, (enum runbook_phase)i);
    return page.text;
}
