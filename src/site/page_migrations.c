/* page_migrations.c - all migrations on one line of time, and a page for each: what it changes,
 * what was seen when it ran up, down and up again, and what is not proved. */
#include "site/pages.h"

#include "base/secret.h"
#include "base/secret_sql.h"
#include "catalog/address.h"
#include "catalog/shown.h"
#include "markup/markdown.h"
#include "site/parts.h"
#include "site/words.h"

#include <string.h>

static size_t
count_restored(const struct rehearsal *rehearsal)
{
    size_t restored = 0;
    for (size_t i = 0; i < rehearsal->count; i++) {
        enum reversal schema = rehearsal->items[i].verdict.schema;
        restored += schema != REVERSAL_UNKNOWN && schema < REVERSAL_LOSSY;
    }
    return restored;
}

/* "15.20", without what a distribution adds. Free with g_free. */
static char *
server_version(const struct rehearsal *rehearsal)
{
    return g_strndup(rehearsal->server, strcspn(rehearsal->server, " "));
}

static void
add_timeline_lead(struct sheet *sheet, const struct rehearsal *rehearsal)
{
    if (rehearsal->server == NULL) {
        tree_text_element(
            sheet_lead(sheet), "summary",
            "Every change to this database, newest first, with the SQL it sends. None "
            "was rehearsed for this site, so what down does is not proved.");
        return;
    }
    g_autofree char *version = server_version(rehearsal);
    g_autofree char *restored = words_number((int64_t)count_restored(rehearsal));
    g_autofree char *all = words_count((int64_t)rehearsal->count, "migration");
    g_autofree char *text = g_strdup_printf(
        "Every change to this database, newest first, rehearsed in a throw-away PostgreSQL %s: up, "
        "down and up again, as far as each one runs. Of %s, the down of %s restores the schema.",
        version, all, restored);
    tree_text_element(sheet_lead(sheet), "summary", text);
    for (size_t i = 0; i < rehearsal->caveats.count; i++)
        tree_text_element(sheet_lead(sheet), "summary", rehearsal->caveats.items[i]);
}

static xmlNode *
add_line_section(struct sheet *sheet, const struct migrations *line)
{
    if (line->id == NULL)
        return sheet_section(sheet, "all", "All migrations", (int64_t)line->count);
    g_autoptr(GString) id = g_string_new("line-");
    slug_append(id, line->id);
    g_autofree char *name = shown_name(line->id);
    return sheet_section(sheet, id->str, name, (int64_t)line->count);
}

/* A line, newest first; `first` migrations of other lines stand before it. */
static void
add_line(struct sheet *sheet, const struct migrations *line, size_t first)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    xmlNode *timeline = NULL;
    for (size_t i = line->count, row = first; i-- > 0; row++) {
        if (!sheet_shows(sheet, row))
            continue;
        if (timeline == NULL)
            timeline = tree_element(add_line_section(sheet, line), "timeline");
        part_migration(sheet, timeline, &rehearsal->items[first + i]);
    }
}

void
fill_migrations(struct sheet *sheet)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    sheet_crumb(sheet, "Migrations", NULL);
    sheet_title(sheet, NULL, "Migrations");
    add_timeline_lead(sheet, rehearsal);
    size_t first = 0;
    for (size_t i = 0; i < migrations_line_count(rehearsal->migrations); i++) {
        const struct migrations *line = migrations_line(rehearsal->migrations, i);
        add_line(sheet, line, first);
        first += line->count;
    }
    if (sheet->page->part == 0)
        part_gone(sheet);
}

/* ---- one migration ---- */

static void
add_facts(struct sheet *sheet, const struct migration_evidence *evidence)
{
    const struct migration *migration = evidence->migration;
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    g_autofree char *version = rehearsal->server == NULL ? NULL : server_version(rehearsal);
    g_autofree char *line = migration->line == NULL ? NULL : shown_name(migration->line);
    if (line != NULL)
        sheet_fact(sheet, "Line", line);
    sheet_fact(sheet, "Version", migration->version);
    const struct applied_words applied = part_applied(sheet, migration);
    if (applied.state != NULL)
        sheet_fact(sheet, "In this database", applied.at != NULL ? applied.at : applied.state);
    part_commits(sheet, migration);
    sheet_fact(sheet, "Transaction",
               migration->up.isolation == IN_TRANSACTION ? "one for all statements" : "none");
    g_autofree char *rehearsed = version == NULL ? NULL : g_strconcat("PostgreSQL ", version, NULL);
    sheet_fact(sheet, "Rehearsed on", rehearsed != NULL ? rehearsed : "nothing");
    const struct class_word *class = &reversal_words[evidence->verdict.reversal];
    g_autofree char *down = g_strdup_printf("%s (%s)", class->name, class->code);
    if (evidence->verdict.reversal != REVERSAL_UNKNOWN)
        sheet_fact(sheet, "Down", down);
    xmlNode *lead = sheet_lead(sheet);
    tree_attribute(lead, "origin", "file");
    tree_attribute(lead, "file", migration->file);
}

/* "down restores the schema" as a sentence. Free with g_free. */
static char *
sentence(const char *words)
{
    return g_strdup_printf("%c%s.", g_ascii_toupper(*words), words + 1);
}

static void
add_runbook(struct sheet *sheet, xmlNode *verdict, const struct migration_evidence *evidence)
{
    const struct plan *plan = sheet->site->plan;
    const struct runbook *runbook = runbooks_of(plan->runbooks, plan->rehearsal, evidence);
    if (runbook == NULL)
        return;
    g_autofree char *href = plan_href_runbook(plan, sheet->page, runbook);
    tree_attribute(tree_text_element(verdict, "button", "How to roll back"), "href", href);
}

static void
add_verdict(struct sheet *sheet, const struct migration_evidence *evidence)
{
    const struct verdict *verdict = &evidence->verdict;
    const struct migration_look look = part_migration_look(evidence);
    xmlNode *node = tree_element(sheet->root, "verdict");
    g_autofree char *title = sentence(look.words);
    g_autofree char *loss = sentence(loss_words[verdict->loss].words);
    tree_attribute(node, "tone", g_str_equal(look.tone, "none") ? "info" : look.tone);
    tree_attribute(node, "title", title);
    if (sheet->site->plan->rehearsal->server == NULL)
        sheet_text(node, "text", "It was not rehearsed. `dbdoc build --rehearse` does that.");
    else
        sheet_text(node, "text",
                   verdict->loss == LOSS_UNKNOWN ? "What becomes of data is not proved." : loss);
    add_runbook(sheet, node, evidence);
}

/* Lines of plain words, such as reasons. */
static void
add_lines(struct sheet *sheet, const char *id, const char *title, const char *hint,
          const struct names *lines)
{
    if (lines->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, id, title, -1);
    if (hint != NULL)
        sheet_hint(section, hint);
    xmlNode *list = tree_element(section, "lines");
    for (size_t i = 0; i < lines->count; i++)
        sheet_said(list, "line", lines->items[i]);
}

/* ---- what was seen ---- */

static void
add_step(xmlNode *flow, const char *title, const struct run_evidence *run)
{
    xmlNode *step = tree_element(flow, "step");
    tree_attribute(step, "tone", run->end == RUN_COMPLETE ? "ok" : "bad");
    tree_attribute(step, "title", title);
    tree_attribute(step, "text",
                   run->end == RUN_COMPLETE ? "ran without error" : run_end_words[run->end]);
    if (run->count == 0)
        return;
    g_autofree char *time = words_duration(part_duration(run));
    g_autofree char *count = words_count((int64_t)run->count, "statement");
    tree_format(step, "figure", "%s, %s", time, count);
}

static size_t
count_visible(const struct differences *differences)
{
    size_t visible = 0;
    for (size_t i = 0; i < differences->count; i++)
        visible += !differences->items[i].physical;
    return visible;
}

/* Whether the schema is what it should be. */
static void
add_comparison(xmlNode *flow, const char *title, const struct differences *differences)
{
    size_t count = count_visible(differences);
    xmlNode *step = tree_element(flow, "step");
    tree_attribute(step, "tone", count == 0 ? "ok" : "bad");
    tree_attribute(step, "title", title);
    g_autofree char *words = words_count((int64_t)count, "difference");
    tree_attribute(step, "text", count == 0 ? "none" : words);
}

static void
add_rehearsal(struct sheet *sheet, const struct migration_evidence *evidence)
{
    if (evidence->up.end == RUN_NOT_TRIED)
        return;
    xmlNode *section = sheet_section(sheet, "rehearsal", "Rehearsal", -1);
    sheet_hint(section, "Run in a throw-away PostgreSQL, the catalog compared each time; where it "
                        "changes a table that was there, once more with invented rows. Times say "
                        "nothing about production.");
    xmlNode *flow = tree_element(section, "flow");
    add_step(flow, "Up", &evidence->up);
    if (evidence->up.end != RUN_COMPLETE)
        return;
    if (evidence->verify.end != RUN_NOT_TRIED)
        add_step(flow, "Verify", &evidence->verify);
    add_step(flow, "Down", &evidence->down);
    if (evidence->down.end != RUN_COMPLETE)
        return;
    add_comparison(flow, "Differences it leaves", &evidence->left);
    if (evidence->again.end == RUN_COMPLETE)
        add_comparison(flow, "Differences of a second up", &evidence->again_differs);
    else if (evidence->again.end != RUN_NOT_TRIED)
        add_step(flow, "Up again", &evidence->again);
}

static void
add_locks(xmlNode *node, const struct statement_evidence *statement)
{
    for (size_t i = 0; i < statement->lock_count; i++) {
        const struct lock_evidence *lock = &statement->locks[i];
        xmlNode *element = tree_element(node, "lock");
        tree_number(element, "level", lock->mode);
        tree_attribute(element, "tone", part_lock_tone(lock->mode));
        tree_attribute(element, "mode", lock_words[lock->mode].name);
        tree_attribute(element, "relation", lock->relation);
        tree_attribute(element, "blocks", lock_words[lock->mode].blocks);
    }
    for (size_t i = 0; i < statement->rewrite_count; i++) {
        xmlNode *element = tree_element(node, "rewrite");
        tree_attribute(element, "relation", statement->rewrites[i].relation);
        tree_attribute(element, "reason", statement->rewrites[i].reason);
    }
    for (size_t i = 0; i < statement->scan_count; i++)
        tree_attribute(tree_element(node, "scan"), "relation", statement->scans[i].relation);
    for (size_t i = 0; i < statement->waits.count; i++)
        tree_attribute(tree_element(node, "wait"), "about", statement->waits.items[i]);
}

static void
add_sql(xmlNode *node, const char *sql)
{
    g_autofree char *safe = secret_mask_sql(sql, SECRET_FOR_READING);
    sheet_sql(node, safe);
}

/* `held`: the strongest lock that earlier statements of the transaction took. */
static void
add_statement(xmlNode *list, const struct statement_evidence *statement, enum lock_mode held)
{
    xmlNode *node = tree_element(list, "statement");
    tree_format(node, "place", "%s:%u", statement->file, statement->line);
    add_sql(node, statement->sql);
    sheet_said(node, "words", statement->words);
    bool ran = statement->sight != SIGHT_NOT_RUN && statement->sight != SIGHT_STOOD_IN;
    if (!ran)
        return;
    g_autofree char *time = words_duration(statement->microseconds);
    tree_attribute(node, "time", time);
    if (held != LOCK_NONE && statement->lock_count == 0)
        tree_attribute(node, "held", lock_words[held].name);
    tree_flag(node, "unseen", statement_is_unseen(statement));
    tree_flag(node, "partly", statement->sight == SIGHT_WAITING);
    add_locks(node, statement);
}

/* What a direction would send, when it was not run. */
static void
add_plan_step(xmlNode *list, const struct migration_step *step)
{
    xmlNode *node = tree_element(list, "statement");
    tree_format(node, "place", "%s:%u", step->file, step->line);
    add_sql(node, step->kind == STEP_OPAQUE ? step->source : step->sql);
    if (step->kind == STEP_OPAQUE) {
        g_autofree char *words = g_strconcat("dbdoc cannot read what this does: ", step->reason,
                                             NULL);
        sheet_said(node, "words", words);
    }
}

static void
add_direction(struct sheet *sheet, const char *id, const char *title,
              const struct run_evidence *run, const struct migration_plan *plan)
{
    bool ran = run->count > 0;
    size_t count = ran ? run->count : plan->count;
    xmlNode *section = sheet_section(sheet, id, title, (int64_t)count);
    if (plan->end == PLAN_REFUSED)
        sheet_said(section, "hint", plan->reason);
    if (plan->end == PLAN_ABSENT)
        sheet_hint(section, "Nothing is written for this direction.");
    if (count == 0)
        return;
    xmlNode *list = tree_element(section, "statements");
    enum lock_mode held = LOCK_NONE;
    for (size_t i = 0; i < count; i++) {
        if (!ran) {
            add_plan_step(list, &plan->steps[i]);
            continue;
        }
        add_statement(list, &run->statements[i], held);
        if (run->isolation == IN_TRANSACTION)
            held = MAX(held, statement_lock(&run->statements[i]));
    }
}

/* What to ask before the migration is run, and what happens to whoever does not. */
static void
add_prechecks(struct sheet *sheet, const struct prechecks *prechecks)
{
    if (prechecks->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "stops", "Rows that would stop it",
                                     (int64_t)prechecks->count);
    sheet_hint(section, "Each query counts such rows: none may be left. Run with them and without "
                        "them here, unless it says that it is not proved.");
    xmlNode *list = tree_element(section, "statements");
    for (size_t i = 0; i < prechecks->count; i++) {
        const struct precheck *precheck = &prechecks->items[i];
        bool proved = precheck->unproved == NULL;
        xmlNode *node = tree_element(list, "statement");
        tree_format(node, "place", "before %s, in %s",
                    precheck->direction == DIRECTION_UP ? "up" : "down", precheck->relation);
        add_sql(node, precheck->query);
        g_autofree char *words = g_strdup_printf(
            proved ? "Stopped by %s: %s" : "Not proved: stopped by %s: %s", precheck->words,
            proved ? precheck->refusal : precheck->unproved);
        sheet_said(node, "words", words);
    }
}

static void
add_findings(struct sheet *sheet, const struct migration *migration)
{
    g_autoptr(GPtrArray) findings = findings_of(sheet->site->findings, migration);
    if (findings->len > 0)
        sheet_findings(sheet, sheet_section(sheet, "findings", "Findings", findings->len),
                       findings);
}

static void
add_authors_words(struct sheet *sheet, const struct migration *migration)
{
    if (migration->words == NULL)
        return;
    xmlNode *section = sheet_section(sheet, "words", "In its author’s words", -1);
    g_autofree char *safe = secret_mask(migration->words);
    markdown_append(tree_element(tree_element(section, "prose"), "words"), safe, NULL);
}

/* What a direction sends, as one text. */
static void
add_plan_text(xmlNode *parent, const char *caption, const struct migration_plan *plan)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        if (step->kind == STEP_OPAQUE)
            g_string_append(text, "-- what dbdoc cannot read stands here\n");
        else
            g_string_append_printf(text, "%s;\n", step->sql);
    }
    if (text->len == 0)
        return;
    g_autofree char *safe = secret_mask_sql(text->str, SECRET_FOR_READING);
    sheet_sql(parent, safe);
    tree_attribute(parent->last, "caption", caption);
}

static void
add_source(xmlNode *parent, const struct migration_source *source)
{
    bool is_sql = g_str_has_suffix(source->file, ".sql");
    bool is_elixir = g_str_has_suffix(source->file, ".exs");
    g_autofree char *safe = is_sql ? secret_mask_sql(source->text, SECRET_FOR_READING)
                                   : secret_mask(source->text);
    (is_sql ? sheet_sql : is_elixir ? sheet_elixir : sheet_code)(parent, safe);
    tree_attribute(parent->last, "caption", source->file);
}

static size_t
length_of(const struct migration *migration)
{
    size_t length = 0;
    for (size_t i = 0; i < migration->source_count; i++)
        length += strlen(migration->sources[i].text);
    return length;
}

/* The files as people wrote them; beside Elixir the SQL that becomes of it. Very long ones are left
 * to the editor. */
static void
add_sources(struct sheet *sheet, const struct migration *migration)
{
    enum { SHOWN_MOST = 64 * 1024 };
    if (migration->source_count == 0 || length_of(migration) > SHOWN_MOST)
        return;
    bool alone = g_str_has_suffix(migration->file, ".sql") || migration->up.command != NULL;
    xmlNode *section = sheet_section(sheet, "source", alone ? "Source" : "Source and SQL", -1);
    xmlNode *pair = tree_element(section, alone ? "stack" : "beside");
    for (size_t i = 0; i < migration->source_count; i++)
        add_source(pair, &migration->sources[i]);
    if (alone)
        return;
    xmlNode *stack = tree_element(pair, "stack");
    add_plan_text(stack, "Up", &migration->up);
    add_plan_text(stack, "Down", &migration->down);
}

static void
add_neighbour(struct sheet *sheet, xmlNode *pair, const char *element, size_t place)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    const struct migration *own = sheet->page->migration->migration;
    if (place >= rehearsal->count ||
        g_strcmp0(rehearsal->items[place].migration->line, own->line) != 0)
        return;
    const struct migration_evidence *evidence = &rehearsal->items[place];
    xmlNode *node = tree_text_element(pair, element, evidence->migration->name);
    g_autofree char *href = plan_href_migration(sheet->site->plan, sheet->page,
                                                evidence->migration);
    tree_attribute(node, "href", href);
}

/* When all ran, the lists of what changed and what was deleted say why. */
static bool
is_told_by_lists(const struct migration_evidence *evidence)
{
    return evidence->verdict.reversal != REVERSAL_UNKNOWN &&
           evidence->verdict.reversal != REVERSAL_IMPOSSIBLE &&
           evidence->verdict.reversal != REVERSAL_DATA && evidence->verify.end <= RUN_COMPLETE &&
           (evidence->again.end == RUN_COMPLETE || evidence->again.end == RUN_NOT_TRIED);
}

void
fill_migration(struct sheet *sheet)
{
    const struct migration_evidence *evidence = sheet->page->migration;
    const struct migration *migration = evidence->migration;
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", "Migrations");
    sheet_href_top(sheet, crumb, "migrations/index.html");
    sheet_crumb(sheet, migration->version, NULL);
    g_autofree char *name = shown_name(migration->name);
    sheet_title(sheet, NULL, name);
    add_facts(sheet, evidence);
    add_verdict(sheet, evidence);
    add_authors_words(sheet, migration);
    if (!is_told_by_lists(evidence))
        add_lines(sheet, "reasons", "Why", NULL, &evidence->verdict.reasons);
    add_lines(sheet, "unproved", "Not proved", "The rehearsal does not show this.",
              &evidence->verdict.unproved);
    add_lines(sheet, "caveats", "The server it ran on", "What it cannot show.",
              &sheet->site->plan->rehearsal->caveats);
    add_findings(sheet, migration);
    part_differences(sheet, "changes", "What changes",
                     "From the catalog before it to the one after.", &evidence->changes);
    part_differences(sheet, "left", "What down leaves",
                     "From the catalog before up to the one after down.", &evidence->left);
    part_removals(sheet, "up-removes", "What up deletes", &evidence->up_removes);
    part_removals(sheet, "down-removes", "What down deletes", &evidence->down_removes);
    add_prechecks(sheet, &evidence->prechecks);
    part_value_changes(sheet, &evidence->rows.changes);
    add_rehearsal(sheet, evidence);
    part_locks(sheet, &evidence->up);
    add_direction(sheet, "up", "Statements, going up", &evidence->up, &migration->up);
    add_direction(sheet, "down", "Statements, going down", &evidence->down, &migration->down);
    add_sources(sheet, migration);
    size_t place = (size_t)(evidence - sheet->site->plan->rehearsal->items);
    xmlNode *pair = tree_element(tree_element(sheet->root, "section"), "pair");
    tree_attribute(pair->parent, "id", "neighbours");
    add_neighbour(sheet, pair, "earlier", place - 1);
    add_neighbour(sheet, pair, "later", place + 1);
}
