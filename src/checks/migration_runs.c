/* migration_runs.c - migrations that do not run. */
#include "base/secret.h"
#include "checks/families.h"

static const struct statement_evidence *
last_statement(const struct run_evidence *run)
{
    return run->count > 0 ? &run->statements[run->count - 1] : NULL;
}

static void
look_at_up(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct run_evidence *up = &evidence->up;
    if (up->end == RUN_NOT_TRIED || up->end == RUN_COMPLETE)
        return;
    const struct migration *migration = evidence->migration;
    const struct statement_evidence *statement = last_statement(up);
    struct finding *finding = check_report_migration(run, migration, "Migration %s does not run",
                                                     check_code(run, migration->name));
    check_detail(run, finding,
                 "In a throw-away PostgreSQL its up ends before its end; those behind it were "
                 "rehearsed without it.");
    check_evidence(run, finding, "End", run_end_words[up->end]);
    g_autofree char *safe = up->words == NULL ? NULL : secret_mask(up->words);
    check_evidence(run, finding, "Words", safe);
    check_advice(run, finding, "Correct it before it is deployed.");
    if (statement == NULL)
        return;
    check_statement(run, finding, statement);
}

void
check_migration_fails(struct check_run *run)
{
    check_each_migration(run, look_at_up);
}
