/* page_queries.c - the queries of the workload on one list, and a page for each: what it is for,
 * its text without values, and what it reads and writes. */
#include "site/pages.h"

#include "base/secret.h"
#include "catalog/shown.h"
#include "model/queries.h"
#include "site/links.h"
#include "site/parts.h"
#include "site/tally.h"
#include "site/words.h"

static const char *const kind_words[] = {
    [SHAPE_OTHER] = "no text", [SHAPE_SELECT] = "SELECT", [SHAPE_INSERT] = "INSERT",
    [SHAPE_UPDATE] = "UPDATE", [SHAPE_DELETE] = "DELETE", [SHAPE_MERGE] = "MERGE",
};

static const char *
kind_tone(const struct query *query)
{
    return query->kind == SHAPE_OTHER ? "warn" : "";
}

/* ---- parts of both, and of the pages of tables ---- */

/* The first paragraph of what it is for; where no file says it, how its text begins. */
static void
add_summary(const struct sheet *sheet, xmlNode *parent, const struct query *query)
{
    enum { LETTERS_MOST = 160 };
    if (query->file == NULL && query->text != NULL) {
        const bool whole = g_utf8_strlen(query->text, -1) <= LETTERS_MOST;
        g_autofree char *start = g_utf8_substring(query->text, 0, whole ? -1 : LETTERS_MOST);
        tree_format(parent, "sql", "%s%s", start, whole ? "" : " …");
    }
    if (query->purpose == NULL)
        return;
    struct links links = {.sheet = sheet};
    const struct markdown_links resolver = links_for(&links);
    g_autofree char *safe = secret_mask(query->purpose);
    markdown_append_summary(tree_element(parent, "summary"), safe, &resolver);
}

char *
part_query_title(const struct query *query)
{
    enum { NAMES_MOST = 3 };
    const struct query_references *references = &query->references;
    if (query->file != NULL)
        return shown_name(query->name);
    g_autoptr(GString) title = g_string_new(query->kind == SHAPE_OTHER ? "Statement without text"
                                                                       : kind_words[query->kind]);
    for (size_t i = 0; i < MIN(references->relation_count, (size_t)NAMES_MOST); i++)
        g_string_append_printf(title, "%s%s", i == 0 ? " " : ", ", references->relations[i].name);
    if (references->relation_count > NAMES_MOST)
        g_string_append(title, " …");
    return shown_name(title->str);
}

/* Of its file and line; or what tells it from others. */
static void
add_place(xmlNode *node, const struct query *query)
{
    if (query->file != NULL)
        tree_format(node, "file", "%s:%u", query->file, query->line);
    else
        tree_attribute(node, "file", query->fingerprint);
}

void
part_query_name(const struct sheet *sheet, xmlNode *row, const struct query *query)
{
    g_autofree char *href = plan_href_query(sheet->site->plan, sheet->page, query);
    g_autofree char *name = part_query_title(query);
    tree_attribute(row, "href", href);
    tree_attribute(row, "name", name);
    sheet_badge(row, kind_tone(query), kind_words[query->kind]);
    add_place(row, query);
}

/* <relation> with its <column>s; those of a relation on its own page are enough. */
static void
add_columns(const struct sheet *sheet, xmlNode *node, const struct query_relation *relation)
{
    for (size_t i = 0; i < relation->column_count; i++)
        sheet_object(sheet, node, "column", relation->columns[i], BY_NAME);
}

static xmlNode *
add_relation(const struct sheet *sheet, xmlNode *parent, const struct query_relation *relation)
{
    g_autofree char *path = shown_path(relation->path);
    xmlNode *node = tree_text_element(parent, "relation", path);
    if (relation->object != NULL)
        sheet_href(sheet, node, relation->object);
    tree_flag(node, "written", relation->written);
    return node;
}

void
part_queries(struct sheet *sheet)
{
    const struct object *object = sheet->page->object;
    const struct query_relations *list = model_relation_queries(sheet->site->model, object);
    if (list->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "queries", "Queries", (int64_t)list->count);
    sheet_hint(section, "Queries of the project that name it, as their texts say.");
    xmlNode *queries = tree_element(section, "queries");
    tree_attribute(queries, "head", "Columns that it names");
    for (size_t i = 0; i < list->count; i++) {
        const struct query_relation *relation = list->items[i];
        xmlNode *row = tree_element(queries, "query");
        part_query_name(sheet, row, relation->query);
        add_summary(sheet, row, relation->query);
        tree_flag(row, "written", relation->written);
        if (relation->object != object)
            add_relation(sheet, row, relation);
        add_columns(sheet, row, relation);
    }
}

/* ---- the list ---- */

/* The dearest first; what was not counted stays in its order behind them. */
static gint
by_cost(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct query *const *x = a;
    const struct query *const *y = b;
    const double first = workload_cost(data, *x);
    const double second = workload_cost(data, *y);
    if (first != second)
        return first < second ? 1 : -1;
    return (*x > *y) - (*x < *y);
}

static GPtrArray *
sort_queries(const struct workload *workload)
{
    GPtrArray *sorted = g_ptr_array_sized_new((guint)workload->count);
    for (size_t i = 0; i < workload->count; i++)
        g_ptr_array_add(sorted, (gpointer)(guintptr)&workload->queries[i]);
    g_ptr_array_sort_with_data(sorted, by_cost, (gpointer)(guintptr)workload);
    return sorted;
}

size_t
queries_listed(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->workload->count;
}

static void
add_lead_of_list(struct sheet *sheet, const struct workload *workload)
{
    tree_text_element(sheet_lead(sheet), "summary",
                      workload->reading_count == 0
                          ? "What the program asks this database, as files of the project say it: "
                            "what each query is for, and what it reads and writes."
                          : "What the program asks this database, the dearest first: what each "
                            "query is for, what it reads and writes, and what it was seen to "
                            "cost.");
}

/* How many of those that have a plan an index serves. */
static void
add_tiles(struct sheet *sheet)
{
    const struct query_plans *plans = sheet->site->model->plans;
    if (sheet->site->plan->matrix_rows == 0)
        return;
    size_t planned = 0;
    size_t served = 0;
    for (size_t i = 0; i < plans->count; i++) {
        planned += plans->items[i].problem == NULL;
        served += plans->items[i].use_count > 0;
    }
    xmlNode *tiles = tree_element(sheet_section(sheet, "plans", "At a glance", -1), "tiles");
    xmlNode *tile = tally_tile(tiles, "Served by an index", served, planned,
                               "Which query needs which index");
    sheet_href_top(sheet, tile, "queries/matrix.html");
}

void
fill_queries(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    const struct workload *workload = model->workload;
    g_autoptr(GPtrArray) sorted = sort_queries(workload);
    sheet_crumb(sheet, "Queries", NULL);
    sheet_title(sheet, NULL, "Queries");
    add_lead_of_list(sheet, workload);
    if (sheet->page->part == 0)
        add_tiles(sheet);
    xmlNode *section = sheet_section(sheet, "all", "All queries", (int64_t)workload->count);
    part_workload(sheet, section);
    xmlNode *list = tree_element(section, "queries");
    tree_attribute(list, "head", "Tables and views");
    tree_flag(list, "costs", workload_total_cost(workload) > 0);
    for (size_t i = 0; i < workload->count; i++) {
        if (!sheet_shows(sheet, i))
            continue;
        const struct query *query = sorted->pdata[i];
        const struct query_relations *relations = model_query_relations(model, query);
        xmlNode *row = tree_element(list, "query");
        part_query_name(sheet, row, query);
        add_summary(sheet, row, query);
        part_query_cost(sheet, row, query);
        for (size_t j = 0; j < relations->count; j++)
            add_relation(sheet, row, relations->items[j]);
    }
}

/* ---- one query ---- */

static void
add_lead(struct sheet *sheet, const struct query *query)
{
    xmlNode *lead = sheet_lead(sheet);
    if (query->file == NULL)
        return;
    add_summary(sheet, lead, query);
    tree_attribute(lead, "origin", "file");
    add_place(lead, query);
}

static void
add_purpose(struct sheet *sheet, const struct query *query)
{
    if (query->purpose == NULL || !markdown_has_more(query->purpose))
        return;
    struct links links = {.sheet = sheet};
    const struct markdown_links resolver = links_for(&links);
    g_autofree char *safe = secret_mask(query->purpose);
    xmlNode *section = sheet_section(sheet, "purpose", "What it is for", -1);
    xmlNode *words = tree_element(tree_element(section, "prose"), "words");
    markdown_append(words, safe, &resolver);
    sheet_skip_summary(words);
}

static void
add_text(struct sheet *sheet, const struct query *query)
{
    xmlNode *section = sheet_section(sheet, "text", "Text", -1);
    if (query->layout == NULL) {
        g_autofree char *why = g_strconcat("Its text is not shown: ", query->problem, ".", NULL);
        sheet_hint(section, why);
        return;
    }
    sheet_hint(section, "Values are left out: in the place of each stands a parameter.");
    sheet_sql(section, query->layout);
}

static void
add_parameters(struct sheet *sheet, const struct query *query)
{
    if (query->parameter_names.count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "parameters", "Parameters",
                                     (int64_t)query->parameter_names.count);
    xmlNode *table = tree_element(section, "brief");
    for (size_t i = 0; i < query->parameter_names.count; i++) {
        xmlNode *fact = tree_element(table, "fact");
        g_autofree char *number = g_strdup_printf("$%u", query->first_named + (unsigned)i);
        g_autofree char *name = g_strconcat(":", query->parameter_names.items[i], NULL);
        tree_text_element(tree_element(fact, "head"), "c", number);
        tree_text_element(tree_element(fact, "text"), "c", name);
    }
}

static void
add_relations(struct sheet *sheet, const struct query *query)
{
    const struct query_relations *relations = model_query_relations(sheet->site->model, query);
    if (relations->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "relations", "Tables and views",
                                     (int64_t)relations->count);
    sheet_hint(section, "Read from its text, not from a plan.");
    xmlNode *list = tree_element(section, "query-relations");
    for (size_t i = 0; i < relations->count; i++) {
        xmlNode *row = tree_element(list, "row");
        xmlNode *relation = add_relation(sheet, row, relations->items[i]);
        tree_flag(relation, "unknown", relations->items[i]->object == NULL);
        if (relations->items[i]->object != NULL)
            sheet_summary(sheet, row, relations->items[i]->object);
        add_columns(sheet, row, relations->items[i]);
    }
}

static void
add_findings(struct sheet *sheet, const struct query *query)
{
    g_autoptr(GPtrArray) findings = findings_of(sheet->site->findings, query);
    if (findings->len == 0)
        return;
    sheet_findings(sheet, sheet_section(sheet, "findings", "Findings", findings->len), findings);
}

void
fill_query(struct sheet *sheet)
{
    const struct query *query = sheet->page->query;
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", "Queries");
    sheet_href_top(sheet, crumb, "queries/index.html");
    g_autofree char *name = part_query_title(query);
    sheet_crumb(sheet, name, NULL);
    sheet_title(sheet, NULL, name);
    tree_format(sheet->root, "title", "%s (query)", name);
    sheet_badge(sheet_head(sheet), kind_tone(query), kind_words[query->kind]);
    sheet_fact(sheet, "Fingerprint", query->fingerprint);
    add_lead(sheet, query);
    add_purpose(sheet, query);
    add_text(sheet, query);
    add_parameters(sheet, query);
    part_query_usage(sheet, query);
    part_query_sites(sheet, query);
    part_query_plan(sheet, query);
    add_relations(sheet, query);
    add_findings(sheet, query);
}
