/* page_matrix.c - which query needs which index: for each table its queries and its indexes, and
 * queries that no index serves. A table of all queries and all indexes would be nearly empty. */
#include "site/pages.h"

#include "catalog/shown.h"
#include "model/matrix.h"
#include "model/plans.h"
#include "site/parts.h"
#include "site/words.h"

static const struct index_list *
indexes_of(const struct object *relation)
{
    return relation->kind == &kind_table ? &((const struct table *)(const void *)relation)->indexes
                                         : &((const struct view *)(const void *)relation)->indexes;
}

/* What a use comes to in a word or two; `tone` of a badge, NULL for plain words. Free with g_free.
 */
static char *
use_words(const struct query_plan *plan, const struct index_use *use, const char **tone)
{
    const double alone = planned_factor(plan, use->cost_without);
    *tone = NULL;
    if (alone >= DEARER_FROM) {
        *tone = "info";
        return words_times(alone);
    }
    return g_strdup(use->chosen ? "used" : "can");
}

static void
add_cell(xmlNode *line, const struct query_plan *plan, const struct index *index)
{
    const struct index_use *use = matrix_use(plan, &index->object);
    xmlNode *cell = tree_element(line, "cell");
    if (use == NULL)
        return;
    const double family = planned_factor(plan, use->cost_family);
    const char *tone = NULL;
    g_autofree char *words = use_words(plan, use, &tone);
    if (tone != NULL)
        sheet_badge(cell, tone, words);
    else
        tree_attribute(cell, "words", words);
    if (family >= DEARER_FROM && family > planned_factor(plan, use->cost_without) * DEARER_FROM) {
        g_autofree char *times = words_times(family);
        tree_format(cell, "family", "all alike: %s", times);
    }
}

static void
add_line(const struct sheet *sheet, xmlNode *table, const struct matrix_row *row)
{
    const struct index_list *indexes = indexes_of(row->relation);
    xmlNode *line = tree_element(table, "line");
    part_query_name(sheet, line, row->plan->query);
    part_query_cost(sheet, line, row->plan->query);
    for (size_t i = 0; i < indexes->count; i++)
        add_cell(line, row->plan, &indexes->items[i]);
}

static xmlNode *
begin_table(const struct sheet *sheet, xmlNode *section, const struct object *relation)
{
    const struct index_list *indexes = indexes_of(relation);
    xmlNode *table = tree_element(section, "query-matrix");
    sheet_object(sheet, table, "relation", relation, BY_PATH);
    for (size_t i = 0; i < indexes->count; i++)
        sheet_object(sheet, table, "column", &indexes->items[i].object, BY_NAME);
    return table;
}

static size_t
count_served(const GArray *rows)
{
    size_t count = 0;
    while (count < rows->len && g_array_index(rows, struct matrix_row, count).relation != NULL)
        count++;
    return count;
}

/* What stands in the cells. */
static void
add_legend(const struct sheet *sheet, xmlNode *section)
{
    part_plan_basis(sheet, section);
    if (sheet->site->model->plans->by_statistics)
        sheet_hint(section, "A figure says how many times as dear the query is without the index; "
                            "“all alike”, without all that begin with the same key; “used”, that "
                            "its plan uses the index, and is not dearer without.");
    sheet_hint(section, "“can”: the index can serve the query. Empty: it was not seen to. Tables "
                        "whose indexes serve none of the queries are left out.");
}

static void
add_served(struct sheet *sheet, const GArray *rows, size_t count)
{
    const struct object *relation = NULL;
    xmlNode *table = NULL;
    xmlNode *section = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct matrix_row *row = &g_array_index(rows, struct matrix_row, i);
        if (!sheet_shows(sheet, i))
            continue;
        if (section == NULL) {
            section = sheet_section(sheet, "served", "By table", -1);
            add_legend(sheet, section);
            section = tree_element(section, "matrices");
        }
        if (table == NULL || row->relation != relation)
            table = begin_table(sheet, section, row->relation);
        relation = row->relation;
        add_line(sheet, table, row);
    }
}

static void
add_unserved(struct sheet *sheet, const GArray *rows, size_t first)
{
    xmlNode *list = NULL;
    for (size_t i = first; i < rows->len; i++) {
        if (!sheet_shows(sheet, i))
            continue;
        if (list == NULL) {
            xmlNode *section = sheet_section(sheet, "unserved", "Queries that no index serves",
                                             (int64_t)(rows->len - first));
            sheet_hint(section, "Their tables are read as a whole, or written without a look at "
                                "other rows.");
            list = tree_element(tree_element(section, "matrices"), "query-matrix");
        }
        xmlNode *line = tree_element(list, "line");
        const struct query *query = g_array_index(rows, struct matrix_row, i).plan->query;
        part_query_name(sheet, line, query);
        part_query_cost(sheet, line, query);
    }
}

size_t
matrix_lines(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->matrix_rows;
}

void
fill_matrix(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    g_autoptr(GArray) rows = matrix_rows(model);
    const size_t served = count_served(rows);
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", "Queries");
    sheet_href_top(sheet, crumb, "queries/index.html");
    sheet_crumb(sheet, "Queries and indexes", NULL);
    sheet_title(sheet, NULL, "Queries and indexes");
    tree_text_element(sheet_lead(sheet), "summary",
                      "Which query needs which index. Before an index is dropped, its column says "
                      "who would miss it.");
    add_served(sheet, rows, served);
    add_unserved(sheet, rows, served);
}
