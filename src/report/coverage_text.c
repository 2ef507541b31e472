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
append_missing(const struct page *page, const struct coverage *coverage)
{
    enum covered last = COVERED_COUNT;
    size_t shown = 0;
    for (size_t i = 0; i < coverage->missing_count; i++) {
        const struct object *object = coverage->missing[i];
        enum covered what = covered_as(object);
        if (what != last) {
            g_string_append_printf(page->text, "\nMissing %s, the most important first\n",
                                   covered_words[what]);
            last = what;
            shown = 0;
        }
        if (shown++ >= MISSING_MOST)
            continue;
        g_string_append_printf(page->text, "  %s:", object->kind->word);
        page_words(page, object->path);
        g_string_append_c(page->text, '\n');
    }
}

GString *
report_coverage_text(const struct model *model)
{
    struct arena *arena = arena_new();
    const struct coverage *coverage = coverage_new(arena, model);
    struct page page = {g_string_new(NULL), COLOUR_NONE};
    for (size_t i = 0; i < coverage->share_count; i++)
        append_share(page.text, &coverage->shares[i]);
    append_missing(&page, coverage);
    arena_free(arena);
    return page.text;
}
