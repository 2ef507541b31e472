/* migrate.c - the statements of migrations go the way of all foreign SQL; only the transactions
 * around them are the tool's. */
#include "source/migrate.h"

#include "migrations/history.h"

static bool
apply_step(struct loader *loader, const struct migration_step *step, GError **error)
{
    const struct place place = {step->file, step->line};
    if (step->kind != STEP_OPAQUE)
        return loader_apply(loader, &place, step->sql, error);
    remarks_add(loader->remarks, REASON_OPAQUE, &place, step->source, step->reason);
    return true;
}

static bool
apply_steps(struct loader *loader, const struct migration *migration, GError **error)
{
    const struct migration_plan *up = &migration->up;
    const struct place place = {migration->file, 1};
    for (size_t i = 0; i < up->count; i++)
        if (!apply_step(loader, &up->steps[i], error))
            return false;
    if (up->end == PLAN_ABSENT)
        remarks_add(loader->remarks, REASON_OPAQUE, &place, "the way up", up->reason);
    return up->end != PLAN_REFUSED || loader_fail(loader, &place, "the way up", up->reason, error);
}

static bool
apply(struct loader *loader, const struct migration *migration, GError **error)
{
    const struct place place = {migration->file, 1};
    bool wrapped = migration->up.isolation == IN_TRANSACTION;
    return (!wrapped || loader_apply(loader, &place, "BEGIN", error)) &&
           apply_steps(loader, migration, error) &&
           (!wrapped || loader_apply(loader, &place, "COMMIT", error)) &&
           loader_finish(loader, migration->file, error);
}

/* Makes the tool's table, unless it is there or not known. */
static bool
create_history(struct loader *loader, const struct migrations *migrations, GError **error)
{
    const struct place place = {migrations->items[0].file, 1};
    g_autofree char *table = history_table(migrations);
    for (size_t i = 0; i < migrations->schemas.count; i++)
        if (!loader_apply(loader, &place, migrations->schemas.items[i], error))
            return false;
    return table == NULL || loader_apply(loader, &place, table, error);
}

/* Fills it in a new session. Where that is refused (a team may forbid to write there), the rest
 * stays out with a remark. */
static bool
fill_history(struct loader *loader, const struct migrations *migrations, GError **error)
{
    if (!loader_reconnect(loader, error))
        return false;
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->items[i];
        g_autofree char *row = history_row(migrations, migration, DIRECTION_UP);
        const struct place place = {migration->file, 1};
        enum run run = row == NULL ? RUN_DONE : loader_run(loader, TREAT_RUN, row, NULL, error);
        if (run == RUN_REFUSED)
            remarks_add(loader->remarks, REASON_HISTORY, &place, row, loader->refused.message);
        if (run != RUN_DONE)
            return run == RUN_REFUSED;
    }
    return true;
}

/* Dumps leave settings behind that no later migration has, and hold the tool's table. */
static bool
apply_baseline(struct loader *loader, const struct migrations *migrations, size_t *next,
               GError **error)
{
    *next = migrations->items[0].kind == MIGRATION_DUMP;
    if (*next == 1 &&
        (!apply(loader, &migrations->items[0], error) || !loader_reconnect(loader, error)))
        return false;
    return create_history(loader, migrations, error);
}

static bool
apply_each(struct loader *loader, const struct migrations *migrations, GError **error)
{
    size_t i = 0;
    if (!apply_baseline(loader, migrations, &i, error))
        return false;
    for (; i < migrations->count; i++)
        if (!apply(loader, &migrations->items[i], error))
            return false;
    return true;
}

static bool
apply_together(struct loader *loader, const struct migrations *migrations, GError **error)
{
    const struct place first = {migrations->items[0].file, 1};
    const struct place last = {migrations->items[migrations->count - 1].file, 1};
    if (!create_history(loader, migrations, error) || !loader_apply(loader, &first, "BEGIN", error))
        return false;
    for (size_t i = 0; i < migrations->count; i++)
        if (!apply_steps(loader, &migrations->items[i], error))
            return false;
    return loader_apply(loader, &last, "COMMIT", error) && loader_finish(loader, last.file, error);
}

bool
migrate_up(struct loader *loader, const struct migrations *migrations, GError **error)
{
    bool done = migrations->transactions == TRANSACTION_FOR_ALL
                    ? apply_together(loader, migrations, error)
                    : apply_each(loader, migrations, error);
    return done && fill_history(loader, migrations, error);
}
