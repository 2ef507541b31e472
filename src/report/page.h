/* page.h - text for people at a terminal, in colours or without. For report/ alone. */
#ifndef DBDOC_REPORT_PAGE_H
#define DBDOC_REPORT_PAGE_H

#include "report/report.h"

#include <glib.h>

struct page {
    GString *text;
    enum colour colour;
};

#define STYLE_BOLD   "\033[1m"
#define STYLE_RED    "\033[31m"
#define STYLE_GREEN  "\033[32m"
#define STYLE_YELLOW "\033[33m"
#define STYLE_CYAN   "\033[36m"
#define STYLE_PLAIN  "\033[0m"

/* Nothing where there are no colours. */
void page_style(const struct page *page, const char *style);

/* A text within a line: no line break survives. */
void page_words(const struct page *page, const char *words);

/* The same without passwords: words of a server, a tool or a migration. */
void page_masked(const struct page *page, const char *words);

/* The heading of one line of migrations among several; `place` counts them from 0. */
void page_line_head(const struct page *page, const struct migrations *line, size_t place);

#endif
