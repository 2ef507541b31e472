/* rollbacks.c - the way back of migrations that are not applied yet: while it can still be
 * corrected. */
#include "base/secret.h"
#include "checks/families.h"

static bool
ran(const struct migration_evidence *evidence)
{
    return evidence->up.end == RUN_COMPLETE;
}

/* The verdict's reasons, as evidence. */
static void
add_reasons(struct check_run *run, struct finding *finding, const struct names *reasons)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < reasons->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", reasons->items[i]);
    g_autofree char *safe = secret_mask(text->str);
    if (text->len > 0)
        check_evidence(run, finding, "Seen", safe);
}

static struct finding *
report(struct check_run *run, const struct migration_evidence *evidence, const char *words)
{
    const struct migration *migration = evidence->migration;
    return check_report_migration(run, migration, "%s %s", check_code(run, migration->name), words);
}

/* ---- rollback-irreversible ---- */

static void
look_for_a_way(struct check_run *run, const struct migration_evidence *evidence)
{
    if (!ran(evidence) || evidence->verdict.reversal != REVERSAL_IMPOSSIBLE)
        return;
    struct finding *finding = report(run, evidence, "has no way back");
    check_detail(run, finding,
                 "Its down %s. When it harms, only a new migration or a backup helps.",
                 evidence->down.end == RUN_ABSENT   ? "is not written"
                 : evidence->down.end == RUN_RAISED ? "is refused by the tool or by itself"
                                                    : "does not run");
    add_reasons(run, finding, &evidence->verdict.reasons);
    check_advice(run, finding,
                 "Write a down, or accept it with the reason and what is done instead.");
}

void
check_rollback_irreversible(struct check_run *run)
{
    check_each_migration(run, look_for_a_way);
}

/* ---- rollback-lossy ---- */

static void
look_for_loss(struct check_run *run, const struct migration_evidence *evidence)
{
    if (!ran(evidence) || evidence->verdict.reversal == REVERSAL_IMPOSSIBLE ||
        evidence->verdict.schema != REVERSAL_LOSSY)
        return;
    struct finding *finding = report(run, evidence, "does not restore the schema on its way down");
    check_detail(run, finding,
                 "Its down runs without an error, and leaves another schema than the "
                 "one before.");
    add_reasons(run, finding, &evidence->verdict.reasons);
    check_advice(
        run, finding,
        "Write up and down out, each with all that it changes. The runbook has a migration "
        "that repairs what is left.");
}

void
check_rollback_lossy(struct check_run *run)
{
    check_each_migration(run, look_for_loss);
}

/* ---- rollback-data-dependent ---- */

static void
look_at_rows(struct check_run *run, const struct migration_evidence *evidence)
{
    if (!ran(evidence) || evidence->verdict.reversal != REVERSAL_DATA)
        return;
    struct finding *finding = report(run, evidence, "goes down for some rows only");
    check_detail(run, finding, "Rows that may be written after it stop its down.");
    add_reasons(run, finding, &evidence->verdict.reasons);
    for (size_t i = 0; i < evidence->prechecks.count; i++)
        if (evidence->prechecks.items[i].direction == DIRECTION_DOWN)
            check_evidence(run, finding, "Ask before", evidence->prechecks.items[i].query);
    check_advice(run, finding, "Let down change such rows first, or accept that somebody has to.");
}

void
check_rollback_data_dependent(struct check_run *run)
{
    check_each_migration(run, look_at_rows);
}

/* ---- rollback-destroys-data ---- */

static void
look_at_data(struct check_run *run, const struct migration_evidence *evidence)
{
    enum loss loss = evidence->verdict.loss;
    if (!ran(evidence) || evidence->verdict.reversal == REVERSAL_IMPOSSIBLE || loss <= LOSS_DERIVED)
        return;
    struct finding *finding = report(run, evidence, "loses data on its way down");
    if (loss == LOSS_SINCE)
        finding->severity = SEVERITY_NOTE; /* every new table and column does */
    check_detail(run, finding, "After up and down, %s.", loss_words[loss].words);
    add_reasons(run, finding, &evidence->verdict.reasons);
    check_advice(run, finding, "Save it before down: the runbook has the commands.");
}

void
check_rollback_destroys_data(struct check_run *run)
{
    check_each_migration(run, look_at_data);
}

/* ---- rollback-heavier-than-up ---- */

/* The statement that reads or writes a whole table; NULL for none. */
static const struct statement_evidence *
works(const struct run_evidence *direction)
{
    for (size_t i = 0; i < direction->count; i++)
        if (direction->statements[i].rewrite_count > 0 || direction->statements[i].scan_count > 0)
            return &direction->statements[i];
    return NULL;
}

static void
weigh(struct check_run *run, const struct migration_evidence *evidence)
{
    if (!ran(evidence) || evidence->down.end != RUN_COMPLETE)
        return;
    enum lock_mode up = run_lock(&evidence->up);
    enum lock_mode down = run_lock(&evidence->down);
    const struct statement_evidence *work = works(&evidence->down);
    bool heavier = lock_stops(down) && !lock_stops(up); /* no lighter way drops what it made */
    bool works_more = work != NULL && works(&evidence->up) == NULL;
    if (!heavier && !works_more)
        return;
    struct finding *finding = report(run, evidence, "is heavier on its way down than up");
    check_detail(run, finding,
                 "Who rolls back under pressure blocks more than the deployment did.");
    check_evidence(run, finding, "Strongest lock of up", lock_words[up].name);
    check_evidence(run, finding, "Strongest lock of down", lock_words[down].name);
    if (works_more)
        check_statement(run, finding, work);
    check_advice(run, finding,
                 "Write the down as carefully as the up: CONCURRENTLY for indexes, "
                 "NOT VALID for constraints.");
}

void
check_rollback_heavier_than_up(struct check_run *run)
{
    check_each_migration(run, weigh);
}

/* ---- rollback-unproved ---- */

static void
look_for_proof(struct check_run *run, const struct migration_evidence *evidence)
{
    if (!ran(evidence) || evidence->verdict.reversal != REVERSAL_UNKNOWN)
        return;
    struct finding *finding = report(run, evidence, "has a way down that is not proved");
    check_detail(run, finding, "The rehearsal could not run all of it.");
    add_reasons(run, finding, &evidence->verdict.unproved);
    check_advice(run, finding,
                 "Write what dbdoc cannot read as SQL, or accept it with how you "
                 "tried the way back.");
}

void
check_rollback_unproved(struct check_run *run)
{
    check_each_migration(run, look_for_proof);
}
