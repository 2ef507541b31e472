/* pages.h - what fills the view of each kind of page; the rows of page_kinds in plan.c. */
#ifndef DBDOC_SITE_PAGES_H
#define DBDOC_SITE_PAGES_H

#include <stddef.h>

struct page;
struct plan;
struct sheet;

void fill_overview(struct sheet *sheet);
void fill_schema(struct sheet *sheet);
void fill_table(struct sheet *sheet);
void fill_view(struct sheet *sheet);
void fill_function(struct sheet *sheet);
void fill_type(struct sheet *sheet);
void fill_index(struct sheet *sheet);
void fill_indexes(struct sheet *sheet);
void fill_extension(struct sheet *sheet);
void fill_role(struct sheet *sheet);
void fill_access(struct sheet *sheet);
void fill_findings(struct sheet *sheet);
void fill_rule(struct sheet *sheet);
void fill_map(struct sheet *sheet);
void fill_migrations(struct sheet *sheet);
void fill_migration(struct sheet *sheet);
void fill_runbooks(struct sheet *sheet);
void fill_runbook(struct sheet *sheet);
void fill_queries(struct sheet *sheet);
void fill_query(struct sheet *sheet);
void fill_matrix(struct sheet *sheet);
void fill_review(struct sheet *sheet);
void fill_names(struct sheet *sheet);
void fill_decisions(struct sheet *sheet);
void fill_decision(struct sheet *sheet);
void fill_coverage(struct sheet *sheet);
void fill_family(struct sheet *sheet);
void fill_changelog(struct sheet *sheet);

/* How many rows such a page has. */
size_t changelog_releases(const struct plan *plan, const struct page *page);
size_t queries_listed(const struct plan *plan, const struct page *page);
size_t matrix_lines(const struct plan *plan, const struct page *page);

#endif
