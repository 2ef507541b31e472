/* page_runbooks.c - the runbooks on one list, and a page for each: a checklist that can be read,
 * ticked, printed, and said on a call. */
#include "site/pages.h"

#include "base/secret.h"
#include "catalog/shown.h"
#include "site/links.h"
#include "site/parts.h"
#include "site/words.h"

/* Words that may repeat a password. */
static void
add_text(xmlNode *parent, const char *element, const char *text)
{
    g_autofree char *safe = text == NULL ? NULL : secret_mask(text);
    sheet_text(parent, element, safe);
}

static void
add_lock(xmlNode *parent, enum lock_mode mode)
{
    if (mode == LOCK_NONE)
        return;
    xmlNode *lock = tree_element(parent, "lock");
    tree_number(lock, "level", mode);
    tree_attribute(lock, "tone", part_lock_tone(mode));
    tree_attribute(lock, "mode", lock_words[mode].name);
    tree_attribute(lock, "blocks", lock_words[mode].blocks);
}

/* What its proof covers. */
static void
add_proof_badge(xmlNode *parent, const struct runbook *runbook)
{
    if (runbook->reversal == REVERSAL_IMPOSSIBLE) {
        sheet_badge(parent, "bad", "No way back");
        return;
    }
    if (runbook->executed == 0) {
        sheet_badge(parent, "warn", "Not proved");
        return;
    }
    g_autofree char *count = words_count((int64_t)runbook->executed, "statement");
    g_autofree char *text = g_strconcat("Proved: ", count, " executed", NULL);
    sheet_badge(parent, runbook->problem == NULL ? "ok" : "warn", text);
}

/* ---- the list ---- */

static void
add_row(struct sheet *sheet, xmlNode *list, const struct runbook *runbook)
{
    const struct migration_evidence *evidence = runbook->migrations[0];
    const struct migration_look look = part_migration_look(evidence);
    xmlNode *row = tree_element(list, "runbook");
    g_autofree char *href = plan_href_runbook(sheet->site->plan, sheet->page, runbook);
    g_autofree char *name = shown_name(runbook->title);
    tree_attribute(row, "href", href);
    tree_attribute(row, "name", name);
    tree_attribute(row, "version", runbook->name);
    tree_attribute(row, "advice", advice_words[runbook->advice]);
    tree_attribute(row, "loss", loss_words[runbook->loss].words);
    tree_attribute(row, "class", loss_words[runbook->loss].code);
    sheet_badge(row, look.tone, look.badge);
    if (runbook->executed > 0)
        sheet_badge(row, runbook->problem == NULL ? "ok" : "warn", "executed");
    add_lock(row, runbook->lock);
}

void
fill_runbooks(struct sheet *sheet)
{
    const struct runbooks *runbooks = sheet->site->plan->runbooks;
    size_t count = runbooks_count(runbooks);
    sheet_crumb(sheet, "Runbooks", NULL);
    sheet_title(sheet, NULL, "Runbooks");
    tree_text_element(sheet_lead(sheet), "summary",
                      "How to roll back each migration, the newest first: whether to do it at all, "
                      "what it blocks and deletes, the steps, and how to see that it worked.");
    xmlNode *section = sheet_section(sheet, "all", "All runbooks", (int64_t)count);
    xmlNode *list = tree_element(section, "runbooks");
    for (size_t i = runbooks->count, row = 0; i-- > 0;)
        if (runbooks->items[i] != NULL && sheet_shows(sheet, row++))
            add_row(sheet, list, runbooks->items[i]);
}

/* ---- one runbook ---- */

static void
add_facts(struct sheet *sheet, const struct runbook *runbook)
{
    g_autofree char *server = g_strconcat("PostgreSQL ", runbook->server, NULL);
    sheet_fact(sheet, "Version", runbook->name);
    sheet_fact(sheet, "Rehearsed on", server);
    sheet_fact(sheet, "Blocks",
               runbook->lock == LOCK_NONE ? "nothing that was there"
                                          : lock_words[runbook->lock].blocks);
    sheet_fact(sheet, "Data", loss_words[runbook->loss].words);
    if (runbook->newer_count == 0)
        return;
    g_autofree char *newer = words_count((int64_t)runbook->newer_count, "newer migration");
    sheet_fact(sheet, "Undone before it", newer);
}

static void
add_advice(struct sheet *sheet, const struct runbook *runbook)
{
    static const char *const tones[] = {
        [ADVICE_APPLICATION] = "ok", [ADVICE_FORWARD] = "warn", [ADVICE_DOWN] = "ok"};
    xmlNode *verdict = tree_element(sheet->root, "verdict");
    g_autofree char *title = g_strconcat(advice_words[runbook->advice], ".", NULL);
    tree_attribute(verdict, "tone", tones[runbook->advice]);
    tree_attribute(verdict, "title", title);
    g_autofree char *text = g_strconcat(runbook->reason, " ",
                                        runbook->choices[runbook->advice].text, NULL);
    add_text(verdict, "text", text);
}

static void
add_choices(xmlNode *section, const struct runbook *runbook)
{
    xmlNode *choices = tree_element(section, "choices");
    for (int i = 0; i < ADVICES; i++) {
        if (i == (int)runbook->advice)
            continue;
        xmlNode *choice = tree_element(choices, "choice");
        tree_attribute(choice, "title", advice_words[i]);
        add_text(choice, "text", runbook->choices[i].text);
    }
}

static void
add_relations(const struct sheet *sheet, xmlNode *table, const struct runbook *runbook)
{
    for (size_t i = 0; i < runbook->relation_count; i++) {
        const struct runbook_relation *relation = &runbook->relations[i];
        xmlNode *row = tree_element(table, "reach");
        tree_attribute(row, "name", relation->relation);
        const void *object = database_find(sheet->site->model->database, "table",
                                           relation->relation);
        if (object != NULL)
            sheet_href(sheet, row, object);
        add_lock(row, relation->lock);
        if (relation->rows != NUMBER_UNKNOWN) {
            g_autofree char *rows = words_count(relation->rows, "row");
            g_autofree char *bytes = relation->bytes == NUMBER_UNKNOWN
                                         ? NULL
                                         : words_bytes(relation->bytes);
            tree_format(row, "size", "about %s%s%s, as observed", rows, bytes != NULL ? ", " : "",
                        bytes != NULL ? bytes : "");
        }
        add_text(row, "text", relation->text);
    }
}

static void
add_lines(const struct sheet *sheet, xmlNode *table, const struct runbook_part *part)
{
    struct links links = {.sheet = sheet};
    struct markdown_links resolver = links_for(&links);
    for (size_t i = 0; i < part->line_count; i++) {
        const struct runbook_line *line = &part->lines[i];
        xmlNode *row = tree_element(table, "fact");
        add_text(row, "head", line->head);
        if (line->file == NULL)
            add_text(row, "text", line->text);
        else
            markdown_append(tree_element(row, "words"), line->text, &resolver);
    }
}

static const char *const proof_tones[] = {
    [PROOF_NONE] = "none",
    [PROOF_EQUIVALENT] = "info",
    [PROOF_EXECUTED] = "ok",
    [PROOF_REFUTED] = "bad",
};

static void
add_code(xmlNode *parent, const struct runbook_step *step)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < step->code.count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", step->code.items[i]);
    if (step->language == LANGUAGE_SQL)
        sheet_sql(parent, text->str);
    else
        sheet_code(parent, text->str);
}

static void
add_step(xmlNode *list, const struct runbook_step *step)
{
    xmlNode *node = tree_element(list, "task");
    g_autofree char *id = g_ascii_strdown(step->number, -1);
    tree_attribute(node, "id", id);
    tree_attribute(node, "number", step->number);
    add_text(node, "label", step->label);
    add_text(node, "text", step->text);
    if (step->code.count == 0)
        return;
    add_code(node, step);
    tree_flag(node, "long", step->role == ROLE_FINGERPRINT || step->role == ROLE_AFTER);
    tree_flag(node, "late", step->role == ROLE_RESTORE);
    add_text(node, "expect", step->expect);
    add_lock(node, step->lock);
    if (step->role == ROLE_READ)
        return;
    sheet_badge(node, proof_tones[step->proof], proof_state_words[step->proof]);
    add_text(node, "words", step->proof_words);
}

static bool
is_empty(const struct runbook *runbook, enum runbook_phase phase)
{
    const struct runbook_part *part = &runbook->parts[phase];
    return part->line_count == 0 && part->step_count == 0 && phase != PHASE_DECIDE &&
           (phase != PHASE_BLAST || runbook->relation_count == 0);
}

static void
add_phase(struct sheet *sheet, const struct runbook *runbook, enum runbook_phase phase)
{
    const struct runbook_part *part = &runbook->parts[phase];
    if (is_empty(runbook, phase))
        return;
    xmlNode *section = sheet_section(sheet, phase_words[phase].id, phase_words[phase].title, -1);
    tree_attribute(section, "letter", phase_words[phase].letter);
    if (phase == PHASE_DECIDE)
        add_choices(section, runbook);
    bool reaches = phase == PHASE_BLAST && runbook->relation_count > 0;
    if (part->line_count > 0 || reaches) {
        xmlNode *table = tree_element(section, "brief");
        if (reaches)
            add_relations(sheet, table, runbook);
        add_lines(sheet, table, part);
    }
    xmlNode *list = part->step_count == 0 ? NULL : tree_element(section, "tasks");
    for (size_t i = 0; i < part->step_count; i++)
        add_step(list, &part->steps[i]);
}

/* Ids are unique on a page that holds several. */
static void
prefix_ids(xmlNode *node, const char *prefix)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        g_autofree char *id = (char *)xmlGetNoNsProp(node, BAD_CAST "id");
        if (id != NULL)
            tree_format(node, "id", "%s-%s", prefix, id);
        prefix_ids(node->children, prefix);
    }
}

void
part_runbook(const struct sheet *sheet, xmlNode *parent, const struct runbook *runbook,
             const char *prefix)
{
    struct sheet inner = *sheet;
    inner.root = parent;
    add_proof_badge(parent, runbook);
    add_advice(&inner, runbook);
    if (runbook->executed > 0 && runbook->problem != NULL)
        add_text(parent, "problem", runbook->problem);
    for (int i = 0; i < PHASES; i++)
        add_phase(&inner, runbook, (enum runbook_phase)i);
    prefix_ids(parent->children, prefix);
}

void
fill_runbook(struct sheet *sheet)
{
    const struct runbook *runbook = sheet->page->runbook;
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", "Runbooks");
    sheet_href_top(sheet, crumb, "runbooks/index.html");
    sheet_crumb(sheet, runbook->name, NULL);
    g_autofree char *name = shown_name(runbook->title);
    sheet_title(sheet, "Roll back ", name);
    add_proof_badge(sheet_head(sheet), runbook);
    add_facts(sheet, runbook);
    xmlNode *lead = sheet_lead(sheet);
    tree_attribute(lead, "origin", "file");
    tree_attribute(lead, "file", runbook->migrations[0]->migration->file);
    add_advice(sheet, runbook);
    xmlNode *tools = tree_element(sheet->root, "section");
    tree_element(tools, "progress");
    if (runbook->executed > 0 && runbook->problem != NULL)
        add_text(tools, "problem", runbook->problem);
    for (int i = 0; i < PHASES; i++)
        add_phase(sheet, runbook, (enum runbook_phase)i);
}
