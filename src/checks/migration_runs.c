/* migration_runs.c - migrations that do not run. */
#include "base/secret.h"
#include "checks/families.h"

#include <string.h>

static const struct statement_evidence *
last_statement(const struct run_evidence *run)
{
    return run->count > 0 ? &run->statements[run->count - 1] : NULL;
}

/* Mistakes that PostgreSQL's words do not explain to who writes migrations. */
static const struct {
    const char *words;     /* of the server */
    const char *statement; /* a part of it */
    const char *advice;
} mistakes[] = {
    {"specified more than once", "\"inserted_at\"",
     "Add each column once: `timestamps()` adds `inserted_at` and `updated_at` itself."},
    {"syntax error at or near \",\"", " INDEX ",
     "Give each column and each expression an element of its own, as in `[:user_id, :status]` or "
     "`[\"lower(email)\", :status]`: a text is one expression, and a list in brackets is none."},
};

static const char *
advice_about(const struct run_evidence *up, const struct statement_evidence *statement)
{
    for (size_t i = 0; up->words != NULL && statement != NULL && i < G_N_ELEMENTS(mistakes); i++)
        if (strstr(up->words, mistakes[i].words) != NULL &&
            strstr(statement->sql, mistakes[i].statement) != NULL)
            return mistakes[i].advice;
    return "Correct it before it is deployed.";
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
    check_advice(run, finding, "%s", advice_about(up, statement));
    if (statement == NULL)
        return;
    check_statement(run, finding, statement);
}

void
check_migration_fails(struct check_run *run)
{
    check_each_migration(run, look_at_up);
}
