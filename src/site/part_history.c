/* part_history.c - migrations in time: all of them on their page, those that touched an object on
 * its own. */
#include "site/parts.h"

#include "base/secret.h"
#include "markup/markdown.h"
#include "model/applied.h"
#include "site/changelog.h"
#include "site/words.h"

#include <string.h>

static const struct migration_look up_fails = {"bad", "Up does not run", "up does not run"};

/* Without words of their own they have those of the class. */
static const struct migration_look looks[] = {
    [REVERSAL_UNKNOWN] = {"none", "Down not proved", "what down does is not proved"},
    [REVERSAL_EXACT] = {"ok", "Down restores", NULL},
    [REVERSAL_TRACE] = {"ok", "Down restores", NULL},
    [REVERSAL_ORDER] = {"ok", "Down reorders columns", NULL},
    [REVERSAL_LOSSY] = {"bad", "Down differs", NULL},
    [REVERSAL_DATA] = {"warn", "Down depends on rows", NULL},
    [REVERSAL_DESTROYS] = {"warn", "Down loses data", NULL},
    [REVERSAL_IMPOSSIBLE] = {"bad", "No way back", NULL},
};

struct migration_look
part_migration_look(const struct migration_evidence *evidence)
{
    if (evidence->up.end != RUN_COMPLETE && evidence->up.end != RUN_NOT_TRIED)
        return up_fails;
    struct migration_look look = looks[evidence->verdict.reversal];
    if (look.words == NULL)
        look.words = reversal_words[evidence->verdict.reversal].words;
    return look;
}

/* Rows are read or written while the locks are held: the more there are, the longer. */
static bool
works_on_rows(const struct run_evidence *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->statements[i].rewrite_count > 0 || run->statements[i].scan_count > 0)
            return true;
    return false;
}

const char *
part_lock_tone(enum lock_mode mode)
{
    if (mode == LOCK_ACCESS_EXCLUSIVE)
        return "bad";
    return lock_stops(mode) ? "warn" : "ok";
}

static const struct lock_evidence *
strongest_lock(const struct run_evidence *run)
{
    const struct lock_evidence *strongest = NULL;
    for (size_t i = 0; i < run->count; i++)
        for (size_t j = 0; j < run->statements[i].lock_count; j++)
            if (strongest == NULL || run->statements[i].locks[j].mode > strongest->mode)
                strongest = &run->statements[i].locks[j];
    return strongest;
}

static const char *
first_rewrite(const struct run_evidence *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->statements[i].rewrite_count > 0)
            return run->statements[i].rewrites[0].relation;
    return NULL;
}

static void
add_day(xmlNode *entry, const char *version)
{
    g_autofree char *day = words_day_of_version(version);
    if (day == NULL) {
        tree_attribute(entry, "version", version);
        return;
    }
    g_autofree char *words = words_date(day);
    tree_attribute(entry, "day", day);
    tree_attribute(entry, "date", words);
}

static void
add_badges(xmlNode *entry, const struct migration_evidence *evidence)
{
    const struct migration_look look = part_migration_look(evidence);
    tree_attribute(entry, "tone", look.tone);
    sheet_badge(entry, look.tone, look.badge);
    const struct lock_evidence *lock = strongest_lock(&evidence->up);
    if (lock != NULL && lock_stops(lock->mode)) {
        g_autofree char *text = g_strdup_printf("Blocks %s of %s", lock_words[lock->mode].blocks,
                                                lock->relation);
        sheet_badge(entry, works_on_rows(&evidence->up) ? part_lock_tone(lock->mode) : "", text);
    }
    const char *rewritten = first_rewrite(&evidence->up);
    if (rewritten != NULL) {
        g_autofree char *text = g_strdup_printf("Rewrites %s", rewritten);
        sheet_badge(entry, "warn", text);
    }
}

struct applied_words
part_applied(const struct sheet *sheet, const struct migration *migration)
{
    const struct plan *plan = sheet->site->plan;
    const struct migrations *line = migrations_line_of(plan->rehearsal->migrations, migration);
    if (applied_history(plan->applied, line) == NULL)
        return (struct applied_words){NULL, NULL};
    if (!applied_has(plan->applied, migration))
        return (struct applied_words){"Pending", NULL};
    return (struct applied_words){"Applied", applied_row(plan->applied, migration).at};
}

static void
add_applied(const struct sheet *sheet, xmlNode *entry, const struct migration *migration)
{
    const struct applied_words words = part_applied(sheet, migration);
    if (words.state == NULL)
        return;
    g_autofree char *date = words.at == NULL ? NULL : words_date(words.at);
    g_autofree char *text = g_strjoin(" ", words.state, date, NULL);
    sheet_badge(entry, "", text);
}

static xmlNode *
add_entry(struct sheet *sheet, xmlNode *timeline, const struct migration *migration)
{
    xmlNode *entry = tree_element(timeline, "entry");
    g_autofree char *href = plan_href_migration(sheet->site->plan, sheet->page, migration);
    tree_attribute(entry, "href", href);
    sheet_name(entry, migration->name);
    add_day(entry, migration->version);
    return entry;
}

void
part_migration(struct sheet *sheet, xmlNode *timeline, const struct migration_evidence *evidence)
{
    const struct migration *migration = evidence->migration;
    xmlNode *entry = add_entry(sheet, timeline, migration);
    add_badges(entry, evidence);
    add_applied(sheet, entry, migration);
}

void
part_migration_reason(struct sheet *sheet, xmlNode *timeline, const struct migration *migration)
{
    xmlNode *entry = add_entry(sheet, timeline, migration);
    tree_attribute(entry, "tone", "info");
    g_autofree char *safe = migration->words == NULL ? NULL : secret_mask(migration->words);
    g_autofree char *why = safe == NULL ? NULL : markdown_summary(safe);
    const char *author = migration->added == NULL ? NULL : migration->added->author;
    if (author == NULL)
        tree_optional(entry, "summary", why);
    else
        tree_text_element(entry, "summary", author);
    if (author != NULL && why != NULL) {
        tree_text(entry->last, ": ");
        tree_text(entry->last, why);
    }
}

char *
part_since(const struct sheet *sheet, const struct object *object)
{
    const struct releases *releases = sheet->site->plan->releases;
    if (releases == NULL)
        return NULL;
    const struct release *since = releases_since(releases, object);
    if (since == NULL)
        return g_strdup("not released yet");
    g_autofree char *name = changelog_name(since);
    return since == releases->items->pdata[0] ? g_strconcat(name, " or before", NULL)
                                              : g_steal_pointer(&name);
}

void
part_history(struct sheet *sheet)
{
    const GPtrArray *migrations = g_hash_table_lookup(sheet->site->plan->history,
                                                      sheet->page->object);
    if (migrations == NULL)
        return;
    xmlNode *section = sheet_section(sheet, "history", "History", migrations->len);
    sheet_hint(section, "The migrations that touched it, newest first, as their rehearsal saw it.");
    xmlNode *timeline = tree_element(section, "timeline");
    for (guint i = migrations->len; i-- > 0;)
        part_migration(sheet, timeline, migrations->pdata[i]);
}
