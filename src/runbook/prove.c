/* prove.c - one walk along the migrations; where a span ends, its runbook is done in a copy. What
 * the page says about the catalog is taken from the first run, and must hold in the last. */
#include "runbook/prove.h"

#include "base/interrupt.h"
#include "base/progress.h"
#include "rehearsal/rows.h"
#include "rehearsal/state.h"
#include "rehearsal/verdict.h"
#include "runbook/execute.h"
#include "runbook/facts.h"
#include "runbook/proof_cache.h"
#include "runbook/queries.h"
#include "runbook/repair.h"
#include "runbook/rights.h"
#include "runbook/stops.h"
#include "runbook/track.h"

#include <string.h>

/* A span whose first migration has been reached. */
struct trial {
    const struct procedure_sources *sources;
    struct track *track;
    const struct span *span;
    GHashTable *before; /* digests before its first way up */
    GHashTable *applied;
    GHashTable *after;
    char *base;           /* the database with rows, of which copies are made */
    char *work;           /* the copy in use */
    struct state *wanted; /* before its first way up; NULL: down leaves nothing */
    struct proof *proof;
    const struct runbook *runbook;
    struct execution execution;
};

static struct cluster *
cluster_of(const struct trial *trial)
{
    return trial->track->stage.cluster;
}

/* ---- fingerprints ---- */

static int
compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_differing(const struct trial *trial, GHashTable *some, GPtrArray *found)
{
    GHashTableIter iter;
    gpointer object = NULL;
    g_hash_table_iter_init(&iter, some);
    while (g_hash_table_iter_next(&iter, &object, NULL)) {
        bool same = facts_agree(trial->before, trial->applied, object) &&
                    (trial->after == NULL || facts_agree(trial->before, trial->after, object));
        const char *kept = arena_intern(trial->sources->arena, object);
        if (!same && !g_ptr_array_find(found, kept, NULL))
            g_ptr_array_add(found, (gpointer)(guintptr)kept);
    }
}

static const char *
fingerprint(const struct trial *trial, GHashTable *digests)
{
    const struct names *objects = &trial->proof->objects;
    g_autofree const char **values = g_new0(const char *, objects->count + 1);
    for (size_t i = 0; i < objects->count; i++)
        values[i] = g_hash_table_lookup(digests, objects->items[i]);
    return fingerprint_of(trial->sources->arena, objects, values);
}

/* Until it is known what down leaves, it is taken to leave nothing. */
static void
take_fingerprints(struct trial *trial)
{
    struct proof *proof = trial->proof;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    add_differing(trial, trial->before, found);
    add_differing(trial, trial->applied, found);
    if (trial->after != NULL)
        add_differing(trial, trial->after, found);
    g_ptr_array_sort(found, compare_texts);
    proof->objects = names_keep(trial->sources->arena, found);
    proof->before = fingerprint(trial, trial->before);
    proof->applied = fingerprint(trial, trial->applied);
    proof->after = trial->after == NULL ? proof->before : fingerprint(trial, trial->after);
}

/* ---- one run ---- */

static bool
drop_work(struct trial *trial, GError **error)
{
    bool done = trial->work == NULL || cluster_drop_database(cluster_of(trial), trial->work, error);
    g_clear_pointer(&trial->work, g_free);
    return done;
}

static bool
is_atomic(const struct trial *trial)
{
    const struct rehearsal *rehearsal = trial->sources->rehearsal;
    for (size_t i = trial->span->first; i <= trial->span->last; i++)
        if (rehearsal->items[i].migration->down.isolation == NO_TRANSACTION)
            return false;
    return true;
}

/* The state of the page, with rows in every table. */
static bool
make_base(struct trial *trial, GError **error)
{
    const char *history = trial->sources->rehearsal->migrations->history;
    trial->base = track_fork(trial->track, trial->track->database, error);
    return trial->base != NULL &&
           rows_invent(&trial->track->stage, trial->base, history, NULL, error);
}

/* A copy of it to work in; itself, when it will not be needed again. */
static bool
make_work(struct trial *trial, GError **error)
{
    if (!is_atomic(trial)) {
        trial->work = track_fork(trial->track, trial->base, error);
        return trial->work != NULL;
    }
    if (trial->base == NULL && !make_base(trial, error))
        return false;
    trial->work = g_steal_pointer(&trial->base);
    return true;
}

/* A page as it stands, and a fresh copy of the database to do it in. */
static bool
set_out(struct trial *trial, GError **error)
{
    struct arena *arena = trial->sources->arena;
    trial->runbook = procedure_new(trial->sources, trial->span, trial->proof);
    if (!make_work(trial, error))
        return false;
    g_clear_pointer(&trial->execution.copies, g_hash_table_unref);
    size_t count = execution_steps(trial->runbook);
    trial->execution = (struct execution){
        .cluster = cluster_of(trial),
        .database = trial->work,
        .arena = arena,
        .runbook = trial->runbook,
        .proof = trial->proof,
        .results = arena_array(arena, count, sizeof(struct step_result)),
    };
    trial->proof->results = trial->execution.results;
    trial->proof->result_count = count;
    return true;
}

/* The words of the step that ended it: steps before it may have some too, those behind it do not.
 */
static const char *
find_refusal(const struct trial *trial)
{
    for (size_t i = trial->proof->result_count; i-- > 0;)
        if (trial->proof->results[i].words != NULL)
            return trial->proof->results[i].words;
    return "a statement of down did not run";
}

static bool
go_down(struct trial *trial, bool *ended, GError **error)
{
    if (!set_out(trial, error) ||
        !execute_phases(&trial->execution, PHASE_BEFORE, PHASE_CHECK, ended, error))
        return false;
    trial->proof->doubtful = trial->proof->doubtful || trial->execution.limited;
    if (!*ended) {
        trial->proof->problem = find_refusal(trial);
        return true;
    }
    g_clear_pointer(&trial->after, g_hash_table_unref);
    trial->after = facts_digests(cluster_of(trial), trial->work, error);
    return trial->after != NULL &&
           facts_unvalidated(cluster_of(trial), trial->work, trial->sources->arena,
                             &trial->proof->unvalidated, error);
}

/* Again, when the first run showed more than the page said. */
static bool
prove_down(struct trial *trial, bool *ended, GError **error)
{
    const char *expected = trial->proof->after;
    const struct names unvalidated = trial->proof->unvalidated;
    if (!go_down(trial, ended, error))
        return false;
    if (!*ended)
        return true;
    size_t covered = trial->proof->objects.count;
    take_fingerprints(trial);
    if (g_str_equal(expected, trial->proof->after) && covered == trial->proof->objects.count &&
        names_equal(&unvalidated, &trial->proof->unvalidated))
        return true;
    return drop_work(trial, error) && go_down(trial, ended, error);
}

/* ---- what comes after ---- */

/* Those from `first` on, in one transaction; the result says what came of it. */
static bool
send_repairs(struct trial *trial, const char *database, size_t first, bool *done, GError **error)
{
    struct proof *proof = trial->proof;
    const struct supervisor supervisor = {cluster_check, cluster_of(trial)};
    struct connection *session = cluster_connect(cluster_of(trial), database, error);
    GError *problem = NULL;
    *done = session != NULL && connection_run(session, "BEGIN", NULL, NULL, &problem);
    for (size_t i = first; *done && i < proof->repairs.count; i++)
        *done = connection_run(session, proof->repairs.items[i], &supervisor, NULL, &problem);
    *done = *done && connection_run(session, "COMMIT", NULL, NULL, &problem);
    proof->repair.state = *done ? PROOF_EXECUTED : PROOF_REFUTED;
    if (problem != NULL)
        proof->repair.words = arena_printf(trial->sources->arena, "PostgreSQL says: %s",
                                           problem->message);
    g_clear_error(&problem);
    connection_close(session);
    return session != NULL && cluster_lives(cluster_of(trial)) && interrupt_check(error);
}

/* What is still not as it was. */
static void
keep_unrepaired(struct trial *trial, const struct state *found)
{
    struct arena *arena = trial->sources->arena;
    const struct differences left = state_compare(arena, trial->wanted, found);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < left.count; i++)
        if (!left.items[i].physical)
            g_ptr_array_add(words, (gpointer)(guintptr)difference_words(arena, &left.items[i]));
    trial->proof->unrepaired = names_keep(arena, words);
}

/* What is left by down where no table has rows; NULL on failure. */
static char *
go_down_without_rows(struct trial *trial, GError **error)
{
    char *copy = track_fork(trial->track, trial->track->database, error);
    bool good = copy != NULL;
    for (size_t i = trial->span->last + 1; good && i-- > trial->span->first;) {
        struct run_evidence down = {0};
        good = run_direction(&trial->track->stage, copy,
                             trial->sources->rehearsal->items[i].migration, DIRECTION_DOWN, &down,
                             error);
    }
    if (good)
        return copy;
    g_free(copy);
    return NULL;
}

/* Rows may stand in the way of a repair that is right: then it is tried without them. */
static bool
repair_without_rows(struct trial *trial, GError **error)
{
    struct step_result *result = &trial->proof->repair;
    const char *words = result->words;
    bool done = false;
    g_autofree char *copy = go_down_without_rows(trial, error);
    if (copy == NULL || !send_repairs(trial, copy, 0, &done, error))
        return false;
    struct state *found = state_read(cluster_of(trial), copy, STATE_WHOLE, error);
    if (found == NULL)
        return false;
    if (done) {
        result->words = arena_printf(trial->sources->arena,
                                     "It ran where the tables are empty. With the invented rows it "
                                     "fails: %s",
                                     words);
        keep_unrepaired(trial, found);
    }
    state_free(found);
    return cluster_drop_database(cluster_of(trial), copy, error);
}

static struct state *
read_work(const struct trial *trial, GError **error)
{
    return state_read(cluster_of(trial), trial->work, STATE_WHOLE, error);
}

static struct names
joined(struct arena *arena, const struct names *first, const struct names *then)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (size_t i = 0; i < first->count; i++)
        g_ptr_array_add(all, (gpointer)(guintptr)first->items[i]);
    for (size_t i = 0; i < then->count; i++)
        g_ptr_array_add(all, (gpointer)(guintptr)then->items[i]);
    return names_keep(arena, all);
}

/* Rights of what is there again. What does not run is no repair. */
static bool
prove_rights(struct trial *trial, struct state **found, GError **error)
{
    struct proof *proof = trial->proof;
    struct arena *arena = trial->sources->arena;
    const struct differences left = state_compare(arena, trial->wanted, *found);
    const struct names rights = rights_statements(arena, &left);
    const struct names before = proof->repairs;
    const struct step_result result = proof->repair;
    bool done = false;
    if (rights.count == 0)
        return true;
    proof->repairs = joined(arena, &before, &rights);
    if (!send_repairs(trial, trial->work, before.count, &done, error))
        return false;
    if (!done) {
        proof->repairs = before;
        proof->repair = result;
        return true;
    }
    state_free(*found);
    *found = read_work(trial, error);
    return *found != NULL;
}

static bool
prove_repairs(struct trial *trial, GError **error)
{
    struct proof *proof = trial->proof;
    bool done = false;
    struct state *found = read_work(trial, error);
    if (found == NULL)
        return false;
    proof->repairs = repair_statements(trial->sources->arena, state_catalog(trial->wanted),
                                       state_catalog(found));
    bool good = proof->repairs.count == 0 || send_repairs(trial, trial->work, 0, &done, error);
    if (good && done) {
        state_free(found);
        found = read_work(trial, error);
    }
    if (good && found != NULL && proof->repair.state != PROOF_REFUTED)
        good = prove_rights(trial, &found, error);
    if (good && found != NULL && proof->repair.state != PROOF_REFUTED)
        keep_unrepaired(trial, found);
    state_free(found);
    if (good && found != NULL && proof->repair.state == PROOF_REFUTED)
        return repair_without_rows(trial, error);
    return good && found != NULL;
}

/* Up again, and what was saved comes back. */
static bool
prove_restoring(struct trial *trial, GError **error)
{
    bool good = true;
    bool complete = trial->proof->saving_count > 0;
    for (size_t i = trial->span->first; good && complete && i <= trial->span->last; i++) {
        struct run_evidence up = {0};
        good = run_direction(&trial->track->stage, trial->work,
                             trial->sources->rehearsal->items[i].migration, DIRECTION_UP, &up,
                             error);
        complete = up.end == RUN_COMPLETE;
    }
    bool ended = true;
    return good && (!complete ||
                    execute_phases(&trial->execution, PHASE_PEOPLE, PHASE_PEOPLE, &ended, error));
}

static bool
prove_in_copies(struct trial *trial, GError **error)
{
    bool ended = false;
    bool good = prove_down(trial, &ended, error);
    if (good && ended)
        good = (trial->wanted == NULL || prove_repairs(trial, error)) &&
               prove_restoring(trial, error) &&
               (is_atomic(trial) || stops_find(trial->sources, trial->runbook, trial->track,
                                               trial->base, trial->proof, error));
    return drop_work(trial, good ? error : NULL) && good;
}

/* ---- spans ---- */

static bool
look_at_base(struct trial *trial, GError **error)
{
    trial->applied = facts_digests(cluster_of(trial), trial->base, error);
    return trial->applied != NULL &&
           facts_unvalidated(cluster_of(trial), trial->base, trial->sources->arena,
                             &trial->proof->unvalidated, error) &&
           facts_published(cluster_of(trial), trial->base, trial->sources->arena,
                           &trial->proof->published, error) &&
           facts_savings(trial->sources, trial->span, cluster_of(trial), trial->base, trial->proof,
                         error);
}

static bool
prove(struct trial *trial, GError **error)
{
    bool good = make_base(trial, error) && look_at_base(trial, error);
    if (good) {
        take_fingerprints(trial);
        good = prove_in_copies(trial, error);
    }
    bool dropped = trial->base == NULL ||
                   cluster_drop_database(cluster_of(trial), trial->base, good ? error : NULL);
    g_clear_pointer(&trial->base, g_free);
    return good && dropped && track_return(trial->track, error);
}

/* Whether down was seen to lie. */
static bool
leaves_something(const struct trial *trial)
{
    for (size_t i = trial->span->first; i <= trial->span->last; i++) {
        const struct differences *left = &trial->sources->rehearsal->items[i].left;
        for (size_t k = 0; k < left->count; k++)
            if (!left->items[k].physical)
                return true;
    }
    return false;
}

static bool
begin(struct trial *trial, GError **error)
{
    const char *obstacle = procedure_obstacle(trial->sources, trial->span);
    trial->proof = arena_alloc(trial->sources->arena, sizeof *trial->proof);
    trial->proof->problem = obstacle;
    if (obstacle != NULL)
        return true;
    const char *database = trial->track->database;
    trial->before = facts_digests(cluster_of(trial), database, error);
    if (trial->before == NULL || !leaves_something(trial))
        return trial->before != NULL;
    trial->wanted = state_read(cluster_of(trial), database, STATE_WHOLE, error);
    return trial->wanted != NULL;
}

static void
end(struct trial *trial)
{
    g_clear_pointer(&trial->execution.copies, g_hash_table_unref);
    g_clear_pointer(&trial->before, g_hash_table_unref);
    g_clear_pointer(&trial->applied, g_hash_table_unref);
    g_clear_pointer(&trial->after, g_hash_table_unref);
    g_clear_pointer(&trial->wanted, state_free);
}

static bool
visit(struct trial *trials, const struct spans *spans, size_t place, GError **error)
{
    for (size_t i = 0; i < spans->count; i++)
        if (spans->items[i].first == place && !begin(&trials[i], error))
            return false;
    if (!track_advance(trials[0].track, error))
        return false;
    for (size_t i = 0; i < spans->count; i++) {
        if (spans->items[i].last != place)
            continue;
        g_assert(trials[i].proof != NULL); /* a span begins where it ends, or before */
        if (trials[i].proof->problem == NULL && !prove(&trials[i], error))
            return false;
        end(&trials[i]);
    }
    return true;
}

static bool
walk(struct trial *trials, const struct spans *spans, GError **error)
{
    size_t last = spans->items[spans->count - 1].last;
    for (size_t place = 0; place <= last; place++) {
        progress_count("Executing runbooks", place, last + 1);
        if (!interrupt_check(error) || !visit(trials, spans, place, error))
            return false;
    }
    return true;
}

static bool
prove_anew(const struct procedure_sources *sources, const struct spans *spans,
           const struct cluster_limits *limits, const struct proof **proofs, GError **error)
{
    struct track track;
    struct trial *trials = g_new0(struct trial, spans->count);
    for (size_t i = 0; i < spans->count; i++)
        trials[i] = (struct trial){.sources = sources, .track = &track, .span = &spans->items[i]};
    bool done = track_open(&track, sources->rehearsal, limits, error) && walk(trials, spans, error);
    for (size_t i = 0; i < spans->count; i++) {
        proofs[i] = trials[i].proof;
        end(&trials[i]);
        g_free(trials[i].work);
        g_free(trials[i].base);
    }
    track_close(&track);
    g_free(trials);
    progress_clear();
    return done;
}

bool
prove_runbooks(const struct procedure_sources *sources, const struct spans *spans,
               const struct cluster_limits *limits, const struct proof **proofs, GError **error)
{
    const struct rehearsal *rehearsal = sources->rehearsal;
    if (spans->count == 0)
        return true;
    struct proof_cache cache = proof_cache_open(rehearsal, spans, limits);
    bool known = proof_cache_load(&cache, sources->arena, rehearsal, spans->count, proofs);
    bool done = known || prove_anew(sources, spans, limits, proofs, error);
    if (done && !known)
        proof_cache_store(&cache, rehearsal, spans->count, proofs);
    proof_cache_close(&cache);
    return done;
}
