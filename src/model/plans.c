/* plans.c - plans, looked up by query and by index. */
#include "model/plans.h"

#include "base/group.h"

static const struct {
    unsigned roles; /* all of them */
    const char *words;
} role_words[] = {
    {USE_FILTER, "finds rows"},
    {USE_JOIN, "finds the rows of a join"},
    {USE_ORDER | USE_LIMIT, "gives the order, so that LIMIT can stop early"},
    {USE_ORDER, "gives the order"},
    {USE_BEGIN_ORDER | USE_LIMIT,
     "gives the first part of the order, so that LIMIT can stop early"},
    {USE_BEGIN_ORDER, "gives the first part of the order"},
    {USE_UNIQUENESS, "shows that a join finds one row at most"},
    {USE_ARBITER, "settles ON CONFLICT"},
};

char *
planned_does(const struct index_use *use)
{
    GString *words = g_string_new(NULL);
    unsigned rest = use->roles;
    for (size_t i = 0; i < G_N_ELEMENTS(role_words); i++) {
        if ((rest & role_words[i].roles) != role_words[i].roles)
            continue;
        rest &= ~role_words[i].roles;
        g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", role_words[i].words);
    }
    return g_string_free(words, FALSE);
}

const struct object *
planned_index(const struct model *model, const struct index_use *use)
{
    return database_find(model->database, "index", use->index);
}

static void
add_plan(struct model *model, const struct query_plan *plan, GHashTable *groups)
{
    g_hash_table_insert(model->query_plans, group_key(plan->query), group_key(plan));
    for (size_t i = 0; i < plan->use_count; i++) {
        const struct object *index = planned_index(model, &plan->uses[i]);
        if (index == NULL)
            continue;
        struct planned_use *use = arena_alloc(model->arena, sizeof *use);
        *use = (struct planned_use){plan, &plan->uses[i]};
        group_add(groups, index, use);
    }
}

void
plans_fill(struct model *model)
{
    const struct query_plans *plans = model->plans;
    if (plans == NULL)
        return;
    g_autoptr(GHashTable) groups = groups_new();
    for (size_t i = 0; i < plans->count; i++)
        add_plan(model, &plans->items[i], groups);
    GHashTableIter iter;
    gpointer index = NULL;
    gpointer group = NULL;
    for (g_hash_table_iter_init(&iter, groups); g_hash_table_iter_next(&iter, &index, &group);) {
        struct planned_uses *list = arena_alloc(model->arena, sizeof *list);
        list->count = ((const GPtrArray *)group)->len;
        list->items = group_keep(model->arena, group);
        g_hash_table_insert(model->planned_uses, index, list);
    }
}

const struct query_plan *
model_query_plan(const struct model *model, const struct query *query)
{
    return g_hash_table_lookup(model->query_plans, query);
}

/* Looked up when a change is reviewed, once a query: a walk is enough. */
const struct query_plan *
model_base_plan(const struct model *model, const struct query *query)
{
    for (size_t i = 0; model->base_plans != NULL && i < model->base_plans->count; i++)
        if (model->base_plans->items[i].query == query)
            return &model->base_plans->items[i];
    return NULL;
}

const struct planned_uses *
model_index_uses(const struct model *model, const struct index *index)
{
    static const struct planned_uses none;
    const struct planned_uses *uses = g_hash_table_lookup(model->planned_uses, index);
    return uses != NULL ? uses : &none;
}

bool
model_index_is_planned(const struct model *model, const struct index *index)
{
    const struct plan_scope *scope = model->plans != NULL ? model->plans->scope : NULL;
    const struct table *table = object_table(index);
    return model->plans != NULL &&
           (scope == NULL || g_hash_table_contains(scope->changed, index->object.path) ||
            (table != NULL && g_hash_table_contains(scope->changed, table->object.path)));
}

double
planned_factor(const struct query_plan *plan, double cost)
{
    bool known = plan->basis == PLANS_BY_STATISTICS && plan->root != NULL && cost > 0;
    return known && plan->root->total_cost > 0 ? cost / plan->root->total_cost : 0;
}

size_t
model_planned_count(const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; model->plans != NULL && i < model->plans->count; i++)
        count += model->plans->items[i].problem == NULL;
    return count;
}
