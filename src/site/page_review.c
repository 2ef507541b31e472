/* page_review.c - what a change does to the database: may it be merged? The verdict first, then
 * what to ask for, then what changes and what was seen. */
#include "site/pages.h"

#include "base/secret.h"
#include "catalog/shown.h"
#include "checks/run.h"
#include "review/review.h"
#include "site/parts.h"
#include "site/words.h"

#include <string.h>

static const char *const tones[REVIEW_TONES] = {
    [REVIEW_FINE] = "ok", [REVIEW_LOOK] = "warn", [REVIEW_FIX] = "bad"};

/* Words that may repeat a password. */
static void
add_text(xmlNode *parent, const char *element, const char *text)
{
    g_autofree char *safe = text == NULL ? NULL : secret_mask(text);
    sheet_text(parent, element, safe);
}

static void
add_place(xmlNode *node, const char *file, unsigned line)
{
    tree_attribute(node, "file", file);
    if (file != NULL && line > 0)
        tree_number(node, "line", line);
}

static void
name_migration(xmlNode *node, const struct migration *migration)
{
    sheet_name(node, migration->name);
    tree_attribute(node, "version", migration->version);
}

/* ---- first screen ---- */

static void
add_title(struct sheet *sheet, const struct review *review)
{
    g_autofree char *title = NULL;
    if (review->migration_count == 1)
        title = shown_name(review->migrations[0]->migration->name);
    else if (review->migration_count == 0)
        title = g_strdup("No new migration");
    else
        title = words_count((int64_t)review->migration_count, "migration");
    sheet_title(sheet, "Review: ", title);
    g_autoptr(GString) text = g_string_new("Compared with ");
    g_string_append(text, review->base);
    if (review->commit != NULL)
        g_string_append_printf(text, " at %.10s", review->commit);
    const char *server = review->rehearsal->server;
    if (server != NULL && review->migration_count > 0)
        g_string_append_printf(text,
                               ". Rehearsed on PostgreSQL %.*s, on invented rows: times say "
                               "nothing about production",
                               (int)strcspn(server, " "), server);
    g_string_append_c(text, '.');
    tree_text_element(sheet_lead(sheet), "summary", text->str);
    for (size_t i = 0; i < review->rehearsal->caveats.count; i++)
        tree_text_element(sheet_lead(sheet), "summary", review->rehearsal->caveats.items[i]);
}

static void
add_verdict(struct sheet *sheet, const struct review *review)
{
    xmlNode *verdict = tree_element(sheet->root, "verdict");
    g_autofree char *title = g_strconcat(review->verdict, ".", NULL);
    g_autofree char *text = g_strjoin(" ", review->why, review->weight, NULL);
    tree_attribute(verdict, "tone", tones[review->tone]);
    tree_attribute(verdict, "title", title);
    add_text(verdict, "text", text);
}

/* ---- tiles ---- */

static xmlNode *
add_tile(xmlNode *tiles, const char *id, const char *title, const char *big, const char *text)
{
    xmlNode *tile = tree_element(tiles, "tile");
    tree_format(tile, "href", "#%s", id);
    tree_attribute(tile, "title", title);
    tree_attribute(tile, "big", big);
    tree_attribute(tile, "text", text);
    return tile;
}

static void
add_schema_tile(xmlNode *tiles, const struct review *review)
{
    size_t counts[CHANGE_RENAMED + 1] = {0};
    for (size_t i = 0; i < review->group_count; i++)
        counts[review->groups[i].kind]++;
    g_autofree char *big = g_strdup_printf("+%zu ~%zu −%zu", counts[CHANGE_ADDED],
                                           counts[CHANGE_CHANGED] + counts[CHANGE_MOVED] +
                                               counts[CHANGE_RENAMED],
                                           counts[CHANGE_REMOVED]);
    add_tile(tiles, "schema", "Schema", big, "Tables, types and the like: added, changed, gone.");
}

static void
add_rollback_tile(xmlNode *tiles, const struct review *review)
{
    size_t restored = review_restored(review);
    g_autofree char *big = words_number((int64_t)restored);
    g_autofree char *small = g_strdup_printf("of %zu", review->migration_count);
    g_autofree char *percent = words_percent((int64_t)restored,
                                             (int64_t)MAX(review->migration_count, 1));
    xmlNode *tile = add_tile(tiles, "rollback", "Rollbacks that restore the schema", big,
                             restored == review->migration_count
                                 ? "Up, down and up again, the catalog compared."
                                 : "The others say below what is missing.");
    tree_attribute(tile, "small", small);
    tree_attribute(tile, "percent", percent);
    tree_attribute(tile, "tone", "ok");
}

static void
add_lock_tile(xmlNode *tiles, const struct review *review)
{
    const struct review_lock *heaviest = review->heaviest;
    g_autofree char *big = words_number((int64_t)review->stopped_count);
    g_autofree char *text = heaviest == NULL ? g_strdup(review->weight)
                                             : g_strdup_printf("%s: %s of %s must wait.",
                                                               lock_words[heaviest->mode].name,
                                                               lock_words[heaviest->mode].blocks,
                                                               heaviest->relation);
    add_tile(tiles, "locks", "Tables blocked going up", big, text);
}

static void
add_finding_tile(xmlNode *tiles, const struct review *review)
{
    g_autofree char *big = g_strdup_printf("+%zu −%zu", review->finding_count, review->fixed_count);
    g_autofree char *text = g_strdup_printf("%zu new, %zu fixed.", review->finding_count,
                                            review->fixed_count);
    add_tile(tiles, "findings", "Findings", big, text);
}

static void
add_tiles(struct sheet *sheet, const struct review *review)
{
    if (review->migration_count == 0)
        return;
    xmlNode *section = tree_element(sheet->root, "section");
    tree_attribute(section, "id", "glance");
    xmlNode *tiles = tree_element(section, "tiles");
    add_schema_tile(tiles, review);
    add_rollback_tile(tiles, review);
    add_lock_tile(tiles, review);
    add_finding_tile(tiles, review);
}

/* ---- what to ask for ---- */

static void
add_asks(struct sheet *sheet, const struct review *review)
{
    if (review->ask_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "asks", "Ask the author", (int64_t)review->ask_count);
    xmlNode *list = tree_element(section, "asks");
    for (size_t i = 0; i < review->ask_count; i++) {
        const struct review_ask *ask = &review->asks[i];
        xmlNode *node = tree_element(list, "ask");
        tree_attribute(node, "tone", severity_tone(ask->severity));
        tree_attribute(node, "severity", severity_words[ask->severity]);
        add_place(node, ask->file, ask->line);
        add_text(node, "title", ask->title);
        add_text(node, "detail", ask->detail);
        add_text(node, "advice", ask->advice);
        if (ask->fix == NULL)
            continue;
        xmlNode *fix = tree_element(node, "fix");
        tree_attribute(fix, "label", ask->is_elixir ? "As a migration" : "As SQL");
        if (ask->is_elixir)
            sheet_elixir(fix, ask->fix);
        else
            sheet_sql(fix, ask->fix);
    }
    if (review->ask_most > review->ask_count) {
        g_autofree char *text = g_strdup_printf("%zu more are among the findings.",
                                                review->ask_most - review->ask_count);
        sheet_hint(section, text);
    }
}

static void
add_questions(struct sheet *sheet, const struct review *review)
{
    if (review->question_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "first", "Ask first", (int64_t)review->question_count);
    sheet_hint(section, "Others rely on what changes here. Ask them before it is merged.");
    xmlNode *list = tree_element(section, "questions");
    for (size_t i = 0; i < review->question_count; i++) {
        const struct review_question *question = &review->questions[i];
        xmlNode *node = tree_element(list, "question");
        tree_attribute(node, "kind", question_words[question->kind]);
        add_text(node, "text", question->text);
        add_text(node, "who", question->who);
        add_text(node, "why", question->who_why);
        add_text(node, "depends", question->depends);
    }
}

/* ---- what changes ---- */

static void
add_changes(struct sheet *sheet, const struct review *review)
{
    if (review->group_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "schema", "What changes", -1);
    part_diff_map(sheet, section);
    part_groups(section, review->groups, review->group_count);
}

static void
add_edits(struct sheet *sheet, const struct review *review)
{
    if (review->edit_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "edits", "What old migrations make now", -1);
    sheet_hint(section, "Their files are not as they were when they were merged. Only a new "
                        "database gets what is below: one that has applied them stays as it is.");
    part_groups(section, review->edits, review->edit_count);
}

/* ---- the release that runs meanwhile ---- */

static void
add_stages(xmlNode *section, const struct review *review)
{
    xmlNode *list = NULL;
    for (size_t i = 0; i < review->migration_count; i++) {
        const struct runbook *runbook = runbooks_of(review->runbooks, review->rehearsal,
                                                    review->migrations[i]);
        if (runbook == NULL || runbook->stages == NULL)
            continue;
        if (list == NULL)
            list = tree_element(section, "stages");
        xmlNode *node = tree_element(list, "stage");
        name_migration(node, review->migrations[i]->migration);
        add_text(node, "text", runbook->stages);
    }
}

/* What old code meets, as something to ask for: the order in which it does not. */
static void
add_break(xmlNode *list, const struct compatibility_break *found)
{
    bool proved = found->strength == STRENGTH_PROVED;
    enum severity severity = proved ? SEVERITY_WARNING : SEVERITY_NOTE;
    xmlNode *node = tree_element(list, "ask");
    tree_attribute(node, "tone", severity_tone(severity));
    tree_attribute(node, "severity", severity_words[severity]);
    add_place(node, found->file, found->line);
    add_text(node, "title", found->text);
    g_autofree char *detail = g_strdup_printf(
        "%s. %s%s", break_words[found->kind].title,
        proved ? "" : "Likely, not proved: ", found->evidence);
    add_text(node, "detail", detail);
    add_text(node, "advice", break_words[found->kind].order);
}

static void
add_compatibility(struct sheet *sheet, const struct review *review)
{
    if (review->order == NULL)
        return;
    xmlNode *section = sheet_section(sheet, "deploy", "Deploying it", -1);
    sheet_text(section, "hint", review->order);
    add_stages(section, review);
    xmlNode *list = review->compatibility.count > 0 ? tree_element(section, "asks") : NULL;
    for (size_t i = 0; i < review->compatibility.count; i++)
        add_break(list, &review->compatibility.items[i]);
}

/* ---- locks ---- */

static void
add_lock(xmlNode *cell, const struct review_lock *lock)
{
    xmlNode *node = tree_element(cell, "lock");
    tree_number(node, "level", lock->mode);
    tree_attribute(node, "tone", part_lock_tone(lock->mode));
    tree_attribute(node, "mode", lock_words[lock->mode].name);
    tree_attribute(node, "relation", lock->relation);
    tree_flag(node, "rewrites", lock->rewrites);
    tree_flag(node, "scans", lock->scans);
    if (lock->rows == NUMBER_UNKNOWN)
        return;
    g_autofree char *rows = words_count(lock->rows, "row");
    g_autofree char *bytes = lock->bytes == NUMBER_UNKNOWN ? NULL : words_bytes(lock->bytes);
    tree_format(node, "size", "about %s%s%s", rows, bytes != NULL ? ", " : "",
                bytes != NULL ? bytes : "");
}

static void
add_direction(xmlNode *row, const struct review *review, const struct migration_evidence *migration,
              enum direction direction)
{
    xmlNode *cell = tree_element(row, direction == DIRECTION_UP ? "up" : "down");
    for (size_t i = 0; i < review->lock_count; i++)
        if (review->locks[i].migration == migration && review->locks[i].direction == direction &&
            review->locks[i].mode > LOCK_ROW_EXCLUSIVE)
            add_lock(cell, &review->locks[i]);
}

static void
add_locks(struct sheet *sheet, const struct review *review)
{
    if (review->lock_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "locks", "Locks, rewrites and full reads", -1);
    sheet_hint(section, "The strongest lock on each table that was there, as the rehearsal saw it. "
                        "Sizes are those that were observed of the documented database.");
    xmlNode *table = tree_element(section, "stops");
    for (size_t i = 0; i < review->migration_count; i++) {
        xmlNode *row = tree_element(table, "migration");
        name_migration(row, review->migrations[i]->migration);
        add_direction(row, review, review->migrations[i], DIRECTION_UP);
        add_direction(row, review, review->migrations[i], DIRECTION_DOWN);
    }
}

/* ---- the way back ---- */

static void
add_left(const struct sheet *sheet, xmlNode *node, const struct migration_evidence *migration)
{
    xmlNode *list = NULL;
    for (size_t i = 0; i < migration->left.count; i++) {
        const struct difference *difference = &migration->left.items[i];
        if (difference->physical)
            continue;
        if (list == NULL)
            list = tree_element(node, "changes");
        xmlNode *change = part_change(sheet, list, difference->kind, difference->word,
                                      difference->path);
        tree_attribute(change, "fact", difference->title);
        sheet_said(change, "before", difference->before);
        sheet_said(change, "after", difference->after);
    }
}

static void
add_run(xmlNode *node, const char *name, const struct run_evidence *run)
{
    tree_attribute(node, name, run->end == RUN_COMPLETE ? "ran" : run_end_words[run->end]);
}

static void
add_rollback(struct sheet *sheet, xmlNode *list, const struct review *review, size_t place)
{
    const struct migration_evidence *migration = review->migrations[place];
    const struct migration_look look = part_migration_look(migration);
    const struct runbook *runbook = runbooks_of(review->runbooks, review->rehearsal, migration);
    const struct verdict *verdict = &migration->verdict;
    xmlNode *node = tree_element(list, "back");
    name_migration(node, migration->migration);
    add_run(node, "up", &migration->up);
    add_run(node, "down", &migration->down);
    add_run(node, "again", &migration->again);
    sheet_badge(node, look.tone, look.badge);
    add_text(node, "text", look.words);
    if (verdict->loss != LOSS_UNKNOWN)
        add_text(node, "loss", loss_words[verdict->loss].words);
    for (size_t i = 0; i < verdict->unproved.count; i++)
        add_text(node, "unproved", verdict->unproved.items[i]);
    add_left(sheet, node, migration);
    if (runbook == NULL)
        return;
    g_autofree char *prefix = g_strdup_printf("m%zu", place + 1);
    part_runbook(sheet, tree_element(node, "runbook-of"), runbook, prefix);
}

static void
add_rollbacks(struct sheet *sheet, const struct review *review)
{
    if (review->migration_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "rollback", "Rollback proof",
                                     (int64_t)review->migration_count);
    sheet_hint(section,
               "Each migration ran up, down and up again, and the catalog was compared each "
               "time. The runbook is folded below each.");
    xmlNode *list = tree_element(section, "backs");
    for (size_t i = 0; i < review->migration_count; i++)
        add_rollback(sheet, list, review, i);
}

/* ---- findings ---- */

static void
add_findings(struct sheet *sheet, const struct review *review)
{
    g_autoptr(GPtrArray) worse = g_ptr_array_new();
    g_autoptr(GPtrArray) notes = g_ptr_array_new();
    for (size_t i = 0; i < review->finding_count; i++) {
        const struct finding *finding = review->findings[i].finding;
        g_ptr_array_add(finding->severity == SEVERITY_NOTE ? notes : worse,
                        (gpointer)(guintptr)finding);
    }
    if (review->finding_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "findings", "New findings",
                                     (int64_t)review->finding_count);
    if (worse->len > 0)
        sheet_findings(sheet, section, worse);
    if (notes->len == 0)
        return;
    xmlNode *fold = tree_element(section, "fold");
    g_autofree char *title = words_count(notes->len, "note");
    tree_attribute(fold, "title", title);
    sheet_findings(sheet, fold, notes);
}

static void
add_fixed(struct sheet *sheet, const struct review *review)
{
    g_autoptr(GPtrArray) fixed = g_ptr_array_new();
    for (size_t i = 0; i < review->fixed_count; i++)
        g_ptr_array_add(fixed, (gpointer)(guintptr)review->fixed[i]);
    if (fixed->len == 0)
        return;
    xmlNode *section = sheet_section(sheet, "fixed", "Fixed by this change", fixed->len);
    sheet_brief_findings(sheet, section, fixed);
}

/* ---- the rest ---- */

/* A part of a whole, before and after. */
struct share {
    const char *title;
    size_t before[2];
    size_t after[2];
};

static void
add_share(struct sheet *sheet, xmlNode **tiles, const struct share *share)
{
    if (memcmp(share->before, share->after, sizeof share->before) == 0)
        return;
    if (*tiles == NULL)
        *tiles = tree_element(sheet_section(sheet, "words", "What is explained", -1), "tiles");
    xmlNode *tile = tree_element(*tiles, "tile");
    tree_attribute(tile, "title", share->title);
    tree_format(tile, "big", "%zu", share->after[0]);
    tree_format(tile, "small", "of %zu", share->after[1]);
    tree_format(tile, "text", "Before: %zu of %zu.", share->before[0], share->before[1]);
}

static void
add_coverage(struct sheet *sheet, const struct review *review)
{
    const struct tally *a = &review->tally_before;
    const struct tally *b = &review->tally_after;
    const struct share shares[] = {
        {"Tables with words", {a->described_tables, a->tables}, {b->described_tables, b->tables}},
        {"Columns with words",
         {a->described_columns, a->columns},
         {b->described_columns, b->columns}},
        {"Indexes with a reason", {a->reasons, a->needing_reason}, {b->reasons, b->needing_reason}},
    };
    xmlNode *tiles = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++)
        add_share(sheet, &tiles, &shares[i]);
}

/* The database that the snapshot was taken of. */
static void
add_drift(struct sheet *sheet, const struct review *review)
{
    if (!review->drift_known)
        return;
    xmlNode *section = sheet_section(sheet, "drift", "Drift", (int64_t)review->drift_count);
    g_autofree char *hint = g_strdup_printf(
        review->drift_count == 0
            ? "The database of %s is what its migrations make."
            : "The database of %s is not what its migrations make. The change did not do it, but "
              "what was proved of it was proved without it.",
        review->base);
    sheet_hint(section, hint);
    g_autoptr(GPtrArray) findings = g_ptr_array_new();
    for (size_t i = 0; i < review->drift_count; i++)
        g_ptr_array_add(findings, (gpointer)(guintptr)review->drift[i]);
    if (findings->len > 0)
        sheet_brief_findings(sheet, section, findings);
}

static void
add_stale(struct sheet *sheet, const struct review *review)
{
    if (review->stale.count + review->gone.count + review->edited.count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "files", "Files to look after", -1);
    xmlNode *list = tree_element(section, "sentences");
    for (size_t i = 0; i < review->edited.count; i++) {
        const char *same = review->edit_effect == EDIT_SAME
                               ? ": the schema that it makes is the same"
                               : "";
        g_autofree char *text = g_strdup_printf("%s was changed after it was merged%s.",
                                                review->edited.items[i], same);
        add_text(list, "sentence", text);
    }
    for (size_t i = 0; i < review->stale.count; i++)
        add_text(list, "sentence", review->stale.items[i]);
    for (size_t i = 0; i < review->gone.count; i++) {
        g_autofree char *text = g_strdup_printf(
            "%s is not there any more: databases that applied it keep what it did.",
            review->gone.items[i]);
        add_text(list, "sentence", text);
    }
}

static void
add_again(struct sheet *sheet, const struct review *review)
{
    g_autofree char *command = review->commit == NULL
                                   ? g_strdup("dbdoc review --base FILE")
                                   : g_strdup_printf("dbdoc review --base %.10s", review->commit);
    sheet_code(sheet_section(sheet, "again", "Do it yourself", -1), command);
}

void
fill_review(struct sheet *sheet)
{
    const struct review *review = sheet->page->review;
    add_title(sheet, review);
    add_verdict(sheet, review);
    add_tiles(sheet, review);
    add_asks(sheet, review);
    add_questions(sheet, review);
    add_changes(sheet, review);
    add_edits(sheet, review);
    add_compatibility(sheet, review);
    add_locks(sheet, review);
    add_rollbacks(sheet, review);
    part_review_indexes(sheet, review);
    add_findings(sheet, review);
    add_fixed(sheet, review);
    add_coverage(sheet, review);
    add_drift(sheet, review);
    add_stale(sheet, review);
    add_again(sheet, review);
}
