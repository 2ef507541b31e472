/* rehearsal_text.c - what a rehearsal saw, for people: a line a migration, then the reasons, then
 * what others would have waited for.
 *
 *   R3  20240918130000 add_index
 *         down does not restore the schema
 *         - after down, index public.posts_title_index is missing
 *         up, line 8: SHARE on public.posts blocks writes
 */
#include "report/page.h"

#include <string.h>

#define MARGIN  "      "
#define WAITING "waiting " /* with which the server's words for a wait begin */

static void
put_line(const struct page *page, const char *mark, const char *words)
{
    g_string_append_printf(page->text, MARGIN "%s", mark);
    page_masked(page, words);
    g_string_append_c(page->text, '\n');
}

static const char *
style_of(enum reversal reversal)
{
    if (reversal == REVERSAL_UNKNOWN)
        return STYLE_RED;
    return reversal < REVERSAL_LOSSY ? STYLE_GREEN : STYLE_YELLOW;
}

static void
put_head(const struct page *page, const struct migration_evidence *evidence)
{
    const struct class_word *word = &reversal_words[evidence->verdict.reversal];
    page_style(page, style_of(evidence->verdict.reversal));
    g_string_append_printf(page->text, "%-4s", word->code != NULL ? word->code : "-");
    page_style(page, STYLE_PLAIN);
    page_style(page, STYLE_BOLD);
    page_masked(page, evidence->migration->version);
    g_string_append_c(page->text, ' ');
    page_masked(page, evidence->migration->name);
    page_style(page, STYLE_PLAIN);
    g_string_append_printf(page->text, "\n" MARGIN "%s", word->words);
    if (evidence->verdict.loss > LOSS_NONE)
        g_string_append_printf(page->text, "; %s (%s)", loss_words[evidence->verdict.loss].words,
                               loss_words[evidence->verdict.loss].code);
    g_string_append_c(page->text, '\n');
}

/* A line that is not the same as the one before: loops send the same statement many times. */
static void
put_effect(const struct page *page, const char *place, const char *effect, GString *last)
{
    g_autofree char *line = g_strconcat(place, effect, NULL);
    if (g_str_equal(line, last->str))
        return;
    put_line(page, "", line);
    g_string_assign(last, line);
}

static void
put_locks(const struct page *page, const char *place, const struct statement_evidence *statement,
          GString *last)
{
    for (size_t i = 0; i < statement->lock_count; i++) {
        const struct lock_evidence *lock = &statement->locks[i];
        if (lock->mode < LOCK_SHARE_UPDATE_EXCLUSIVE)
            continue;
        const struct lock_word *word = &lock_words[lock->mode];
        g_autofree char *effect = g_strdup_printf("%s on %s blocks %s", word->name, lock->relation,
                                                  word->blocks);
        put_effect(page, place, effect, last);
    }
}

static void
put_waits(const struct page *page, const char *place, const struct names *waits, GString *last)
{
    if (waits->count == 0)
        return;
    g_autoptr(GString) effect = g_string_new("waits");
    for (size_t i = 0; i < waits->count; i++) {
        const char *about = waits->items[i];
        bool usual = g_str_has_prefix(about, WAITING);
        g_string_append_printf(effect, "%s %s", i == 0 ? "" : ",",
                               usual ? about + strlen(WAITING) : about);
    }
    put_effect(page, place, effect->str, last);
}

/* What a command sent has no line. */
static void
put_statement(const struct page *page, const char *direction, const struct run_evidence *run,
              size_t number, GString *last)
{
    const struct statement_evidence *statement = &run->statements[number];
    g_autofree char *place = run->command == NULL
                                 ? g_strdup_printf("%s, line %u: ", direction, statement->line)
                                 : g_strdup_printf("%s, statement %zu: ", direction, number + 1);
    put_locks(page, place, statement, last);
    for (size_t i = 0; i < statement->rewrite_count; i++) {
        const struct rewrite_evidence *rewrite = &statement->rewrites[i];
        g_autofree char *effect = g_strdup_printf("rewrites %s: %s", rewrite->relation,
                                                  rewrite->reason);
        put_effect(page, place, effect, last);
    }
    for (size_t i = 0; i < statement->scan_count; i++) {
        g_autofree char *effect = g_strdup_printf("reads all of %s", statement->scans[i].relation);
        put_effect(page, place, effect, last);
    }
    put_waits(page, place, &statement->waits, last);
}

static void
put_run(const struct page *page, const char *direction, const struct run_evidence *run)
{
    g_autoptr(GString) last = g_string_new(NULL);
    for (size_t i = 0; i < run->count; i++)
        put_statement(page, direction, run, i, last);
}

/* What to ask before a direction is run. */
static void
put_prechecks(const struct page *page, const struct prechecks *prechecks)
{
    static const char *const marks[] = {
        [DIRECTION_UP] = "before up: ", [DIRECTION_DOWN] = "before down: "};
    for (size_t i = 0; i < prechecks->count; i++)
        put_line(page, marks[prechecks->items[i].direction], prechecks->items[i].query);
}

static void
put_migration(const struct page *page, const struct migration_evidence *evidence)
{
    put_head(page, evidence);
    for (size_t i = 0; i < evidence->verdict.reasons.count; i++)
        put_line(page, "- ", evidence->verdict.reasons.items[i]);
    if (evidence->verify.end == RUN_COMPLETE)
        put_line(page, "", "verify succeeds");
    put_prechecks(page, &evidence->prechecks);
    put_run(page, "up", &evidence->up);
    put_run(page, "down", &evidence->down);
    for (size_t i = 0; i < evidence->verdict.unproved.count; i++)
        put_line(page, "not proved: ", evidence->verdict.unproved.items[i]);
    g_string_append_c(page->text, '\n');
}

GString *
report_rehearsal_text(const struct rehearsal *rehearsal, enum colour colour)
{
    const struct page page = {g_string_new(NULL), colour};
    size_t next = 0;
    for (size_t i = 0; i < migrations_line_count(rehearsal->migrations); i++) {
        const struct migrations *line = migrations_line(rehearsal->migrations, i);
        if (line->id != NULL)
            page_line_head(&page, line, i);
        for (size_t end = next + line->count; next < end; next++)
            put_migration(&page, &rehearsal->items[next]);
    }
    g_autofree char *summary = report_rehearsal_summary(rehearsal);
    g_string_append_printf(page.text, "%s\n", summary);
    g_string_append(page.text, "On PostgreSQL ");
    page_masked(&page, rehearsal->server);
    for (size_t i = 0; i < rehearsal->settings.count; i++) {
        g_string_append(page.text, ", ");
        page_masked(&page, rehearsal->settings.items[i]);
    }
    g_string_append(page.text, ".\n");
    for (size_t i = 0; i < rehearsal->caveats.count; i++) {
        page_masked(&page, rehearsal->caveats.items[i]);
        g_string_append_c(page.text, '\n');
    }
    g_string_append(page.text, "Rows were invented for each table that a migration changes: what "
                               "others would do is not shown.\n");
    return page.text;
}

char *
report_rehearsal_summary(const struct rehearsal *rehearsal)
{
    size_t counts[REVERSAL_IMPOSSIBLE + 1] = {0};
    for (size_t i = 0; i < rehearsal->count; i++)
        counts[rehearsal->items[i].verdict.reversal]++;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%zu migration%s rehearsed:", rehearsal->count,
                           rehearsal->count == 1 ? "" : "s");
    for (size_t i = REVERSAL_EXACT; i < G_N_ELEMENTS(counts); i++)
        if (counts[i] > 0)
            g_string_append_printf(text, " %zu %s (%s),", counts[i], reversal_words[i].name,
                                   reversal_words[i].code);
    g_string_append_printf(text, " %zu without a verdict.", counts[REVERSAL_UNKNOWN]);
    return g_string_free(text, FALSE);
}
