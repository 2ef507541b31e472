/* library.c - a runbook for each migration. */
#include "runbook/library.h"

bool
runbook_fits(const struct migration_evidence *evidence)
{
    return evidence->migration->kind == MIGRATION_VERSIONED && evidence->up.end == RUN_COMPLETE;
}

struct runbooks
runbooks_new(const struct procedure_sources *sources, const struct proof *const *proofs)
{
    const struct rehearsal *rehearsal = sources->rehearsal;
    struct runbooks runbooks = {
        rehearsal->count, arena_array(sources->arena, rehearsal->count, sizeof *runbooks.items)};
    for (size_t i = 0; i < rehearsal->count; i++) {
        const struct span span = {i, i};
        if (runbook_fits(&rehearsal->items[i]))
            runbooks.items[i] = procedure_new(sources, &span, proofs == NULL ? NULL : proofs[i]);
    }
    return runbooks;
}

size_t
runbooks_count(const struct runbooks *runbooks)
{
    size_t count = 0;
    for (size_t i = 0; runbooks != NULL && i < runbooks->count; i++)
        count += runbooks->items[i] != NULL;
    return count;
}

const struct runbook *
runbooks_of(const struct runbooks *runbooks, const struct rehearsal *rehearsal,
            const struct migration_evidence *evidence)
{
    size_t place = (size_t)(evidence - rehearsal->items);
    return runbooks == NULL || place >= runbooks->count ? NULL : runbooks->items[place];
}
