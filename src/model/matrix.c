/* matrix.c - plans by the tables whose indexes they could use. */
#include "model/matrix.h"

#include "base/group.h"
#include "model/plans.h"
#include "workload/workload.h"

#include <string.h>

static gint
by_cost(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct query_plan *const *x = a;
    const struct query_plan *const *y = b;
    const double first = workload_cost(data, (*x)->query);
    const double second = workload_cost(data, (*y)->query);
    if (first != second)
        return first < second ? 1 : -1;
    return (*x > *y) - (*x < *y);
}

static GPtrArray *
sort_plans(const struct model *model)
{
    GPtrArray *sorted = g_ptr_array_new();
    for (size_t i = 0; i < model->plans->count; i++)
        if (model->plans->items[i].problem == NULL)
            g_ptr_array_add(sorted, (gpointer)(guintptr)&model->plans->items[i]);
    g_ptr_array_sort_with_data(sorted, by_cost, (gpointer)(guintptr)model->workload);
    return sorted;
}

static bool
ends_with(const GPtrArray *group, const struct query_plan *plan)
{
    return group != NULL && group->pdata[group->len - 1] == plan;
}

/* A plan stands once with each of its relations. False: with none. */
static bool
add_plan(const struct model *model, const struct query_plan *plan, GHashTable *groups)
{
    bool served = false;
    for (size_t i = 0; i < plan->use_count; i++) {
        const struct object *index = planned_index(model, &plan->uses[i]);
        if (index == NULL)
            continue;
        served = true;
        if (!ends_with(g_hash_table_lookup(groups, index->parent), plan))
            group_add(groups, index->parent, plan);
    }
    return served;
}

static void
add_rows(GArray *rows, const struct object *relation, const GPtrArray *group)
{
    for (guint i = 0; group != NULL && i < group->len; i++) {
        const struct matrix_row row = {relation, group->pdata[i]};
        g_array_append_val(rows, row);
    }
}

GArray *
matrix_rows(const struct model *model)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct matrix_row));
    if (model->plans == NULL)
        return rows;
    const struct catalog *catalog = model->catalog;
    g_autoptr(GHashTable) groups = groups_new();
    g_autoptr(GPtrArray) plans = sort_plans(model);
    g_autoptr(GPtrArray) unserved = g_ptr_array_new();
    for (guint i = 0; i < plans->len; i++) {
        const struct query_plan *plan = plans->pdata[i];
        if (!add_plan(model, plan, groups) && plan->query->references.relation_count > 0)
            g_ptr_array_add(unserved, plans->pdata[i]);
    }
    for (size_t i = 0; i < catalog->tables.count; i++)
        add_rows(rows, &catalog->tables.items[i].object,
                 g_hash_table_lookup(groups, &catalog->tables.items[i]));
    for (size_t i = 0; i < catalog->views.count; i++)
        add_rows(rows, &catalog->views.items[i].object,
                 g_hash_table_lookup(groups, &catalog->views.items[i]));
    add_rows(rows, NULL, unserved);
    return rows;
}

const struct index_use *
matrix_use(const struct query_plan *plan, const struct object *index)
{
    for (size_t i = 0; i < plan->use_count; i++)
        if (g_str_equal(plan->uses[i].index, index->path))
            return &plan->uses[i];
    return NULL;
}
