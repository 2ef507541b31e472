/* library.c - a runbook for each migration. */
#include "runbook/library.h"

#include "rehearsal/rehearsal.h"
#include "runbook/prove.h"

static bool
fits(const struct migration_evidence *evidence)
{
    return evidence->migration->kind == MIGRATION_VERSIONED && evidence->up.end == RUN_COMPLETE;
}

/* The migrations of a line that can have a runbook. */
static struct spans
find_spans(const struct procedure_sources *sources, GHashTable *wanted)
{
    const struct rehearsal *line = sources->rehearsal;
    struct span *items = arena_array(sources->arena, line->count, sizeof *items);
    struct spans spans = {0, items};
    for (size_t i = 0; i < line->count; i++)
        if (fits(&line->items[i]) &&
            (wanted == NULL || g_hash_table_contains(wanted, line->items[i].migration)))
            items[spans.count++] = (struct span){i, i};
    return spans;
}

/* What comes later, and what the tool is told, are those of the line alone. */
static bool
add_line(const struct procedure_sources *sources, size_t place, GHashTable *wanted,
         const struct cluster_limits *limits, struct runbooks *runbooks, GError **error)
{
    size_t first = 0;
    const struct rehearsal line = rehearsal_of_line(sources->rehearsal, place, &first);
    struct procedure_sources own = *sources;
    own.rehearsal = &line;
    const struct spans spans = find_spans(&own, wanted);
    const struct proof **proofs = arena_array(own.arena, spans.count, sizeof *proofs);
    if (spans.count == 0)
        return true;
    if (!prove_runbooks(&own, &spans, limits, proofs, error))
        return false;
    for (size_t i = 0; i < spans.count; i++)
        runbooks->items[first + spans.items[i].last] = procedure_new(&own, &spans.items[i],
                                                                     proofs[i]);
    return true;
}

bool
runbooks_write(const struct procedure_sources *sources, GHashTable *wanted,
               const struct cluster_limits *limits, struct runbooks *runbooks, GError **error)
{
    const struct rehearsal *rehearsal = sources->rehearsal;
    *runbooks = (struct runbooks){
        rehearsal->count, arena_array(sources->arena, rehearsal->count, sizeof *runbooks->items)};
    for (size_t i = 0; i < migrations_line_count(rehearsal->migrations); i++)
        if (!add_line(sources, i, wanted, limits, runbooks, error))
            return false;
    return true;
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
