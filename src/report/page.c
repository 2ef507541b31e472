/* page.c - what the reports in text have in common. */
#include "report/page.h"

#include "base/secret.h"
#include "base/text.h"

void
page_style(const struct page *page, const char *style)
{
    if (page->colour == COLOUR_ANSI)
        g_string_append(page->text, style);
}

void
page_words(const struct page *page, const char *words)
{
    g_autofree char *safe = text_for_terminal(words);
    g_string_append(page->text, g_strdelimit(safe, "\n\t", ' '));
}

void
page_masked(const struct page *page, const char *words)
{
    g_autofree char *masked = secret_mask(words);
    page_words(page, masked);
}

void
page_line_head(const struct page *page, const struct migrations *line, size_t place)
{
    g_string_append(page->text, place > 0 ? "\n" : "");
    page_style(page, STYLE_BOLD);
    g_string_append(page->text, "Line ");
    page_words(page, line->id);
    page_style(page, STYLE_PLAIN);
    g_string_append(page->text, " (");
    page_words(page, line->folder);
    g_string_append(page->text, ")\n\n");
}
