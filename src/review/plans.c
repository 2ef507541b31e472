/* plans.c - which queries a new index helps, and what one that goes did for them, as plans on both
 * sides of the change show it. Without statistics nothing is said of costs. */
#include "review/brief.h"

#include "base/text.h"
#include "config/language.h"
#include "planner/planner.h"
#include "workload/workload.h"

/* ---- words ---- */

/* "`list_posts` (`queries/blog.sql:12`)" */
static const char *
query_words(const struct brief *brief, const struct query *query)
{
    const char *name = brief_code(brief, query->name);
    if (query->file == NULL)
        return arena_printf(brief->arena, "%s, which was logged or counted", name);
    g_autofree char *place = g_strdup_printf("%s:%u", query->file, query->line);
    return arena_printf(brief->arena, "%s (%s)", name, brief_code(brief, place));
}

/* "finds rows, by `(posts.author_id = $1)`" */
static const char *
does_words(const struct brief *brief, const struct index_use *use)
{
    g_autofree char *does = planned_does(use);
    if (use->condition == NULL)
        return arena_text(brief->arena, does, -1);
    return arena_printf(brief->arena, "%s, by %s", does, brief_code(brief, use->condition));
}

static const char *
times_words(const struct brief *brief, double factor)
{
    g_autofree char *times = language_times(model_language(brief->sources->after), factor);
    return arena_text(brief->arena, times, -1);
}

/* What holds of all plans holds of the weakest. */
static bool
is_by_statistics(const struct query_plans *plans)
{
    bool all = plans != NULL && plans->by_statistics;
    for (size_t i = 0; all && i < plans->count; i++)
        all = plans->items[i].problem != NULL || plans->items[i].basis == PLANS_BY_STATISTICS;
    return all;
}

static const char *
basis_words(const struct brief *brief)
{
    const struct query_plans *plans = brief->sources->after->plans;
    if (plans == NULL)
        return NULL;
    if (is_by_statistics(plans))
        return arena_printf(brief->arena,
                            "Costs are those of generic plans of PostgreSQL %s by the statistics "
                            "that dbdoc.yml names; nothing was run.",
                            plans->server);
    return arena_printf(brief->arena,
                        "Shown by plans of PostgreSQL %s, without statistics%s: that an index can "
                        "do this is proved; whether it is chosen depends on the rows.",
                        plans->server, plans->by_statistics ? " of all tables" : "");
}

/* ---- new indexes ---- */

/* Whether an index that was there can do for the query all that a new one can. */
static bool
is_done_already(const struct brief *brief, const struct planned_use *planned)
{
    const struct database *before = brief->sources->before->database;
    const struct index_use *use = planned->use;
    for (size_t i = 0; i < planned->plan->use_count; i++) {
        const struct index_use *other = &planned->plan->uses[i];
        if ((other->roles & use->roles) == use->roles && text_equal(other->table, use->table) &&
            database_find(before, "index", other->index) != NULL)
            return true;
    }
    return false;
}

/* Without statistics, what nothing else does; with them, what it is chosen for. */
static bool
is_news(const struct brief *brief, const struct planned_use *planned)
{
    return planned->plan->basis == PLANS_BY_STATISTICS ? planned->use->chosen
                                                       : !is_done_already(brief, planned);
}

static const char *
help_words(const struct brief *brief, const struct planned_use *planned)
{
    const char *query = query_words(brief, planned->plan->query);
    const char *does = does_words(brief, planned->use);
    double factor = planned_factor(planned->plan, planned->use->cost_without);
    if (planned->plan->basis == PLANS_BY_ABILITY)
        return arena_printf(brief->arena, "%s can use it, as no other index: it %s.", query, does);
    if (factor < DEARER_FROM)
        return arena_printf(brief->arena, "%s uses it: it %s. The query costs as much without it.",
                            query, does);
    return arena_printf(brief->arena, "%s uses it: it %s. Without it, the query costs %s as much.",
                        query, does, times_words(brief, factor));
}

static void
add(GPtrArray *sentences, const char *sentence)
{
    g_ptr_array_add(sentences, (gpointer)(guintptr)sentence);
}

/* Those of one basis that are no news, in one sentence. */
static void
add_others(const struct brief *brief, const struct planned_uses *uses, enum plan_basis basis,
           GPtrArray *sentences)
{
    g_autoptr(GString) names = g_string_new(NULL);
    size_t count = 0;
    for (size_t i = 0; i < uses->count; i++) {
        const struct planned_use *planned = uses->items[i];
        if (planned->plan->basis != basis || is_news(brief, planned))
            continue;
        g_string_append_printf(names, "%s%s", count++ > 0 ? ", " : "",
                               brief_code(brief, planned->plan->query->name));
    }
    if (count > 0)
        add(sentences, arena_printf(brief->arena,
                                    basis == PLANS_BY_STATISTICS
                                        ? "%s could use it, and %s planned without it: another way "
                                          "costs no more."
                                        : "%s could use it, and %s served alike by an index that "
                                          "was there.",
                                    names->str, count == 1 ? "is" : "are"));
}

struct names
brief_helps(const struct brief *brief, const struct index *index)
{
    const struct model *after = brief->sources->after;
    const struct planned_uses *uses = model_index_uses(after, index);
    size_t known = model_planned_count(after);
    g_autoptr(GPtrArray) sentences = g_ptr_array_new();
    if (known == 0 || !model_index_is_planned(after, index))
        return (struct names){0};
    for (size_t i = 0; i < uses->count; i++)
        if (is_news(brief, uses->items[i]))
            add(sentences, help_words(brief, uses->items[i]));
    add_others(brief, uses, PLANS_BY_STATISTICS, sentences);
    add_others(brief, uses, PLANS_BY_ABILITY, sentences);
    if (uses->count == 0)
        add(sentences,
            known == 1
                ? "The one query that is known here cannot use it."
                : arena_printf(brief->arena, "Of %s queries that are known here, none can use it.",
                               brief_number(brief, (int64_t)known)));
    return names_keep(brief->arena, sentences);
}

/* ---- indexes that go ---- */

/* What does now what the index did for the query; NULL for nothing. */
static const struct index_use *
find_successor(const struct query_plan *plan, const struct index_use *then)
{
    for (size_t i = 0; i < plan->use_count; i++)
        if ((plan->uses[i].roles & then->roles) == then->roles &&
            text_equal(plan->uses[i].table, then->table))
            return &plan->uses[i];
    return NULL;
}

static const char *
cost_words(const struct brief *brief, const struct query_plan *before,
           const struct query_plan *after)
{
    double factor = planned_factor(before, after->root->total_cost);
    if (factor < DEARER_FROM)
        return "The query costs no more than before.";
    return arena_printf(brief->arena, "The query costs %s as much as before.",
                        times_words(brief, factor));
}

static const char *
fate_words(const struct brief *brief, const struct planned_use *then,
           const struct query_plan *after)
{
    if (after == NULL || after->problem != NULL || after->root == NULL)
        return "It cannot be planned any more.";
    if (then->plan->basis == PLANS_BY_STATISTICS && after->basis == PLANS_BY_STATISTICS)
        return cost_words(brief, then->plan, after);
    const struct index_use *successor = find_successor(after, then->use);
    if (successor == NULL)
        return "No index does all of that any more.";
    return arena_printf(brief->arena, "Now %s does.", brief_code(brief, successor->index));
}

static void
add_gone(const struct brief *brief, GArray *gone, const struct index *index)
{
    const struct planned_uses *uses = model_index_uses(brief->sources->before, index);
    g_autoptr(GPtrArray) sentences = g_ptr_array_new();
    for (size_t i = 0; i < uses->count; i++) {
        const struct planned_use *then = uses->items[i];
        const struct query_plan *after = model_query_plan(brief->sources->after, then->plan->query);
        add(sentences,
            arena_printf(brief->arena, "%s: it %s. %s", query_words(brief, then->plan->query),
                         does_words(brief, then->use), fate_words(brief, then, after)));
    }
    const struct review_gone_index item = {index, uses, names_keep(brief->arena, sentences)};
    if (uses->count > 0)
        g_array_append_val(gone, item);
}

void
review_list_gone_indexes(struct brief *brief)
{
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(struct review_gone_index));
    const GPtrArray *changes = brief->sources->changes;
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (change->kind == CHANGE_REMOVED && change->before->kind == &kind_index)
            add_gone(brief, gone, (const struct index *)(const void *)change->before);
    }
    brief->review->gone_index_count = gone->len;
    brief->review->gone_indexes = arena_keep(brief->arena, gone);
    brief->review->plans_basis = basis_words(brief);
    if (brief->review->plans_basis != NULL && !is_by_statistics(brief->sources->after->plans))
        brief->review->plans_caveat = "Shown without statistics: whether it is chosen depends on "
                                      "the rows.";
}
