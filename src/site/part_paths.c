/* part_paths.c - how queries reach the rows of a table, and how its updates are written. Each
 * statement says how it is known: proved, estimated or observed. */
#include "site/parts.h"

#include "catalog/address.h"
#include "catalog/shown.h"
#include "model/plans.h"
#include "site/words.h"

/* Queries that go one way, by what is known of them. */
struct way {
    size_t estimated; /* by statistics */
    size_t proved;    /* by ability alone */
};

static void
count_in(struct way *way, const struct query_plan *plan)
{
    if (plan->basis == PLANS_BY_STATISTICS)
        way->estimated++;
    else
        way->proved++;
}

/* Whether a step reads the table, or a partition of it, as a whole. */
static bool
reads_whole(const struct database *database, const struct plan_node *node,
            const struct table *table)
{
    if (g_str_equal(node->type, "Seq Scan") && node->schema != NULL && node->relation != NULL) {
        const char *const parts[] = {node->schema, node->relation};
        g_autofree char *path = address_path(parts, G_N_ELEMENTS(parts), NULL);
        const struct table *read = database_find(database, "table", path);
        if (read != NULL && (read == table || table_root(read) == table))
            return true;
    }
    for (size_t i = 0; i < node->count; i++)
        if (reads_whole(database, &node->children[i], table))
            return true;
    return false;
}

static struct way
count_whole(const struct model *model, const struct table *table)
{
    struct way way = {0};
    for (size_t i = 0; i < model->plans->count; i++) {
        const struct query_plan *plan = &model->plans->items[i];
        const struct plan_node *shown = plan->basis == PLANS_BY_STATISTICS ? plan->root
                                                                           : plan->able;
        if (shown != NULL && reads_whole(model->database, shown, table))
            count_in(&way, plan);
    }
    return way;
}

/* By statistics those whose plan uses it, else those that it can serve. */
static struct way
count_by_index(const struct model *model, const struct index *index)
{
    const struct planned_uses *uses = model_index_uses(model, index);
    struct way way = {0};
    for (size_t i = 0; i < uses->count; i++)
        if (uses->items[i]->use->chosen || uses->items[i]->plan->basis == PLANS_BY_ABILITY)
            count_in(&way, uses->items[i]->plan);
    return way;
}

/* The section, from its first statement on. */
struct statements {
    struct sheet *sheet;
    xmlNode *facts; /* NULL: there is none yet */
};

static xmlNode *
add_fact(struct statements *statements, const char *label)
{
    if (statements->facts == NULL) {
        xmlNode *section = sheet_section(statements->sheet, "paths", "How its rows are reached",
                                         -1);
        sheet_hint(section, "Estimated: by plans of the known queries with statistics. Proved: by "
                            "plans without. Observed: by counters of the server.");
        statements->facts = tree_element(section, "brief");
    }
    xmlNode *fact = tree_element(statements->facts, "fact");
    tree_text_element(fact, "head", label);
    return tree_element(fact, "text");
}

/* "3 queries (estimated); 1 query that it can serve (proved)"; nothing for none. */
static void
add_way(struct statements *statements, const char *label, struct way way, const char *proved)
{
    if (way.estimated + way.proved == 0)
        return;
    xmlNode *text = add_fact(statements, label);
    g_autofree char *estimated = words_count((int64_t)way.estimated, "query");
    g_autofree char *able = words_count((int64_t)way.proved, "query");
    g_autofree char *first = g_strdup_printf("%s (estimated)", estimated);
    g_autofree char *second = g_strdup_printf("%s that %s (proved)", able, proved);
    tree_text(text, way.estimated > 0 ? first : "");
    tree_text(text, way.estimated > 0 && way.proved > 0 ? "; " : "");
    tree_text(text, way.proved > 0 ? second : "");
}

static void
add_ways(struct statements *statements, const struct table *table)
{
    const struct model *model = statements->sheet->site->model;
    if (model->plans == NULL)
        return;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        g_autofree char *name = shown_name(index->name);
        g_autofree char *label = g_strdup_printf("Reached by %s", name);
        add_way(statements, label, count_by_index(model, index), "it can serve");
    }
    add_way(statements, "Read as a whole", count_whole(model, table), "no index serves there");
}

static void
add_updates(struct statements *statements, const struct table *table)
{
    const struct model *model = statements->sheet->site->model;
    g_autoptr(GPtrArray) family = table_family(model, table);
    int64_t updated = 0;
    int64_t hot = 0;
    for (guint i = 0; i < family->len; i++) {
        const struct table_observation *seen = model_observed_table(model, family->pdata[i]);
        if (seen != NULL && seen->updated > 0 && seen->hot_updated >= 0) {
            updated += seen->updated;
            hot += seen->hot_updated;
        }
    }
    if (updated == 0)
        return;
    g_autofree char *share = words_share(hot, updated);
    g_autofree char *count = words_count(updated, "update");
    g_autofree char *since = model->observations->counters_since != NULL
                                 ? words_moment(model->observations->counters_since)
                                 : NULL;
    g_autofree char *words = g_strdup_printf("%s of %s wrote to no index (observed%s%s)", share,
                                             count, since != NULL ? " since " : "",
                                             since != NULL ? since : "; since when is not known");
    tree_text(add_fact(statements, "Updates in place (HOT)"), words);
}

void
part_paths(struct sheet *sheet, const struct table *table)
{
    struct statements statements = {sheet, NULL};
    add_ways(&statements, table);
    add_updates(&statements, table);
}
