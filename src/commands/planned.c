/* planned.c - plans, where a throw-away database is at hand. What goes wrong is told, and ends
 * nothing: the rest of the result is true without plans. */
#include "commands/planned.h"

#include "base/failure.h"
#include "commands/message.h"

/* False in *known: plans do without. */
static bool
import(struct planned *planned, struct cluster *cluster, const char *database,
       struct known_rows *rows, bool *known, GError **error)
{
    GError *problem = NULL;
    *known = planned->has_statistics &&
             statistics_import(&planned->statistics, cluster, database, rows, &problem);
    if (problem != NULL)
        return message_failure(problem, "plans do without the statistics", error);
    if (*known && rows->misfits > 0) {
        g_autofree char *words = g_strdup_printf(
            "the statistics have lists of values that are none of their types, for %u of the "
            "columns: plans do without these lists. Export them again.",
            rows->misfits);
        message_warning(words);
    }
    return true;
}

bool
planned_make(struct planned *planned, struct cluster *cluster, const char *database, GError **error)
{
    struct known_rows rows = {0};
    bool known = false;
    GError *problem = NULL;
    if (!import(planned, cluster, database, &rows, &known, error))
        return false;
    const struct plan_request request = {
        .arena = planned->arena,
        .cluster = cluster,
        .database = database,
        .workload = planned->workload,
        .known = known ? &rows : NULL,
        .scope = planned->scope,
    };
    planned->has_plans = plan_queries(&request, &planned->plans, &problem);
    known_rows_clear(&rows);
    return planned->has_plans ||
           message_failure(problem, "which index serves which query is not known", error);
}

bool
planned_begin(struct planned *planned, struct arena *arena, const struct config *config,
              const struct workload *workload, GError **error)
{
    *planned = (struct planned){
        .arena = arena,
        .workload = workload,
        .has_statistics = config->statistics != NULL,
    };
    return !planned->has_statistics ||
           statistics_read(arena, config->root, config->statistics, &planned->statistics, error) ||
           failure_prefix(error, "%s, statistics: ", config->file);
}

static size_t
count_estimated(const struct query_plans *plans)
{
    size_t count = 0;
    for (size_t i = 0; i < plans->count; i++)
        count += plans->items[i].problem == NULL && plans->items[i].basis == PLANS_BY_STATISTICS;
    return count;
}

char *
planned_summary(const struct planned *planned)
{
    const struct query_plans *plans = &planned->plans;
    GString *words = g_string_new(NULL);
    g_string_printf(words, "Planned %zu queries on PostgreSQL %s with %u EXPLAINs", plans->count,
                    plans->server, plans->explained);
    if (plans->by_statistics)
        g_string_append_printf(words, ", %zu of them by statistics%s%s", count_estimated(plans),
                               plans->date != NULL ? " of " : "",
                               plans->date != NULL ? plans->date : "");
    g_string_append_c(words, '.');
    if (plans->tried > 0)
        g_string_append_printf(words, " Tried %u indexes that are not there%s.", plans->tried,
                               plans->untried > 0 ? ", of more" : "");
    return g_string_free(words, FALSE);
}
