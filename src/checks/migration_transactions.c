/* migration_transactions.c - what a migration does as a whole: how long its locks are held, what
 * else happens meanwhile, and what is left when it fails half-way. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/risks.h"

static bool
changes_rows(const struct act *act)
{
    return act->kind == ACT_UPDATE || act->kind == ACT_DELETE || act->kind == ACT_INSERT;
}

/* The first deed whose lock stops writes; NULL for none. */
static const struct deed *
first_stop(const struct deeds *deeds)
{
    for (size_t i = 0; i < deeds->count; i++)
        if (lock_stops(deeds->items[i].lock))
            return &deeds->items[i];
    return NULL;
}

/* ---- concurrently-under-lock ---- */

static void
look_for_lock(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    const struct deed *deed = NULL;
    if (!evidence->migration->up.locked)
        return;
    for (size_t i = 0; deed == NULL && i < deeds->count; i++)
        if ((deeds->items[i].act->flags & ACT_CONCURRENTLY) != 0 && deeds->items[i].alone)
            deed = &deeds->items[i];
    if (deed == NULL)
        return;
    struct finding *finding = check_report_migration(
        run, evidence->migration, "CONCURRENTLY runs while Ecto holds its own lock");
    check_detail(run, finding,
                 "Ecto.Migrator keeps a transaction open for that lock, on a second connection, "
                 "for as long as the index is built. PostgreSQL waits for older transactions to "
                 "end, and such migrations were seen to hang.");
    check_advice(run, finding,
                 "Write `@disable_migration_lock true` beside `@disable_ddl_transaction true`, or "
                 "configure `migration_lock: :pg_advisory_lock` for the repo.");
    risk_evidence(run, finding, deed);
    finding->strength = STRENGTH_HINT; /* a file of one environment may configure the lock */
}

void
check_concurrently_under_lock(struct check_run *run)
{
    check_each_migration(run, look_for_lock);
}

/* ---- lock-timeout-missing ---- */

static bool
sets_timeout(const struct deeds *deeds)
{
    for (size_t i = 0; i < deeds->count; i++)
        if (deeds->items[i].act->kind == ACT_SET &&
            text_equal(deeds->items[i].act->name, "lock_timeout"))
            return true;
    return false;
}

static void
look_for_timeout(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    const struct deed *deed = first_stop(deeds);
    if (deed == NULL || sets_timeout(deeds))
        return;
    struct finding *finding = check_report_migration(run, evidence->migration,
                                                     "The lock on %s is waited for without an end",
                                                     check_code(run, deed->relation));
    check_detail(
        run, finding,
        "While it waits behind one long query, everybody who comes later waits behind it.");
    check_advice(run, finding,
                 "Set a lock_timeout of a few seconds first, and run the migration again when it "
                 "runs out.");
    risk_evidence(run, finding, deed);
    finding->strength = STRENGTH_HINT; /* the role or the connection may set one */
}

void
check_lock_timeout_missing(struct check_run *run)
{
    check_each_migration(run, look_for_timeout);
}

/* ---- lock-held-over-work ---- */

static bool
works_on_rows(const struct deed *deed)
{
    return deed->scanned || deed->rewrite != NULL || (changes_rows(deed->act) && deed->was_there);
}

static void
look_for_work(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    const struct deed *holder = NULL;
    for (size_t i = 0; i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        if (deed->alone || !deed->seen)
            continue;
        if (holder != NULL && deed->statement != holder->statement && works_on_rows(deed)) {
            struct finding *finding = check_report_migration(
                run, evidence->migration, "%s stays locked while rows of %s are worked on",
                check_code(run, holder->relation), check_code(run, deed->relation));
            check_detail(
                run, finding,
                "An earlier statement of the same transaction stops reads and writes until "
                "the end of all of them.");
            check_advice(run, finding, "Give this statement a migration of its own.");
            risk_evidence(run, finding, deed);
            finding->relation = holder->relation;
            check_evidence(run, finding, "Held since",
                           arena_printf(run->arena, "%s:%u", holder->file, holder->line));
            return;
        }
        if (holder == NULL && deed->lock == LOCK_ACCESS_EXCLUSIVE)
            holder = deed;
    }
}

void
check_lock_held_over_work(struct check_run *run)
{
    check_each_migration(run, look_for_work);
}

/* ---- locks-on-several-tables ---- */

static void
look_for_several(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    const struct deed *first = first_stop(deeds);
    for (size_t i = 0; i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        if (deed->alone || !lock_stops(deed->lock) || text_equal(deed->relation, first->relation))
            continue;
        struct finding *finding = check_report_migration(
            run, evidence->migration, "%s and %s are locked in one transaction",
            check_code(run, first->relation), check_code(run, deed->relation));
        check_detail(run, finding,
                     "The waits for them add up, and an application that takes them in the other "
                     "order meets a deadlock.");
        check_advice(run, finding, "Change one table in each migration.");
        risk_evidence(run, finding, deed);
        return;
    }
}

void
check_locks_on_several_tables(struct check_run *run)
{
    check_each_migration(run, look_for_several);
}

/* ---- alter-table-repeated ---- */

static void
look_for_repeated(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    for (size_t i = 1; i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        for (size_t k = 0; k < i; k++) {
            const struct deed *before = &deeds->items[k];
            if (!(deed->scanned || deed->rewrite != NULL) ||
                !(before->scanned || before->rewrite != NULL) ||
                before->statement == deed->statement ||
                !text_equal(before->relation, deed->relation))
                continue;
            struct finding *finding = check_report_migration(
                run, evidence->migration, "%s is read or written in full more than once",
                check_code(run, deed->relation));
            check_advice(run, finding,
                         "Say all changes of the table in one ALTER TABLE: it goes over the rows "
                         "once.");
            risk_evidence(run, finding, deed);
            return;
        }
    }
}

void
check_alter_table_repeated(struct check_run *run)
{
    check_each_migration(run, look_for_repeated);
}

/* ---- half-applied ---- */

static bool
is_guarded(const struct act *act)
{
    return (act->flags & ACT_GUARDED) != 0 || changes_rows(act) || act->kind == ACT_SET ||
           act->kind == ACT_OTHER;
}

/* The last statement may fail: then nothing behind it is missing, and before it all is guarded. */
static void
look_for_halves(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    if (deeds->count == 0 || !deeds->items[0].alone)
        return;
    const size_t last = deeds->items[deeds->count - 1].statement;
    for (size_t i = 0; i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        if (deed->statement == last || is_guarded(deed->act))
            continue;
        struct finding *finding = check_report_migration(
            run, evidence->migration,
            "When a later statement fails, this one stays, and a second try fails here");
        check_detail(run, finding,
                     "The migration runs outside a transaction: nothing takes its first statements "
                     "back.");
        check_advice(run, finding,
                     "Say IF NOT EXISTS or IF EXISTS, or give each statement a migration of its "
                     "own.");
        risk_evidence(run, finding, deed);
        finding->strength = STRENGTH_PROVED;
        return;
    }
}

void
check_half_applied(struct check_run *run)
{
    check_each_migration(run, look_for_halves);
}

/* ---- transaction-in-migration, data-change-in-migration, backfill-unbatched ---- */

static void
look_for_transaction(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    for (size_t i = 0; i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        if (deed->act->kind != ACT_TRANSACTION || deed->alone)
            continue;
        struct finding *finding = check_report_migration(
            run, evidence->migration, "The migration begins or ends a transaction itself");
        check_detail(run, finding,
                     "It runs in one already: a COMMIT within it ends that one too early, and what "
                     "follows is not taken back on failure.");
        check_advice(run, finding, "Leave transactions to the tool.");
        risk_evidence(run, finding, deed);
        finding->strength = STRENGTH_PROVED;
        return;
    }
}

void
check_transaction_in_migration(struct check_run *run)
{
    check_each_migration(run, look_for_transaction);
}

static void
look_for_data(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    const struct deed *stop = first_stop(deeds);
    for (size_t i = 0; stop != NULL && i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        if (!changes_rows(deed->act) || !deed->was_there || deed->alone)
            continue;
        struct finding *finding = check_report_migration(
            run, evidence->migration,
            "Rows of %s change in the transaction that changes the schema",
            check_code(run, deed->relation));
        check_detail(run, finding,
                     "Their locks are held together: the rows until the schema is changed, the "
                     "tables until the rows are.");
        check_advice(run, finding, "Change rows in a migration of their own, in batches.");
        risk_evidence(run, finding, deed);
        check_evidence(run, finding, "Also locked", stop->relation);
        return;
    }
}

void
check_data_change_in_migration(struct check_run *run)
{
    check_each_migration(run, look_for_data);
}

static void
look_for_backfill(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    for (size_t i = 0; i < deeds->count; i++) {
        const struct deed *deed = &deeds->items[i];
        if (!changes_rows(deed->act) || (deed->act->flags & ACT_EVERY_ROW) == 0 || !deed->was_there)
            continue;
        struct finding *finding = check_report_migration(run, evidence->migration,
                                                         "All rows of %s change in one statement",
                                                         check_code(run, deed->relation));
        check_detail(run, finding,
                     "Each row stays locked until the end, the old versions stay in the table, and "
                     "replicas get all of it at once.");
        check_advice(
            run, finding,
            "Go over the key in batches of a few thousand rows, each with a transaction of "
            "its own.");
        risk_evidence(run, finding, deed);
    }
}

void
check_backfill_unbatched(struct check_run *run)
{
    check_each_migration(run, look_for_backfill);
}
