/* planner.c - each query with all indexes, with none, and with each of them. */
#include "planner/planner.h"

#include "base/interrupt.h"
#include "base/progress.h"
#include "base/text.h"
#include "planner/asking.h"
#include "planner/candidates.h"
#include "planner/trials.h"

#include <string.h>

/* A query on its way. */
struct inquiry {
    struct asking *asking;
    const struct candidates *candidates;
    const struct plan_request *request;
    const char *text;
    enum pruning pruning;
    GPtrArray *relevant; /* struct index_candidate: on the relations that it reads … */
    GPtrArray *movable;  /* … those of them that may be hidden … */
    GPtrArray *idle;     /* … and those that do nothing for it */
    const struct plan_node *whole;
    const struct plan_node *bare; /* without any index; NULL: it cannot be planned so */
    struct query_plan *plan;
    GArray *uses; /* struct index_use */
};

/* ---- what is hidden ---- */

typedef bool (*index_choice)(const struct index_candidate *candidate,
                             const struct index_candidate *other);

static bool
is_any(const struct index_candidate *candidate, const struct index_candidate *other)
{
    (void)candidate, (void)other;
    return true;
}

static bool
is_another(const struct index_candidate *candidate, const struct index_candidate *other)
{
    return candidate != other;
}

static bool
is_same(const struct index_candidate *candidate, const struct index_candidate *other)
{
    return candidate == other;
}

static bool
begins_alike(const struct index_candidate *candidate, const struct index_candidate *other)
{
    return g_str_equal(candidate->relation, other->relation) &&
           g_str_equal(candidate->family, other->family);
}

static bool
is_beside(const struct index_candidate *candidate, const struct index_candidate *other)
{
    return g_str_equal(candidate->relation, other->relation);
}

static bool
is_another_beside(const struct index_candidate *candidate, const struct index_candidate *other)
{
    return candidate != other && is_beside(candidate, other);
}

/* Those that are chosen, as text of oid[]. Free with g_free. */
static char *
hide(const GPtrArray *movable, index_choice chooses, const struct index_candidate *other)
{
    GString *text = g_string_new("{");
    for (guint i = 0; i < movable->len; i++) {
        const struct index_candidate *candidate = movable->pdata[i];
        for (guint j = 0; chooses(candidate, other) && j < candidate->oids->len; j++)
            g_string_append_printf(text, "%s%s", text->len > 1 ? "," : "",
                                   (const char *)candidate->oids->pdata[j]);
    }
    g_string_append_c(text, '}');
    return g_string_free(text, FALSE);
}

/* NULL in *plan when it cannot be planned so. */
static bool
ask(const struct inquiry *inquiry, enum manner manner, index_choice chooses,
    const struct index_candidate *other, const struct plan_node **plan, GError **error)
{
    const char *problem = NULL;
    g_autofree char *hidden = hide(inquiry->movable, chooses, other);
    const struct wish wish = {inquiry->text, hidden, manner, inquiry->pruning};
    return asking_explain(inquiry->asking, &wish, plan, &problem, error);
}

/* ---- with all indexes, and with none ---- */

static unsigned
count_removed(const struct plan_node *node)
{
    unsigned removed = node->removed;
    for (size_t i = 0; i < node->count; i++)
        removed += count_removed(&node->children[i]);
    return removed;
}

/* Parameters are NULL here, which leaves out partitions: then once more, with all of them. */
static bool
ask_whole(struct inquiry *inquiry, GError **error)
{
    static const char unpruned[] = "All partitions are in the plan, also those that the values of "
                                   "parameters will leave out.";
    struct query_plan *plan = inquiry->plan;
    struct wish wish = {inquiry->text, "{}", BY_COST, PRUNED};
    if (!asking_explain(inquiry->asking, &wish, &inquiry->whole, &plan->problem, error))
        return false;
    if (inquiry->whole == NULL || count_removed(inquiry->whole) == 0)
        return true;
    wish.pruning = inquiry->pruning = UNPRUNED;
    plan->tampered = (struct names){1, arena_array(inquiry->asking->arena, 1, sizeof(char *))};
    plan->tampered.items[0] = unpruned;
    return asking_explain(inquiry->asking, &wish, &inquiry->whole, &plan->problem, error);
}

/* Whether the rows of all tables that it reads are known. */
static bool
is_known(const struct known_rows *known, const struct plan_node *node)
{
    bool good = node->relation == NULL || known_rows_of(known, node->schema, node->relation);
    for (size_t i = 0; good && i < node->count; i++)
        good = is_known(known, &node->children[i]);
    return good;
}

/* ON CONFLICT cannot be planned without its index. */
static bool
ask_bare(struct inquiry *inquiry, GError **error)
{
    for (guint i = 0; i < inquiry->relevant->len; i++)
        if (!candidate_arbitrates(inquiry->relevant->pdata[i], inquiry->whole))
            g_ptr_array_add(inquiry->movable, inquiry->relevant->pdata[i]);
    return ask(inquiry, BY_INDEX, is_any, NULL, &inquiry->bare, error);
}

/* ---- with one ---- */

/* What it does where those that are chosen are hidden, beside the plan where it is hidden, too. */
static bool
look(const struct inquiry *inquiry, const struct index_candidate *candidate, index_choice chooses,
     const struct plan_node *bare, struct index_use *use, GError **error)
{
    const struct plan_node *alone = NULL;
    const struct index_question question = {candidate_is_used, candidate_narrows, candidate};
    if (!ask(inquiry, BY_INDEX, chooses, candidate, &alone, error))
        return false;
    if (alone == NULL)
        return true;
    use->roles |= plan_roles(alone, bare, &question);
    if (use->condition == NULL)
        use->condition = plan_condition(alone, &question);
    return true;
}

/* What it can do: as the only index of all, where nothing else makes it needless; and as the only
 * one of its relation, for an order is lost where other relations must be read in full. */
static bool
look_alone(const struct inquiry *inquiry, const struct index_candidate *candidate,
           struct index_use *use, GError **error)
{
    const struct plan_node *bare = NULL;
    unsigned beside = 0;
    for (guint i = 0; i < inquiry->movable->len; i++)
        beside += is_beside(inquiry->movable->pdata[i], candidate);
    if (candidate_arbitrates(candidate, inquiry->whole))
        use->roles |= USE_ARBITER;
    if (!look(inquiry, candidate, is_another, inquiry->bare, use, error))
        return false;
    if (beside == inquiry->movable->len)
        return true;
    return ask(inquiry, BY_INDEX, is_beside, candidate, &bare, error) &&
           look(inquiry, candidate, is_another_beside, bare, use, error);
}

/* That of a relative, which was asked of the same family before; NULL: none was. */
static const struct index_use *
find_relative(const struct inquiry *inquiry, const struct index_candidate *candidate)
{
    for (guint i = 0; i < inquiry->uses->len; i++) {
        const struct index_use *use = &g_array_index(inquiry->uses, struct index_use, i);
        for (guint j = 0; use->without_family != NULL && j < inquiry->movable->len; j++) {
            const struct index_candidate *other = inquiry->movable->pdata[j];
            if (g_str_equal(other->path, use->index) && begins_alike(other, candidate))
                return use;
        }
    }
    return NULL;
}

/* Those that begin alike are hidden together, so that it is asked once. */
static bool
weigh_family(const struct inquiry *inquiry, const struct index_candidate *candidate,
             struct index_use *use, GError **error)
{
    const struct index_use *relative = find_relative(inquiry, candidate);
    if (relative != NULL)
        use->without_family = relative->without_family;
    else if (!ask(inquiry, BY_COST, begins_alike, candidate, &use->without_family, error))
        return false;
    use->cost_family = use->without_family != NULL ? use->without_family->total_cost : 0;
    return true;
}

/* What the query costs without it, and without those that could stand in for it. */
static bool
weigh(const struct inquiry *inquiry, const struct index_candidate *candidate, struct index_use *use,
      GError **error)
{
    const struct index_question question = {candidate_is_used, candidate_narrows, candidate};
    guint relatives = 0;
    for (guint i = 0; i < inquiry->movable->len; i++)
        relatives += begins_alike(inquiry->movable->pdata[i], candidate);
    if (!ask(inquiry, BY_COST, is_same, candidate, &use->without, error))
        return false;
    if (use->without != NULL) {
        if (use->chosen)
            use->roles |= plan_roles(inquiry->whole, use->without, &question);
        use->cost_without = use->without->total_cost;
    }
    return relatives < 2 || weigh_family(inquiry, candidate, use, error);
}

static bool
is_wanted(const struct inquiry *inquiry, const struct index_candidate *candidate)
{
    const struct plan_scope *scope = inquiry->request->scope;
    return scope == NULL || g_hash_table_contains(scope->tables, candidate->table);
}

static bool
is_any_wanted(const struct inquiry *inquiry)
{
    bool wanted = inquiry->request->scope == NULL;
    for (guint i = 0; !wanted && i < inquiry->relevant->len; i++)
        wanted = is_wanted(inquiry, inquiry->relevant->pdata[i]);
    return wanted;
}

static bool
ask_each(const struct inquiry *inquiry, GError **error)
{
    for (guint i = 0; i < inquiry->relevant->len; i++) {
        const struct index_candidate *candidate = inquiry->relevant->pdata[i];
        const struct index_question question = {candidate_is_used, candidate_narrows, candidate};
        struct index_use use = {
            .index = arena_intern(inquiry->asking->arena, candidate->path),
            .table = arena_intern(inquiry->asking->arena, candidate->table),
        };
        if (!is_wanted(inquiry, candidate))
            continue;
        if (!look_alone(inquiry, candidate, &use, error))
            return false;
        bool weighed = inquiry->plan->basis == PLANS_BY_STATISTICS;
        use.chosen = weighed && plan_uses(inquiry->whole, &question);
        if (use.roles == 0 && !use.chosen) {
            g_ptr_array_add(inquiry->idle, inquiry->relevant->pdata[i]);
            continue;
        }
        if (weighed && (use.roles & USE_ARBITER) == 0 && !weigh(inquiry, candidate, &use, error))
            return false;
        g_array_append_val(inquiry->uses, use);
    }
    return true;
}

/* Where costs are not known, the plan that uses each index that can serve it. */
static bool
ask_able(const struct inquiry *inquiry, GError **error)
{
    const char *problem = NULL;
    struct query_plan *plan = inquiry->plan;
    if (plan->basis == PLANS_BY_STATISTICS)
        return true;
    plan->able = inquiry->whole;
    if (inquiry->uses->len == 0)
        return true;
    g_autofree char *hidden = hide(inquiry->idle, is_any, NULL);
    const struct wish wish = {inquiry->text, hidden, BY_INDEX, inquiry->pruning};
    return asking_explain(inquiry->asking, &wish, &plan->able, &problem, error);
}

static bool
ask_indexes(struct inquiry *inquiry, GError **error)
{
    inquiry->relevant = candidates_of(inquiry->candidates, inquiry->whole,
                                      &inquiry->plan->query->references);
    return (!is_any_wanted(inquiry) || (ask_bare(inquiry, error) && ask_each(inquiry, error))) &&
           ask_able(inquiry, error);
}

/* ---- queries ---- */

static bool
inquire(struct inquiry *inquiry, GError **error)
{
    struct query_plan *plan = inquiry->plan;
    if (!asking_begin(inquiry->asking, inquiry->text, &plan->problem, error))
        return false;
    if (plan->problem != NULL)
        return true;
    if (!ask_whole(inquiry, error))
        return false;
    if (inquiry->whole != NULL && inquiry->request->known != NULL &&
        is_known(inquiry->request->known, inquiry->whole))
        plan->basis = PLANS_BY_STATISTICS;
    if (inquiry->whole != NULL && !ask_indexes(inquiry, error))
        return false;
    return asking_end(inquiry->asking, error);
}

static bool
plan_query(struct asking *asking, const struct candidates *candidates,
           const struct plan_request *request, struct query_plan *plan, GError **error)
{
    const struct query *query = plan->query;
    struct inquiry inquiry = {
        .asking = asking,
        .candidates = candidates,
        .request = request,
        .text = query->written != NULL ? query->written : query->text,
        .movable = g_ptr_array_new(),
        .idle = g_ptr_array_new(),
        .plan = plan,
        .uses = g_array_new(FALSE, FALSE, sizeof(struct index_use)),
    };
    bool done = inquire(&inquiry, error);
    plan->root = inquiry.whole;
    plan->use_count = inquiry.uses->len;
    plan->uses = arena_keep(asking->arena, inquiry.uses);
    g_clear_pointer(&inquiry.relevant, g_ptr_array_unref);
    g_ptr_array_unref(inquiry.movable);
    g_ptr_array_unref(inquiry.idle);
    g_array_unref(inquiry.uses);
    return done;
}

/* Those that can be explained at all. */
static struct query_plan *
begin_plans(struct arena *arena, const struct workload *workload, size_t *count)
{
    struct query_plan *plans = arena_array(arena, workload->count, sizeof *plans);
    *count = 0;
    for (size_t i = 0; i < workload->count; i++)
        if (workload->queries[i].kind != SHAPE_OTHER)
            plans[(*count)++].query = &workload->queries[i];
    return plans;
}

/* What becomes of one index concerns the others of its table. */
static void
add_tables(const struct candidates *candidates, const struct plan_scope *scope)
{
    for (guint i = 0; i < candidates->all->len; i++) {
        const struct index_candidate *candidate = candidates->all->pdata[i];
        if (g_hash_table_contains(scope->changed, candidate->path) ||
            g_hash_table_contains(scope->changed, candidate->table))
            g_hash_table_add(scope->tables, g_strdup(candidate->table));
    }
}

static bool
plan_all(struct asking *asking, const struct plan_request *request, struct query_plan *plans,
         size_t count, GError **error)
{
    struct candidates *candidates = candidates_read(asking->session, error);
    bool done = candidates != NULL;
    if (done && request->scope != NULL)
        add_tables(candidates, request->scope);
    for (size_t i = 0; done && i < count; i++) {
        progress_count("Planning queries", i, count);
        done = interrupt_check(error) && plan_query(asking, candidates, request, &plans[i], error);
    }
    candidates_free(candidates);
    progress_clear();
    return done;
}

/* The version without what packagers add to it. */
static const char *
server_version(struct asking *asking)
{
    const char *version = connection_setting(asking->session, "server_version");
    return arena_text(asking->arena, version, (gssize)strcspn(version, " "));
}

bool
plan_queries(const struct plan_request *request, struct query_plans *plans, GError **error)
{
    const struct known_rows *known = request->known;
    struct asking asking = {.arena = request->arena, .cluster = request->cluster};
    struct query_plan *items = begin_plans(request->arena, request->workload, &plans->count);
    plans->scope = request->scope;
    plans->items = items;
    plans->by_statistics = known != NULL;
    plans->date = known != NULL ? known->date : NULL;
    cluster_restart_clock(request->cluster);
    bool done = cluster_equip_database(request->cluster, request->database,
                                       "src/planner/sql/hide.sql", error) &&
                asking_open(&asking, request->database, known, error);
    if (done) {
        plans->server = server_version(&asking);
        done = plan_all(&asking, request, items, plans->count, error);
        plans->explained = asking.explained;
    }
    asking_close(&asking);
    bool imported = known != NULL && known->tables != NULL;
    if (done && imported && request->scope == NULL)
        done = trials_make(request, items, plans, error);
    return done;
}
