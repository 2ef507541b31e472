/* procedure.c - the parts of a runbook put together. */
#include "runbook/procedure.h"

#include "runbook/draft.h"

#include <string.h>

const struct phase_word phase_words[PHASES] = {
    [PHASE_DECIDE] = {"A", "decide", "Decide: roll back or fix forward"},
    [PHASE_BLAST] = {"B", "blast", "Blast radius"},
    [PHASE_BEFORE] = {"C", "before", "Before"},
    [PHASE_DOWN] = {"D", "down", "Roll back"},
    [PHASE_CHECK] = {"E", "check", "Check the result"},
    [PHASE_WRONG] = {"F", "wrong", "If it goes wrong"},
    [PHASE_FORWARD] = {"G", "forward", "Repair what down leaves"},
    [PHASE_PEOPLE] = {"H", "people", "People and recovery"},
};

const char *const advice_words[ADVICES] = {
    [ADVICE_APPLICATION] = "Roll back the application only",
    [ADVICE_FORWARD] = "Fix forward",
    [ADVICE_DOWN] = "Run down",
};

const char *const proof_state_words[] = {
    [PROOF_NONE] = "not executed",
    [PROOF_EQUIVALENT] = "equivalent, not executed",
    [PROOF_EXECUTED] = "executed",
    [PROOF_REFUTED] = "executed, and did not do that",
};

/* Worse for people, first of all. */
static void
take_worst(struct runbook *runbook, const struct migration_evidence *evidence)
{
    const struct verdict *verdict = &evidence->verdict;
    bool unknown = verdict->reversal == REVERSAL_UNKNOWN || runbook->reversal == REVERSAL_UNKNOWN;
    bool impossible = verdict->reversal == REVERSAL_IMPOSSIBLE ||
                      runbook->reversal == REVERSAL_IMPOSSIBLE;
    runbook->reversal = impossible ? REVERSAL_IMPOSSIBLE
                        : unknown  ? REVERSAL_UNKNOWN
                                   : MAX(runbook->reversal, verdict->reversal);
    runbook->loss = MAX(runbook->loss, verdict->loss);
}

static void
take_migrations(struct draft *draft)
{
    struct runbook *runbook = draft->runbook;
    const struct rehearsal *rehearsal = draft->sources->rehearsal;
    const struct span *span = draft->span;
    runbook->server = arena_text(draft->arena, rehearsal->server,
                                 (gssize)strcspn(rehearsal->server, " ")); /* no distribution */
    runbook->count = span->last - span->first + 1;
    runbook->migrations = arena_array(draft->arena, runbook->count, sizeof(void *));
    runbook->reversal = REVERSAL_EXACT;
    for (size_t i = 0; i < runbook->count; i++) {
        runbook->migrations[i] = &rehearsal->items[span->last - i];
        take_worst(runbook, runbook->migrations[i]);
    }
}

/* What has no version is not told to go, and stays. */
static void
take_newer(struct draft *draft)
{
    struct runbook *runbook = draft->runbook;
    const struct rehearsal *rehearsal = draft->sources->rehearsal;
    if (runbook->reversal == REVERSAL_IMPOSSIBLE)
        return;
    runbook->newer = arena_array(draft->arena, rehearsal->count, sizeof(void *));
    for (size_t i = rehearsal->count; --i > draft->span->last;)
        if (rehearsal->items[i].migration->kind == MIGRATION_VERSIONED)
            runbook->newer[runbook->newer_count++] = &rehearsal->items[i];
}

static void
take_names(struct draft *draft)
{
    struct runbook *runbook = draft->runbook;
    const struct migration *newest = draft_newest(draft)->migration;
    const struct migration *oldest = draft_oldest(draft)->migration;
    g_autofree char *from = migration_address(oldest);
    g_autofree char *to = migration_address(newest);
    runbook->name = runbook->count == 1 ? arena_text(draft->arena, to, -1)
                                        : arena_printf(draft->arena, "%s..%s", from, to);
    runbook->title = runbook->count == 1
                         ? newest->name
                         : arena_printf(draft->arena, "%zu migrations", runbook->count);
}

/* Of a step, at this place among those that are executed in their order; NULL: it has none. What
 * repairs was not on the page then. */
static const struct step_result *
result_of(const struct proof *proof, const struct runbook_step *step, enum runbook_phase phase,
          size_t *place)
{
    if (phase == PHASE_FORWARD)
        return step->role == ROLE_FORWARD ? &proof->repair : NULL;
    size_t own = (*place)++;
    return own < proof->result_count ? &proof->results[own] : NULL;
}

/* What the steps did when they were executed. */
static void
take_results(struct draft *draft)
{
    size_t place = 0;
    for (int phase = 0; draft->proof != NULL && phase < PHASES; phase++)
        for (guint i = 0; i < draft->parts[phase].steps->len; i++) {
            struct runbook_step *step = &g_array_index(draft->parts[phase].steps,
                                                       struct runbook_step, i);
            const struct step_result *result = result_of(draft->proof, step,
                                                         (enum runbook_phase)phase, &place);
            if (result == NULL || result->state == PROOF_NONE)
                continue;
            step->proof = result->state;
            step->proof_words = result->words;
            if (step->proof == PROOF_EXECUTED)
                draft->runbook->executed += step->role == ROLE_FORWARD ? draft->proof->repairs.count
                                                                       : step->code.count;
        }
}

static void
keep_parts(struct draft *draft)
{
    for (int i = 0; i < PHASES; i++) {
        struct draft_part *part = &draft->parts[i];
        draft->runbook->parts[i] = (struct runbook_part){
            part->lines->len,
            arena_keep(draft->arena, part->lines),
            part->steps->len,
            arena_keep(draft->arena, part->steps),
        };
        g_array_unref(part->lines);
        g_array_unref(part->steps);
    }
}

/* The decision needs to know what the blast radius found. */
static void
write_parts(struct draft *draft)
{
    static void (*const writers[])(struct draft *) = {
        write_blast, write_decision, write_before,  write_down,
        write_check, write_wrong,    write_forward, write_people,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++)
        writers[i](draft);
}

const struct runbook *
procedure_new(const struct procedure_sources *sources, const struct span *span,
              const struct proof *proof)
{
    struct draft draft = {
        .sources = sources,
        .arena = sources->arena,
        .span = span,
        .proof = proof,
        .runbook = arena_alloc(sources->arena, sizeof(struct runbook)),
    };
    for (int i = 0; i < PHASES; i++)
        draft.parts[i] = (struct draft_part){
            g_array_new(FALSE, FALSE, sizeof(struct runbook_line)),
            g_array_new(FALSE, FALSE, sizeof(struct runbook_step)),
        };
    take_migrations(&draft);
    take_newer(&draft);
    take_names(&draft);
    write_parts(&draft);
    take_results(&draft);
    keep_parts(&draft);
    draft.runbook->problem = proof == NULL ? "it was not tried" : proof->problem;
    return draft.runbook;
}

const char *
procedure_obstacle(const struct procedure_sources *sources, const struct span *span)
{
    for (size_t i = span->first; i <= span->last; i++) {
        const struct migration_evidence *evidence = &sources->rehearsal->items[i];
        const char *version = evidence->migration->version;
        if (evidence->up.end != RUN_COMPLETE)
            return arena_printf(sources->arena, "the way up of %s does not run", version);
        if (evidence->down.end != RUN_COMPLETE)
            return arena_printf(sources->arena, "the way down of %s does not run: %s", version,
                                evidence->down.words != NULL ? evidence->down.words
                                                             : run_end_words[evidence->down.end]);
        if (evidence->down.command != NULL)
            return arena_printf(sources->arena,
                                "a command takes %s back, and only steps that are SQL are tried "
                                "with rows in every table",
                                version);
        if (run_leaves_out(&evidence->down))
            return arena_printf(sources->arena, "the way down of %s does what dbdoc cannot run",
                                version);
    }
    return NULL;
}
