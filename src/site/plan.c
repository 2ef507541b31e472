/* plan.c - pages, their paths, and the way from one to another. */
#include "site/plan.h"

#include "catalog/access.h"
#include "catalog/address.h"
#include "model/applied.h"
#include "model/matrix.h"
#include "site/families.h"
#include "site/history.h"
#include "site/pages.h"
#include "site/stems.h"
#include "workload/workload.h"

#include <stdlib.h>
#include <string.h>

#define HUES 6

static size_t
count_names(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->census->names->len;
}

static size_t
count_indexes(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->census->indexes;
}

static size_t
count_holdings(const struct plan *plan, const struct page *page)
{
    return census_rows(census_schema(plan->census, object_name(page->object)));
}

static size_t
count_labels(const struct plan *plan, const struct page *page)
{
    (void)plan;
    return ((const struct enum_type *)(const void *)page->object)->labels.count;
}

static size_t
count_found(const struct plan *plan, const struct page *page)
{
    return census_findings(plan->census, page->rule->slug);
}

static size_t
count_migrations(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->rehearsal->count;
}

/* Pages that exist once. */
static const struct {
    struct page_kind kind;
    const char *stem;
} top_pages[] = {
    {{"overview", NULL, fill_overview, NULL}, "index"},
    {{"names", NULL, fill_names, count_names}, "all"},
    {{"findings", NULL, fill_findings, NULL}, "findings"},
    {{"indexes", "indexes", fill_indexes, count_indexes}, "indexes/index"},
};

/* Pages of objects, by kind. */
static const struct {
    const struct kind *of;
    struct page_kind kind;
} object_pages[] = {
    {&kind_schema, {"schema", "schemas", fill_schema, count_holdings}},
    {&kind_table, {"table", "tables", fill_table, NULL}},
    {&kind_view, {"view", "views", fill_view, NULL}},
    {&kind_function, {"function", "functions", fill_function, NULL}},
    {&kind_enum_type, {"type", "types", fill_type, count_labels}},
    {&kind_domain, {"type", "types", fill_type, NULL}},
    {&kind_composite_type, {"type", "types", fill_type, NULL}},
    {&kind_range_type, {"type", "types", fill_type, NULL}},
    {&kind_base_type, {"type", "types", fill_type, NULL}},
    {&kind_index, {"index", "indexes", fill_index, NULL}},
    {&kind_extension, {"extension", "extensions", fill_extension, NULL}},
    {&kind_role, {"role", "roles", fill_role, NULL}},
};

static const struct page_kind rule_page = {"rule", "rules", fill_rule, count_found};

static const struct page_kind *
kind_of_page(const struct object *object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(object_pages); i++)
        if (object_pages[i].of == object->kind)
            return &object_pages[i].kind;
    return NULL;
}

/* The pages being collected. */
struct draft {
    const struct plan *plan;
    GArray *pages;
};

/* "~p" is in no slug, where two hexadecimal digits follow a tilde. */
static char *
part_path(const struct page *page)
{
    if (page->part == 0)
        return g_strconcat(page->stem, ".html", NULL);
    return g_strdup_printf("%s~p%zu.html", page->stem, page->part + 1);
}

/* Takes the stem. */
static void
add_page(const struct draft *draft, struct page page)
{
    size_t rows = page.kind->rows == NULL ? 0 : page.kind->rows(draft->plan, &page);
    char *stem = page.stem;
    page.parts = MAX((rows + ROWS_OF_PART - 1) / ROWS_OF_PART, 1);
    for (page.part = 0; page.part < page.parts; page.part++) {
        page.stem = g_strdup(stem);
        page.path = part_path(&page);
        g_array_append_val(draft->pages, page);
    }
    g_free(stem);
}

static void
add_object_page(const struct object *object, void *data)
{
    const struct page_kind *kind = kind_of_page(object);
    const struct draft *draft = data;
    bool hidden = object->kind == &kind_role && draft->plan->access == NULL;
    if (kind == NULL || hidden || census_is_folded(object))
        return;
    g_autofree char *slug = slug_of(object);
    add_page(draft, (struct page){.kind = kind,
                                  .object = object,
                                  .stem = g_strconcat(kind->folder, "/", slug, NULL)});
}

/* A page for each rule that found something. */
static void
add_rule_pages(const struct draft *draft)
{
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        if (census_findings(draft->plan->census, rule->slug) > 0)
            add_page(draft, (struct page){.kind = &rule_page,
                                          .rule = rule,
                                          .stem = g_strconcat("rules/", rule->slug, NULL)});
}

static const struct page_kind map_page = {"map", "diagrams", fill_map, NULL};

/* The map of a database without tables would be empty. People refer to their viewpoints. */
static bool
area_has_page(const struct area *area)
{
    return area->table_count > 0 || area->origin == AREA_VIEWPOINT;
}

static void
add_map_pages(const struct draft *draft)
{
    const struct areas *areas = draft->plan->areas;
    for (size_t i = 0; i < areas->count; i++)
        if (area_has_page(areas->items[i]))
            add_page(draft, (struct page){.kind = &map_page,
                                          .area = areas->items[i],
                                          .stem = stem_of_area(areas->items[i])});
}

static const struct page_kind migrations_page = {"migrations", "migrations", fill_migrations,
                                                 count_migrations};
static const struct page_kind migration_page = {"migration", "migrations", fill_migration, NULL};

static void
add_migration_pages(const struct draft *draft)
{
    const struct rehearsal *rehearsal = draft->plan->rehearsal;
    if (rehearsal == NULL)
        return;
    add_page(draft, (struct page){.kind = &migrations_page, .stem = g_strdup("migrations/index")});
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < rehearsal->count; i++) {
        const struct migration_evidence *migration = &rehearsal->items[i];
        add_page(draft, (struct page){.kind = &migration_page,
                                      .migration = migration,
                                      .stem = stem_of_migration(migration->migration, i, taken)});
    }
}

static size_t
count_runbooks(const struct plan *plan, const struct page *page)
{
    (void)page;
    return runbooks_count(plan->runbooks);
}

static const struct page_kind runbooks_page = {"runbooks", "runbooks", fill_runbooks,
                                               count_runbooks};
static const struct page_kind runbook_page = {"runbook", "runbooks", fill_runbook, NULL};

static void
add_runbook_pages(const struct draft *draft)
{
    const struct runbooks *runbooks = draft->plan->runbooks;
    if (runbooks_count(runbooks) == 0)
        return;
    add_page(draft, (struct page){.kind = &runbooks_page, .stem = g_strdup("runbooks/index")});
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < runbooks->count; i++)
        if (runbooks->items[i] != NULL)
            add_page(draft, (struct page){.kind = &runbook_page,
                                          .runbook = runbooks->items[i],
                                          .stem = stem_of_runbook(runbooks->items[i], i, taken)});
}

static size_t
count_decisions(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->decisions;
}

static const struct page_kind decisions_page = {"decisions", "decisions", fill_decisions,
                                                count_decisions};
static const struct page_kind decision_page = {"decision", "decisions", fill_decision, NULL};

static void
add_decision_pages(const struct draft *draft, const struct model *model)
{
    if (model->decision_count == 0)
        return;
    add_page(draft, (struct page){.kind = &decisions_page, .stem = g_strdup("decisions/index")});
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < model->decision_count; i++)
        add_page(draft, (struct page){.kind = &decision_page,
                                      .decision = &model->decisions[i],
                                      .stem = stem_of_decision(&model->decisions[i], taken)});
}

static const struct page_kind queries_page = {"queries", "queries", fill_queries, queries_listed};
static const struct page_kind query_page = {"query", "queries", fill_query, NULL};

static const struct page_kind matrix_page = {"matrix", "queries", fill_matrix, matrix_lines};

static void
add_query_pages(const struct draft *draft)
{
    const struct workload *workload = draft->plan->workload;
    if (workload == NULL || workload->count == 0)
        return;
    add_page(draft, (struct page){.kind = &queries_page, .stem = g_strdup("queries/index")});
    if (draft->plan->matrix_rows > 0)
        add_page(draft, (struct page){.kind = &matrix_page, .stem = g_strdup("queries/matrix")});
    for (size_t i = 0; i < workload->count; i++)
        add_page(draft, (struct page){.kind = &query_page,
                                      .query = &workload->queries[i],
                                      .stem = stem_of_query(&workload->queries[i])});
}

static const struct page_kind changelog_page = {"changelog", NULL, fill_changelog,
                                                changelog_releases};

static void
add_changelog_page(const struct draft *draft)
{
    if (draft->plan->releases != NULL)
        add_page(draft, (struct page){.kind = &changelog_page, .stem = g_strdup("changelog")});
}

static size_t
count_missing(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->coverage->missing_count;
}

static const struct page_kind coverage_page = {"coverage", NULL, fill_coverage, count_missing};

static void
add_coverage_page(const struct draft *draft)
{
    if (draft->plan->coverage->share_count > 0)
        add_page(draft, (struct page){.kind = &coverage_page, .stem = g_strdup("coverage")});
}

static size_t
count_roles(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->database->catalog->roles.count;
}

static const struct page_kind access_page = {"access", NULL, fill_access, count_roles};

/* Migrations that grant nothing leave open who may do what. */
static struct access *
find_access(const struct database *database)
{
    const struct catalog *catalog = database->catalog;
    bool told = catalog->roles.count + catalog->default_privileges.count > 0;
    bool known = catalog->access != access_source_UNKNOWN && access_is_seen(catalog);
    return known && told ? access_new(database) : NULL;
}

static void
add_access_page(const struct draft *draft)
{
    if (draft->plan->access != NULL)
        add_page(draft, (struct page){.kind = &access_page, .stem = g_strdup("access")});
}

static void
add_family_pages(const struct draft *draft)
{
    for (const struct family *family = families; family->title != NULL; family++)
        if (family_count(family, draft->plan->database->catalog) > 0)
            add_page(draft, (struct page){.kind = &family->kind,
                                          .family = family,
                                          .stem = g_strdup(family->kind.name)});
}

static int
compare_pages(const void *a, const void *b)
{
    const struct page *x = a;
    const struct page *y = b;
    int order = strcmp(x->stem, y->stem);
    return order != 0 ? order : (x->part > y->part) - (x->part < y->part);
}

static void
give_hues(struct plan *plan, const struct catalog *catalog)
{
    plan->hues = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < catalog->schemas.count; i++)
        g_hash_table_insert(plan->hues, (gpointer)(guintptr)catalog->schemas.items[i].name,
                            GUINT_TO_POINTER(i % HUES + 1));
}

static void
collect_pages(struct plan *plan, const struct model *model)
{
    struct draft draft = {plan, g_array_new(FALSE, FALSE, sizeof(struct page))};
    for (size_t i = 0; i < G_N_ELEMENTS(top_pages); i++)
        add_page(&draft,
                 (struct page){.kind = &top_pages[i].kind, .stem = g_strdup(top_pages[i].stem)});
    object_walk(model->catalog, add_object_page, &draft);
    add_rule_pages(&draft);
    add_map_pages(&draft);
    add_migration_pages(&draft);
    add_runbook_pages(&draft);
    add_decision_pages(&draft, model);
    add_query_pages(&draft);
    add_changelog_page(&draft);
    add_access_page(&draft);
    add_coverage_page(&draft);
    add_family_pages(&draft);
    plan->count = draft.pages->len;
    plan->pages = (struct page *)(void *)g_array_free(draft.pages, FALSE);
    qsort(plan->pages, plan->count, sizeof *plan->pages, compare_pages);
}

static const struct coverage *
find_coverage(const struct model *model, const struct rehearsal *rehearsal)
{
    GHashTable *made = history_made(model->database, rehearsal);
    const struct coverage *coverage = coverage_new(model->arena, model, made);
    if (made != NULL)
        g_hash_table_unref(made);
    return coverage;
}

static const void *
subject_of(const struct page *page)
{
    const void *migration = page->migration != NULL ? page->migration->migration : NULL;
    const void *const subjects[] = {page->object,  page->rule,     page->area,  migration,
                                    page->runbook, page->decision, page->query, page->family};
    size_t i = 0;
    while (i + 1 < G_N_ELEMENTS(subjects) && subjects[i] == NULL)
        i++;
    return subjects[i];
}

struct plan *
plan_new(const struct model *model, const struct findings *findings,
         const struct rehearsal *rehearsal, const struct runbooks *runbooks,
         const struct releases *releases)
{
    struct plan *plan = g_new0(struct plan, 1);
    plan->database = model->database;
    plan->rehearsal = rehearsal;
    plan->runbooks = runbooks;
    plan->releases = releases;
    plan->decisions = model->decision_count;
    plan->workload = model->workload;
    g_autoptr(GArray) rows = matrix_rows(model);
    plan->matrix_rows = rows->len;
    plan->history = history_new(model->database, rehearsal);
    plan->applied = applied_new(model->catalog, rehearsal != NULL ? rehearsal->migrations : NULL);
    plan->areas = areas_new(model);
    plan->access = find_access(model->database);
    plan->coverage = find_coverage(model, rehearsal);
    plan->census = census_new(model, findings, plan->areas, plan->access);
    collect_pages(plan, model);
    plan->by_subject = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < plan->count; i++) {
        struct page *page = &plan->pages[i];
        const void *subject = subject_of(page);
        if (subject != NULL && page->part == 0)
            g_hash_table_insert(plan->by_subject, (gpointer)(guintptr)subject, page);
    }
    give_hues(plan, model->catalog);
    return plan;
}

void
plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan->count; i++) {
        g_free(plan->pages[i].stem);
        g_free(plan->pages[i].path);
    }
    g_free(plan->pages);
    census_free(plan->census);
    access_free(plan->access);
    g_hash_table_unref(plan->history);
    applied_free(plan->applied);
    areas_free(plan->areas);
    g_hash_table_unref(plan->by_subject);
    g_hash_table_unref(plan->hues);
    g_free(plan);
}

struct rows
page_rows(const struct page *page)
{
    if (page->parts == 1)
        return (struct rows){0, SIZE_MAX};
    return (struct rows){page->part * ROWS_OF_PART, (page->part + 1) * ROWS_OF_PART};
}

unsigned
plan_hue(const struct plan *plan, const char *schema)
{
    unsigned hue = schema == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(plan->hues, schema));
    return hue == 0 ? HUES : hue;
}

const char *
page_root(const struct page *page)
{
    return page->kind->folder == NULL ? "" : "../";
}

/* Where an object is shown: on a page, and there at the anchor of `spot` (NULL: the page is its
 * own). */
struct place {
    const struct page *page;
    const struct object *spot;
};

static const void *
schema_of(const struct plan *plan, const struct object *object)
{
    const char *names[] = {object_schema(object)};
    g_autofree char *path = address_path(names, 1, NULL);
    return database_find(plan->database, "schema", path);
}

/* What an object without a page is shown with; NULL for none. */
static const void *
shown_with(const struct plan *plan, const struct object *object)
{
    if (family_of(object->kind) != NULL)
        return family_of(object->kind);
    if (object->kind == &kind_table)
        return table_root((const struct table *)(const void *)object);
    if (object->kind == &kind_index)
        return ((const struct index *)(const void *)object)->partition_of.object != NULL
                   ? ((const struct index *)(const void *)object)->partition_of.object
                   : object->parent;
    if (object->kind == &kind_sequence)
        return schema_of(plan, object);
    if (object->kind == &kind_history)
        return database_find(plan->database, "table", object->path);
    return object->parent;
}

/* The part of a page of many rows that lists the object. */
static const struct page *
part_with(const struct plan *plan, const struct page *page, const struct object *object)
{
    if (page == NULL || page->parts == 1)
        return page;
    if (page->family != NULL)
        return page + family_row(plan->database->catalog, object) / ROWS_OF_PART;
    if (object->kind != &kind_sequence)
        return page;
    const char *schema = object_name(page->object);
    return page + census_row(census_schema(plan->census, schema), object) / ROWS_OF_PART;
}

static struct place
find_place(const struct plan *plan, const struct object *object)
{
    struct place place = {g_hash_table_lookup(plan->by_subject, object), NULL};
    for (const struct object *with = object; place.page == NULL; object = with) {
        with = shown_with(plan, object);
        if (with == NULL || with == object)
            break;
        place.page = part_with(plan, g_hash_table_lookup(plan->by_subject, with), object);
        /* A partition's column is shown with the partition, an index partition by its root. */
        place.spot = object->kind == &kind_history || object->kind == &kind_index ? NULL : object;
    }
    return place;
}

const struct page *
plan_page(const struct plan *plan, const void *object)
{
    return find_place(plan, object).page;
}

char *
plan_href(const struct plan *plan, const struct page *from, const void *object)
{
    if (object == plan->database->catalog)
        return plan_href_top(from, "index.html");
    struct place place = find_place(plan, object);
    if (place.page == NULL)
        return NULL;
    g_autofree char *anchor = place.spot == NULL ? NULL : anchor_of(place.spot);
    if (place.page == from)
        return g_strconcat("#", anchor != NULL ? anchor : "top", NULL);
    return g_strconcat(page_root(from), place.page->path, anchor != NULL ? "#" : NULL, anchor,
                       NULL);
}

/* Of what always has a page of its own, if it has one. */
static char *
href_of_subject(const struct plan *plan, const struct page *from, const void *subject)
{
    const struct page *page = g_hash_table_lookup(plan->by_subject, subject);
    return page == NULL ? NULL : g_strconcat(page_root(from), page->path, NULL);
}

char *
plan_href_area(const struct plan *plan, const struct page *from, const struct area *area)
{
    return href_of_subject(plan, from, area);
}

char *
plan_href_rule(const struct plan *plan, const struct page *from, const struct rule *rule)
{
    return href_of_subject(plan, from, rule);
}

char *
plan_href_migration(const struct plan *plan, const struct page *from,
                    const struct migration *migration)
{
    return href_of_subject(plan, from, migration);
}

char *
plan_href_runbook(const struct plan *plan, const struct page *from, const struct runbook *runbook)
{
    return href_of_subject(plan, from, runbook);
}

char *
plan_href_decision(const struct plan *plan, const struct page *from, const struct decided *decision)
{
    return href_of_subject(plan, from, decision);
}

char *
plan_href_query(const struct plan *plan, const struct page *from, const struct query *query)
{
    return href_of_subject(plan, from, query);
}

char *
plan_href_top(const struct page *from, const char *path)
{
    return g_strconcat(page_root(from), path, NULL);
}
