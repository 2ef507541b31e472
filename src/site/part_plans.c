/* part_plans.c - which index serves which query: on the page of the query, and on that of the
 * index. */
#include "site/parts.h"

#include "catalog/shown.h"
#include "model/plans.h"
#include "site/words.h"

/* What becomes of the query without the index, and without those that stand in for it. NULL where
 * that is not known; free with g_free. */
static char *
without_words(const struct query_plan *plan, const struct index_use *use)
{
    double alone = planned_factor(plan, use->cost_without);
    double family = planned_factor(plan, use->cost_family);
    if (alone == 0)
        return NULL;
    GString *words = g_string_new(NULL);
    g_autofree char *times = words_times(alone);
    if (alone >= DEARER_FROM)
        g_string_append_printf(words, "%s as dear", times);
    else
        g_string_append(words, use->chosen ? "as dear as with it" : "not chosen");
    if (family >= DEARER_FROM && family > alone * DEARER_FROM) {
        g_autofree char *more = words_times(family);
        g_string_append_printf(words, "; %s without all that begin alike", more);
    }
    return g_string_free(words, FALSE);
}

static xmlNode *
add_use(xmlNode *uses, const struct query_plan *plan, const struct index_use *use)
{
    xmlNode *row = tree_element(uses, "use");
    g_autofree char *does = planned_does(use);
    g_autofree char *without = without_words(plan, use);
    tree_attribute(row, "does", does);
    tree_optional(row, "condition", use->condition);
    tree_optional(row, "without", without);
    if (without != NULL)
        tree_attribute(uses, "costs", "yes");
    return row;
}

/* "estimated from statistics of 27 Nov 2026". Free with g_free. */
static char *
statistics_words(const struct query_plans *plans)
{
    g_autofree char *date = plans->date != NULL ? words_date(plans->date) : NULL;
    return date == NULL ? g_strdup("estimated from the statistics that dbdoc.yml names")
                        : g_strdup_printf("estimated from statistics of %s", date);
}

/* How it is known, and what that is worth. */
static void
add_basis(const struct sheet *sheet, xmlNode *section, const char *words, enum plan_basis basis)
{
    const struct query_plans *plans = sheet->site->model->plans;
    g_autofree char *statistics = statistics_words(plans);
    g_autofree char *how =
        basis == PLANS_BY_STATISTICS
            ? g_strdup_printf("Costs are those of generic plans of PostgreSQL "
                              "%s, %s; nothing was run.",
                              plans->server, statistics)
            : g_strdup_printf("Shown by plans of PostgreSQL %s, without "
                              "statistics%s: that an index can do this is "
                              "proved; whether it is chosen depends on the rows.",
                              plans->server, plans->by_statistics ? " of all its tables" : "");
    g_autofree char *hint = g_strdup_printf("%s%s%s", words, *words != '\0' ? " " : "", how);
    sheet_hint(section, hint);
}

static void
add_tampered(xmlNode *section, const struct query_plan *plan)
{
    for (size_t i = 0; i < plan->tampered.count; i++)
        sheet_hint(section, plan->tampered.items[i]);
}

/* "Without blog.posts_author", with the steps that differ then; nothing when none do. */
static void
add_hidden(struct sheet *sheet, xmlNode **list, const struct query_plan *plan,
           const struct plan_node *without, const char *title)
{
    if (without == NULL || !plan_differs(plan->root, without))
        return;
    if (*list == NULL) {
        xmlNode *section = sheet_section(sheet, "without", "Without an index", -1);
        sheet_hint(section, "The plan of the same query when PostgreSQL cannot see an index, and "
                            "when it sees none of those that begin with the same key.");
        *list = tree_element(section, "hidden-indexes");
    }
    const double factor = planned_factor(plan, without->total_cost);
    g_autofree char *times = words_times(factor);
    g_autofree char *dear = g_strdup_printf("%s as dear", times);
    xmlNode *hidden = tree_element(*list, "hidden-index");
    tree_attribute(hidden, "title", title);
    sheet_badge(hidden, factor < DEARER_FROM ? "" : "warn",
                factor < DEARER_FROM ? "not dearer" : dear);
    part_plan_changes(sheet, hidden, plan->root, without);
}

/* Whether the plan without its family was told: with an earlier one of it, or as the plan that is
 * made when one of it is hidden. */
static bool
is_told(const struct query_plan *plan, size_t index)
{
    const struct plan_node *family = plan->uses[index].without_family;
    for (size_t i = 0; i < plan->use_count; i++) {
        const struct index_use *use = &plan->uses[i];
        if (use->without_family == family &&
            (i < index || (use->without != NULL && !plan_differs(use->without, family))))
            return true;
    }
    return false;
}

/* What the planner does when an index is hidden, and all that begin alike. */
static void
add_without(struct sheet *sheet, const struct query_plan *plan)
{
    xmlNode *list = NULL;
    for (size_t i = 0; i < plan->use_count; i++) {
        g_autofree char *name = shown_path(plan->uses[i].index);
        g_autofree char *title = g_strdup_printf("Without %s", name);
        add_hidden(sheet, &list, plan, plan->uses[i].without, title);
    }
    for (size_t i = 0; i < plan->use_count; i++) {
        const struct plan_node *family = plan->uses[i].without_family;
        g_autofree char *name = shown_path(plan->uses[i].index);
        g_autofree char *title = g_strdup_printf("Without all that begin as %s does", name);
        if (family != NULL && !is_told(plan, i))
            add_hidden(sheet, &list, plan, family, title);
    }
}

/* Of what is not known to be dear no costs are told, and of what is no rows were seen. */
static void
add_tree(struct sheet *sheet, const struct query_plan *plan)
{
    const char *server = sheet->site->model->plans->server;
    const bool by_statistics = plan->basis == PLANS_BY_STATISTICS;
    const struct plan_node *root = by_statistics ? plan->root : plan->able;
    if (root == NULL)
        return;
    xmlNode *section = sheet_section(sheet, "steps", "Plan", -1);
    g_autofree char *hint =
        by_statistics
            ? g_strdup_printf("The generic plan of PostgreSQL %s, which holds for all values of "
                              "parameters. A step takes the rows of those below it. Costs and rows "
                              "are estimates: nothing was run, so that no times are known.",
                              server)
            : g_strdup_printf("The generic plan of PostgreSQL %s with all indexes that can serve "
                              "the query: a way that it can go. A step takes the rows of those "
                              "below it. Which way it goes, and what that costs, depends on the "
                              "rows, of which too little is known here.",
                              server);
    sheet_hint(section, hint);
    add_tampered(section, plan);
    part_plan_tree(sheet, section, root, plan->basis);
}

void
part_query_plan(struct sheet *sheet, const struct query *query)
{
    const struct model *model = sheet->site->model;
    const struct query_plan *plan = model_query_plan(model, query);
    if (plan == NULL)
        return;
    xmlNode *section = sheet_section(sheet, "plan", "Indexes that can serve it",
                                     plan->problem == NULL ? (int64_t)plan->use_count : -1);
    if (plan->problem != NULL) {
        g_autofree char *hint = g_strdup_printf("Not known. PostgreSQL %s could not plan it: %s.",
                                                model->plans->server, plan->problem);
        sheet_hint(section, hint);
        return;
    }
    add_basis(sheet, section, plan->use_count == 0 ? "There is none." : "", plan->basis);
    add_tree(sheet, plan);
    add_without(sheet, plan);
    if (plan->use_count == 0)
        return;
    xmlNode *uses = tree_element(section, "uses");
    tree_attribute(uses, "head", "Index");
    for (size_t i = 0; i < plan->use_count; i++) {
        xmlNode *row = add_use(uses, plan, &plan->uses[i]);
        const struct object *index = planned_index(model, &plan->uses[i]);
        g_autofree char *name = shown_path(plan->uses[i].index);
        if (index != NULL)
            sheet_href(sheet, row, index);
        tree_attribute(row, "name", name);
    }
}

static bool
has_basis(const struct planned_uses *list, enum plan_basis basis)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->plan->basis == basis)
            return true;
    return false;
}

/* What is said of all plans holds of the weakest. */
static enum plan_basis
basis_of_all(const struct query_plans *plans)
{
    for (size_t i = 0; i < plans->count; i++)
        if (plans->items[i].problem == NULL && plans->items[i].basis == PLANS_BY_ABILITY)
            return PLANS_BY_ABILITY;
    return PLANS_BY_STATISTICS;
}

void
part_plan_basis(const struct sheet *sheet, xmlNode *section)
{
    add_basis(sheet, section, "", basis_of_all(sheet->site->model->plans));
}

/* "no query" of those that are known is not "unused". */
static void
add_no_use(const struct sheet *sheet, xmlNode *section, const struct index *index)
{
    size_t count = model_planned_count(sheet->site->model);
    g_autofree char *known = words_count((int64_t)count, "query");
    g_autofree char *words = g_strdup_printf("Of %s that %s known, none was seen to use it. "
                                             "Others may%s.",
                                             known, count == 1 ? "is" : "are",
                                             index->predicate != NULL
                                                 ? ", and those that say its predicate in a "
                                                   "parameter"
                                                 : "");
    add_basis(sheet, section, words, basis_of_all(sheet->site->model->plans));
}

void
part_index_queries(struct sheet *sheet, const struct index *index)
{
    const struct model *model = sheet->site->model;
    if (model_planned_count(model) == 0)
        return;
    const struct planned_uses *list = model_index_uses(model, index);
    xmlNode *section = sheet_section(sheet, "queries", "Queries that it can serve",
                                     (int64_t)list->count);
    if (list->count == 0) {
        add_no_use(sheet, section, index);
        return;
    }
    for (int basis = PLANS_BY_ABILITY; basis <= PLANS_BY_STATISTICS; basis++)
        if (has_basis(list, (enum plan_basis)basis))
            add_basis(sheet, section, "", (enum plan_basis)basis);
    xmlNode *uses = tree_element(section, "uses");
    tree_attribute(uses, "head", "Query");
    for (size_t i = 0; i < list->count; i++) {
        xmlNode *row = add_use(uses, list->items[i]->plan, list->items[i]->use);
        part_query_name(sheet, row, list->items[i]->plan->query);
    }
}
