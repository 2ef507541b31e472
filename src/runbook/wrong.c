/* wrong.c - what to do when a step does not end as it should. */
#include "runbook/draft.h"

#include "rehearsal/verdict.h"
#include "runbook/queries.h"

static bool
has_transaction(const struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++)
        if (draft->runbook->migrations[i]->migration->down.isolation == IN_TRANSACTION)
            return true;
    return false;
}

static void
write_atomic(struct draft *draft)
{
    draft_line(draft, PHASE_WRONG, "An error behind `BEGIN`",
               "the migration goes in one transaction: PostgreSQL takes all of it back, the "
               "history still says that it is applied, and the step can be done again");
    draft_line(draft, PHASE_WRONG, "The connection is lost",
               "the same, unless it was lost during `COMMIT`: the first query under “Check the "
               "result” tells which");
}

static const char *
state_words(struct draft *draft, const struct stop *stop)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < stop->differences.count; i++) {
        if (stop->differences.items[i].physical)
            continue;
        g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "",
                               difference_words(draft->arena, &stop->differences.items[i]));
    }
    if (text->len == 0)
        g_string_append(text, "the catalog is as it was before down");
    return arena_text(draft->arena, text->str, -1);
}

/* What is left to do from there. */
static const char *
rest_words(const struct stop *stop)
{
    if (!stop->rest_runs)
        return "The steps behind it do not end as down does: do not go on, ask for help.";
    return stop->after == stop->migration->migration->down.count
               ? "Take it out of the history, as the step behind it does: that ends as down does."
               : "Go on with the statement behind it: from there, the rest was run and ended as "
                 "down does.";
}

static void
write_stop(struct draft *draft, const struct stop *stop)
{
    const char *of = draft->runbook->count == 1
                         ? ""
                         : arena_printf(draft->arena, " of `%s`", stop->migration->migration->name);
    const char *again = stop->again == NULL
                            ? "Starting down anew runs too."
                            : arena_printf(draft->arena,
                                           "Starting down anew, as the tool does, fails: “%s”.",
                                           stop->again);
    draft_line(draft, PHASE_WRONG,
               arena_printf(draft->arena, "It ended behind statement %zu%s", stop->after, of),
               "%s; the history says that it is applied. %s %s", state_words(draft, stop), again,
               rest_words(stop));
}

static void
write_help(struct draft *draft)
{
    struct runbook_step *step = draft_step(draft, PHASE_WRONG, ROLE_READ,
                                           "See who waits for whom, when a step takes long");
    step->text = "In another psql. What a `pid` that others wait for is doing, `SELECT "
                 "pg_cancel_backend(pid)` stops; where its `state` is `idle in transaction`, only "
                 "`SELECT pg_terminate_backend(pid)` does. Its transaction is taken back.";
    draft_query(draft, step, query_of_file(draft->arena, "lock_waits"));
}

void
write_wrong(struct draft *draft)
{
    if (draft->runbook->reversal == REVERSAL_IMPOSSIBLE)
        return;
    if (has_transaction(draft))
        write_atomic(draft);
    for (size_t i = 0; draft->proof != NULL && i < draft->proof->stop_count; i++)
        write_stop(draft, &draft->proof->stops[i]);
    if (!draft_is_atomic(draft))
        draft_line(draft, PHASE_WRONG, "`CONCURRENTLY` was interrupted",
                   "an index may be there and invalid: the last query under “Check the result” "
                   "shows it. `DROP INDEX CONCURRENTLY` takes it away, then do the step again. "
                   "(From PostgreSQL's manual; not rehearsed.)");
    write_help(draft);
}
