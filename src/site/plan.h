/* plan.h - which pages there are and where: the only place that knows URLs. Pure. */
#ifndef DBDOC_SITE_PLAN_H
#define DBDOC_SITE_PLAN_H

#include "checks/checks.h"
#include "diagram/areas.h"
#include "model/coverage.h"
#include "model/model.h"
#include "model/releases.h"
#include "rehearsal/evidence.h"
#include "runbook/library.h"
#include "site/census.h"

#include <glib.h>
#include <stddef.h>

struct access;
struct family;
struct query;
struct applied;
struct review;
struct page;
struct plan;
struct sheet;

/* One kind of page: how it is called, where its files are, and what fills its view. */
struct page_kind {
    const char *name;   /* "table" */
    const char *folder; /* "tables"; NULL: the top */
    void (*fill)(struct sheet *sheet);
    size_t (*rows)(const struct plan *plan, const struct page *page); /* NULL: never split */
};

/* A page with very many rows is split into several, which follow each other in the plan. */
struct page {
    const struct page_kind *kind;
    const struct object *object;                /* what the page is about; NULL: none */
    const struct rule *rule;                    /* likewise */
    const struct area *area;                    /* likewise, of a map */
    const struct migration_evidence *migration; /* likewise */
    const struct runbook *runbook;              /* likewise */
    const struct review *review;                /* likewise */
    const struct decided *decision;             /* likewise */
    const struct query *query;                  /* likewise */
    const struct family *family;                /* likewise */
    char *stem;                                 /* "tables/blog.posts" */
    char *path;                                 /* "tables/blog.posts.html"; parts: "all~p2.html" */
    size_t part;                                /* from 0 */
    size_t parts;                               /* at least 1 */
};

enum { ROWS_OF_PART = 1000 };

struct plan {
    const struct database *database;
    const struct rehearsal *rehearsal; /* NULL: no migrations are known */
    const struct runbooks *runbooks;   /* NULL: none were written */
    const struct releases *releases;   /* NULL: no history was given */
    size_t decisions;                  /* how many there are */
    const struct workload *workload;   /* NULL: not known */
    size_t matrix_rows;                /* of queries and indexes; 0: no plans are known */
    struct census *census;
    const struct coverage *coverage;
    struct access *access; /* NULL: who may do what is not known, or not to be shown */
    GHashTable *history;   /* see history_new */
    struct applied *applied;
    struct areas *areas;
    size_t count;
    struct page *pages; /* in the order of their stems */
    GHashTable
        *by_subject;  /* struct object, rule, area, migration … → struct page, the first part */
    GHashTable *hues; /* schema name → 1 … 6 */
};

struct plan *plan_new(const struct model *model, const struct findings *findings,
                      const struct rehearsal *rehearsal, const struct runbooks *runbooks,
                      const struct releases *releases);
void plan_free(struct plan *plan);

/* "../" from a page in a folder to the top, "" at the top. */
const char *page_root(const struct page *page);

/* The URL of an object (its own page, or a place on its owner's), a rule, an area, a migration,
 * a runbook, a query or a path of the site, seen from a page. NULL when it has none. Free with
 * g_free. */
char *plan_href(const struct plan *plan, const struct page *from, const void *object);
char *plan_href_rule(const struct plan *plan, const struct page *from, const struct rule *rule);
char *plan_href_area(const struct plan *plan, const struct page *from, const struct area *area);
char *plan_href_migration(const struct plan *plan, const struct page *from,
                          const struct migration *migration);
char *plan_href_runbook(const struct plan *plan, const struct page *from,
                        const struct runbook *runbook);
char *plan_href_decision(const struct plan *plan, const struct page *from,
                         const struct decided *decision);
char *plan_href_query(const struct plan *plan, const struct page *from, const struct query *query);
char *plan_href_top(const struct page *from, const char *path);

/* Which rows the page shows, out of all that its parts show together. */
struct rows {
    size_t first;
    size_t end;
};
struct rows page_rows(const struct page *page);

/* The page's own page, or that of the nearest owner that has one; NULL for none. */
const struct page *plan_page(const struct plan *plan, const void *object);

unsigned plan_hue(const struct plan *plan, const char *schema); /* 1 … 6 */

#endif
