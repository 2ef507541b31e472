/* findings_text.c - findings for people at a terminal and for logs. The first line of each is
 * PLACE: SEVERITY: TITLE [slug], as compilers write it, so that editors find the way. */
#include "report/page.h"

#include "base/text.h"

#include <string.h>

#define NOTES_IN_FULL 3 /* notes of one rule; the others get one line each */

/* What a severity looks like; accepted findings are not printed. */
static const char *const colours[] = {
    [SEVERITY_NOTE] = STYLE_CYAN,
    [SEVERITY_WARNING] = STYLE_YELLOW,
    [SEVERITY_ERROR] = STYLE_RED,
};

/* A text of several lines, each of them behind `indent`. */
static void
put_lines(struct page *page, const char *indent, const char *words)
{
    g_autofree char *safe = text_for_terminal(words);
    g_auto(GStrv) lines = g_strsplit(safe, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (**line != '\0')
            g_string_append_printf(page->text, "%s%s\n", indent, *line);
        else if (line[1] != NULL)
            g_string_append_c(page->text, '\n');
}

static void
put_place(struct page *page, const struct finding *finding)
{
    if (finding->file != NULL) {
        page_words(page, finding->file);
        if (finding->line > 0)
            g_string_append_printf(page->text, ":%u", finding->line);
    } else if (finding->object != NULL) {
        page_words(page, finding->object->kind->word);
        g_string_append_c(page->text, ' ');
        page_words(page, finding->object->path);
    } else {
        g_string_append(page->text, "database");
    }
}

static void
put_headline(struct page *page, const struct finding *finding)
{
    put_place(page, finding);
    g_string_append(page->text, ": ");
    page_style(page, colours[finding->severity]);
    g_string_append(page->text, severity_words[finding->severity]);
    page_style(page, STYLE_PLAIN);
    g_string_append(page->text, ": ");
    page_style(page, STYLE_BOLD);
    page_words(page, finding->title);
    page_style(page, STYLE_PLAIN);
    g_string_append_printf(page->text, " [%s]\n", finding->slug);
}

static void
put_evidence(struct page *page, const struct evidence *evidence)
{
    if (strchr(evidence->value, '\n') != NULL) {
        g_string_append(page->text, "    ");
        page_words(page, evidence->label);
        g_string_append(page->text, ":\n");
        put_lines(page, "        ", evidence->value);
        return;
    }
    g_string_append(page->text, "    ");
    page_words(page, evidence->label);
    g_string_append(page->text, ": ");
    page_words(page, evidence->value);
    g_string_append_c(page->text, '\n');
}

static void
put_fix(struct page *page, const char *label, const char *fix)
{
    if (fix == NULL)
        return;
    g_string_append_printf(page->text, "    %s:\n", label);
    put_lines(page, "        ", fix);
}

static void
put_rest(struct page *page, const struct finding *finding)
{
    if (finding->detail != NULL)
        put_lines(page, "    ", finding->detail);
    if (finding->advice != NULL)
        put_lines(page, "    ", finding->advice);
    for (size_t i = 0; i < finding->evidence_count; i++)
        put_evidence(page, &finding->evidence[i]);
    put_fix(page, "SQL", finding->fix_sql);
    put_fix(page, "Ecto migration", finding->fix_migration);
}

static void
put_findings(struct page *page, const struct findings *findings)
{
    const char *slug = NULL;
    unsigned of_rule = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->accepted != NULL)
            continue;
        of_rule = text_equal(slug, finding->slug) ? of_rule + 1 : 1;
        slug = finding->slug;
        bool in_full = finding->severity != SEVERITY_NOTE || of_rule <= NOTES_IN_FULL;
        if (page->text->len > 0 && (in_full || of_rule == NOTES_IN_FULL + 1))
            g_string_append_c(page->text, '\n');
        put_headline(page, finding);
        if (in_full)
            put_rest(page, finding);
    }
    if (page->text->len > 0)
        g_string_append_c(page->text, '\n');
}

char *
report_findings_summary(const struct findings *findings)
{
    static const enum severity order[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE};
    GString *text = g_string_new(NULL);
    size_t shown = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        size_t count = findings_count(findings, order[i]);
        if (count == 0)
            continue;
        g_string_append_printf(text, "%s%zu %s%s", shown > 0 ? ", " : "", count,
                               severity_words[order[i]], count == 1 ? "" : "s");
        shown += count;
    }
    g_string_append(text, shown == 0 ? "no findings" : "");
    if (findings->count > shown)
        g_string_append_printf(text, " (%zu accepted)", findings->count - shown);
    return g_string_free(text, FALSE);
}

GString *
report_findings_text(const struct findings *findings, enum colour colour)
{
    struct page page = {g_string_new(NULL), colour};
    put_findings(&page, findings);
    g_autofree char *summary = report_findings_summary(findings);
    g_string_append_printf(page.text, "%s\n", summary);
    return page.text;
}
