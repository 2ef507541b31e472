/* review_plans.c - before and after are databases of their own; what the rehearsal saw the new
 * migrations do says which indexes matter in both. */
#include "commands/review_plans.h"

#include "base/text.h"
#include "commands/reviewing.h"

static bool
look(void *data, struct cluster *cluster, const char *database, GError **error)
{
    return planned_make(data, cluster, database, error);
}

bool
review_plans_read(struct reviewing *reviewing, GError **error)
{
    struct review_plans *plans = &reviewing->plans;
    struct arena *arena = reviewing->reading.arena;
    const struct config *config = reviewing->reading.config;
    if (g_hash_table_size(reviewing->added) == 0)
        return true;
    if (!workload_read_files(arena, config->root, config->queries, &plans->workload, error) ||
        !workload_read_seen(arena, config->root, &config->workload, &plans->workload, error))
        return false;
    plans->wanted = plans->workload.count > 0;
    return !plans->wanted ||
           (planned_begin(&plans->before, arena, config, &plans->workload, error) &&
            planned_begin(&plans->after, arena, config, &plans->workload, error));
}

static void
take_difference(struct plan_scope *scope, const struct difference *difference)
{
    bool whole = difference->title == NULL;
    bool is_table = text_equal(difference->word, "table");
    if (!text_equal(difference->word, "index") && !(is_table && whole))
        return;
    g_hash_table_add(scope->changed, g_strdup(difference->path));
    if (is_table)
        g_hash_table_add(scope->tables, g_strdup(difference->path));
}

/* An index that a snapshot has, and that goes. */
static void
take_tables(const struct reviewing *reviewing, struct plan_scope *scope)
{
    GHashTableIter iter;
    gpointer path = NULL;
    for (g_hash_table_iter_init(&iter, scope->changed);
         reviewing->before != NULL && g_hash_table_iter_next(&iter, &path, NULL);) {
        const struct object *index = database_find(reviewing->before, "index", path);
        if (index != NULL && index->parent != NULL)
            g_hash_table_add(scope->tables, g_strdup(index->parent->path));
    }
}

void
review_plans_begin(struct reviewing *reviewing)
{
    struct review_plans *plans = &reviewing->plans;
    const struct rehearsal *rehearsal = &reviewing->rehearsal;
    if (!plans->wanted)
        return;
    plans->scope.changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    plans->scope.tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < rehearsal->count; i++) {
        const struct migration_evidence *item = &rehearsal->items[i];
        bool added = g_hash_table_contains(reviewing->added, item->migration);
        for (size_t j = 0; added && j < item->changes.count; j++)
            take_difference(&plans->scope, &item->changes.items[j]);
    }
    take_tables(reviewing, &plans->scope);
    plans->before.scope = plans->after.scope = &plans->scope;
    plans->before_visit = (struct source_visit){.look = look, .data = &plans->before};
    plans->after_visit = (struct source_visit){.look = look, .data = &plans->after};
}

void
review_plans_clear(struct review_plans *plans)
{
    g_clear_pointer(&plans->scope.changed, g_hash_table_unref);
    g_clear_pointer(&plans->scope.tables, g_hash_table_unref);
}

const struct source_visit *
review_plans_before(const struct reviewing *reviewing)
{
    return reviewing->plans.wanted ? &reviewing->plans.before_visit : NULL;
}

const struct source_visit *
review_plans_after(const struct reviewing *reviewing)
{
    return reviewing->plans.wanted ? &reviewing->plans.after_visit : NULL;
}
