/* coverage_text.c - what is documented, and what is not, for a terminal. */
#include "model/coverage.h"
#include "report/page.h"

#define MISSING_MOST 10 /* of each kind */

static void
append_share(GString *text, const struct coverage_share *share)
{
    const char *name = share->schema != NULL ? share->schema : covered_words[share->what];
    g_string_append_printf(text, "%s%-*s %3zu %%  %zu of %zu\n", share->schema != NULL ? "  " : "",
                           share->schema != NULL ? 22 : 24, name,
                           share->documented * 100 / share->total, share->documented, share->total);
}

static void
append_object(const struct page *page, const struct coverage_missing *missing)
{
    g_autofree char *reason = coverage_reason(missing);
    g_string_append_printf(page->text, "  %s:", missing->object->kind->word);
    page_words(page, missing->object->path);
    if (*reason != '\0')
        g_string_append_printf(page->text, "  (%s)", reason);
    g_string_append_c(page->text, '\n');
}

static void
append_missing(const struct page *page, const struct coverage *coverage)
{
    enum covered last = COVERED_COUNT;
    size_t shown = 0;
    for (size_t i = 0; i < coverage->missing_count; i++) {
        const struct coverage_missing *missing = &coverage->missing[i];
        if (missing->what != last) {
            g_string_append_printf(page->text, "\nMissing %s, the most important first\n",
                                   covered_words[missing->what]);
            last = missing->what;
            shown = 0;
        }
        if (shown++ < MISSING_MOST)
            append_object(page, missing);
    }
}

GString *
report_coverage_text(const struct model *model)
{
    struct arena *arena = arena_new();
    const struct coverage *coverage = coverage_new(arena, model, NULL);
    struct page page = {g_string_new(NULL), COLOUR_NONE};
    for (size_t i = 0; i < coverage->share_count; i++)
        append_share(page.text, &coverage->shares[i]);
    append_missing(&page, coverage);
    arena_free(arena);
    return page.text;
}
