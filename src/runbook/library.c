/* library.c - a runbook for each migration. */
#include "runbook/library.h"

#include "rehearsal/rehearsal.h"

bool
runbook_fits(const struct migration_evidence *evidence)
{
    return evidence->migration->kind == MIGRATION_VERSIONED && evidence->up.end == RUN_COMPLETE;
}

/* What comes later, and what the tool is told, are those of the line alone. */
static void
add_line(const struct procedure_sources *sources, size_t place, const struct proof *const *proofs,
         struct runbooks *runbooks)
{
    size_t first = 0;
    const struct rehearsal line = rehearsal_of_line(sources->rehearsal, place, &first);
    struct procedure_sources own = *sources;
    own.rehearsal = &line;
    for (size_t i = 0; i < line.count; i++) {
        const struct span span = {i, i};
        if (runbook_fits(&line.items[i]))
            runbooks->items[first + i] = procedure_new(&own, &span,
                                                       proofs == NULL ? NULL : proofs[first + i]);
    }
}

struct runbooks
runbooks_new(const struct procedure_sources *sources, const struct proof *const *proofs)
{
    const struct rehearsal *rehearsal = sources->rehearsal;
    struct runbooks runbooks = {
        rehearsal->count, arena_array(sources->arena, rehearsal->count, sizeof *runbooks.items)};
    for (size_t i = 0; i < migrations_line_count(rehearsal->migrations); i++)
        add_line(sources, i, proofs, &runbooks);
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
