/* plan_text.c - what migrations would send, for people:
 *
 *   20240918130000 add_posts_author_id_index (priv/repo/migrations/2024….exs)
 *     up, outside a transaction
 *        8  CREATE INDEX CONCURRENTLY "posts_author_id_index" ON "posts" ("author_id")
 *     down: refused
 *           Ecto.MigrationError: cannot reverse migration command: …
 */
#include "base/secret.h"
#include "base/secret_sql.h"
#include "base/text.h"
#include "report/page.h"

#include <string.h>

#define MARGIN "        " /* as wide as a line number */

/* Lines behind a margin; the first one stands behind what is written already. */
static void
put_lines(const struct page *page, const char *words)
{
    g_autofree char *safe = text_for_terminal(words);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(safe), "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (i > 0 && *lines[i] != '\0')
            g_string_append(page->text, MARGIN);
        g_string_append_printf(page->text, "%s\n", lines[i]);
    }
    if (lines[0] == NULL)
        g_string_append_c(page->text, '\n');
}

/* The line number, or where a helper of another file stands. */
static void
put_place(const struct page *page, const char *file, const struct migration_step *step)
{
    if (!g_str_equal(step->file, file)) {
        g_string_append(page->text, MARGIN);
        page_masked(page, step->file);
        g_string_append_printf(page->text, ":%u\n", step->line);
        g_string_append(page->text, MARGIN);
    } else {
        g_string_append_printf(page->text, "%6u  ", step->line);
    }
}

static void
put_step(const struct page *page, const char *file, const struct migration_step *step)
{
    put_place(page, file, step);
    if (step->kind != STEP_OPAQUE) {
        g_autofree char *masked = secret_mask_sql(step->sql, SECRET_FOR_READING);
        put_lines(page, masked);
        return;
    }
    page_style(page, STYLE_YELLOW);
    g_string_append(page->text, "opaque: ");
    page_style(page, STYLE_PLAIN);
    page_masked(page, step->source);
    g_string_append(page->text, "\n" MARGIN);
    page_masked(page, step->reason);
    g_string_append_c(page->text, '\n');
}

/* The one file that all steps come from; else the migration's. */
static const char *
file_of(const struct migration *migration, const struct migration_plan *plan)
{
    for (size_t i = 1; i < plan->count; i++)
        if (!g_str_equal(plan->steps[i].file, plan->steps[0].file))
            return migration->file;
    return plan->count > 0 ? plan->steps[0].file : migration->file;
}

static void
put_plan(const struct page *page, const struct migration *migration, const char *direction,
         const struct migration_plan *plan)
{
    const char *file = file_of(migration, plan);
    g_string_append_printf(page->text, "  %s%s", direction,
                           plan->isolation == NO_TRANSACTION ? ", outside a transaction" : "");
    if (!g_str_equal(file, migration->file)) {
        g_string_append(page->text, " (");
        page_masked(page, file);
        g_string_append_c(page->text, ')');
    }
    if (plan->end != PLAN_COMPLETE) {
        g_string_append(page->text, ": ");
        page_style(page, STYLE_RED);
        g_string_append(page->text, plan->end == PLAN_REFUSED ? "refused" : "irreversible");
        page_style(page, STYLE_PLAIN);
    } else if (plan->count == 0) {
        g_string_append(page->text, ": nothing");
    }
    g_string_append_c(page->text, '\n');
    for (size_t i = 0; i < plan->count; i++)
        put_step(page, file, &plan->steps[i]);
    if (plan->reason == NULL)
        return;
    g_autofree char *masked = secret_mask(plan->reason);
    g_string_append(page->text, MARGIN);
    put_lines(page, masked);
}

static void
put_way_down(const struct page *page, const struct migration *migration)
{
    put_plan(page, migration, "down", &migration->down);
    if (migration->verify.end == PLAN_COMPLETE)
        put_plan(page, migration, "verify", &migration->verify);
}

static void
put_remarks(const struct page *page, const struct migration *migration)
{
    for (size_t i = 0; i < migration->remark_count; i++) {
        const struct migration_remark *remark = &migration->remarks[i];
        g_string_append(page->text, "  ");
        page_style(page, STYLE_YELLOW);
        page_masked(page, remark->file);
        g_string_append_printf(page->text, ":%u: ", remark->line);
        page_style(page, STYLE_PLAIN);
        page_masked(page, remark->text);
        g_string_append_c(page->text, '\n');
    }
}

/* Repeatable migrations have no version, and some no name. */
static void
put_head(const struct page *page, const struct migration *migration)
{
    const char *between = *migration->version != '\0' && *migration->name != '\0' ? " " : "";
    page_style(page, STYLE_BOLD);
    page_masked(page, migration->version);
    g_string_append(page->text, between);
    page_masked(page, migration->name);
    page_style(page, STYLE_PLAIN);
    g_string_append(page->text, " (");
    page_masked(page, migration->file);
    g_string_append(page->text, ")\n");
}

static void
put_line(const struct page *page, const struct migrations *line)
{
    for (size_t i = 0; i < line->count; i++) {
        const struct migration *migration = &line->items[i];
        put_head(page, migration);
        put_plan(page, migration, "up", &migration->up);
        put_way_down(page, migration);
        put_remarks(page, migration);
        g_string_append_c(page->text, '\n');
    }
    g_autofree char *summary = report_plan_summary(line);
    if (line->transactions == TRANSACTION_FOR_ALL)
        g_string_append(page->text, "All that are pending share one transaction.\n");
    g_string_append_printf(page->text, "%s: %s\n", line->format, summary);
}

GString *
report_plan_text(const struct migrations *migrations, enum colour colour)
{
    const struct page page = {g_string_new(NULL), colour};
    for (size_t i = 0; i < migrations_line_count(migrations); i++) {
        const struct migrations *line = migrations_line(migrations, i);
        if (line->id != NULL)
            page_line_head(&page, line, i);
        put_line(&page, line);
    }
    return page.text;
}

char *
report_plan_summary(const struct migrations *migrations)
{
    size_t opaque = 0;
    size_t refused = 0;
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->items[i];
        opaque += !plan_is_known(&migration->up) || !plan_is_known(&migration->down);
        refused += migration->down.end != PLAN_COMPLETE;
    }
    return g_strdup_printf("%zu migration%s; %zu with opaque steps; %zu without a way down.",
                           migrations->count, migrations->count == 1 ? "" : "s", opaque, refused);
}
