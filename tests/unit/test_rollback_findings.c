/* test_rollback_findings.c - rules about ways back, as a function of evidence: one row a rule, and
 * what none of them minds. */
#include "findings_world.h"
#include "support.h"

static struct lock_evidence unnoticed[] = {{"public.a", LOCK_SHARE_UPDATE_EXCLUSIVE}};
static struct lock_evidence share[] = {{"public.a", LOCK_SHARE}};
static struct lock_evidence exclusive[] = {{"public.a", LOCK_ACCESS_EXCLUSIVE}};
static struct scan_evidence scans[] = {{"public.a", 1}};
static struct statement_evidence quiet[] = {
    {.sql = "CREATE INDEX CONCURRENTLY", .lock_count = 1, .locks = unnoticed}};
static struct statement_evidence light[] = {
    {.sql = "CREATE INDEX", .lock_count = 1, .locks = share}};
static struct statement_evidence heavy[] = {
    {.sql = "DROP INDEX", .lock_count = 1, .locks = exclusive}};
static struct statement_evidence reads[] = {
    {.sql = "ALTER TABLE", .lock_count = 1, .locks = share, .scan_count = 1, .scans = scans}};
static struct precheck prechecks[] = {{.direction = DIRECTION_DOWN, .query = "SELECT 1"}};

#define RAN(list)                                                                                  \
    {                                                                                              \
        .end = RUN_COMPLETE, .count = 1, .statements = list                                        \
    }

static const struct expectation {
    const char *slug; /* NULL: nothing is found */
    enum severity severity;
    struct migration_evidence evidence;
} expectations[] = {
    {NULL,
     SEVERITY_NOTE,
     {.up = RAN(light),
      .down = RAN(light),
      .verdict = {REVERSAL_EXACT, REVERSAL_EXACT, LOSS_NONE, {0}, {0}}}},
    {"rollback-irreversible",
     SEVERITY_WARNING,
     {.up = RAN(light),
      .down = {.end = RUN_ABSENT},
      .verdict = {REVERSAL_IMPOSSIBLE, REVERSAL_IMPOSSIBLE, LOSS_PRE_EXISTING, {0}, {0}}}},
    {"rollback-lossy",
     SEVERITY_ERROR,
     {.up = RAN(light),
      .down = RAN(light),
      .verdict = {REVERSAL_LOSSY, REVERSAL_LOSSY, LOSS_NONE, {0}, {0}}}},
    {"rollback-data-dependent",
     SEVERITY_WARNING,
     {.up = RAN(light),
      .down = RAN(light),
      .prechecks = {1, prechecks},
      .verdict = {REVERSAL_EXACT, REVERSAL_DATA, LOSS_NONE, {0}, {0}}}},
    {"rollback-destroys-data",
     SEVERITY_NOTE,
     {.up = RAN(light),
      .down = RAN(light),
      .verdict = {REVERSAL_EXACT, REVERSAL_DESTROYS, LOSS_SINCE, {0}, {0}}}},
    {"rollback-destroys-data",
     SEVERITY_WARNING,
     {.up = RAN(light),
      .down = RAN(light),
      .verdict = {REVERSAL_EXACT, REVERSAL_DESTROYS, LOSS_PRE_EXISTING, {0}, {0}}}},
    {"rollback-heavier-than-up",
     SEVERITY_WARNING,
     {.up = RAN(quiet),
      .down = RAN(heavy),
      .verdict = {REVERSAL_EXACT, REVERSAL_EXACT, LOSS_NONE, {0}, {0}}}},
    {NULL,
     SEVERITY_NOTE,
     {.up = RAN(light),
      .down = RAN(heavy),
      .verdict = {REVERSAL_EXACT, REVERSAL_EXACT, LOSS_NONE, {0}, {0}}}},
    {"rollback-heavier-than-up",
     SEVERITY_WARNING,
     {.up = RAN(light),
      .down = RAN(reads),
      .verdict = {REVERSAL_EXACT, REVERSAL_EXACT, LOSS_NONE, {0}, {0}}}},
    {NULL,
     SEVERITY_NOTE,
     {.up = RAN(heavy),
      .down = RAN(light),
      .verdict = {REVERSAL_EXACT, REVERSAL_EXACT, LOSS_NONE, {0}, {0}}}},
    {"rollback-unproved", SEVERITY_WARNING, {.up = RAN(light), .down = RAN(light), .verdict = {0}}},
};

static const char *const slugs[] = {
    "rollback-data-dependent", "rollback-destroys-data", "rollback-heavier-than-up",
    "rollback-irreversible",   "rollback-lossy",         "rollback-unproved",
};

#define REASON "The table is empty."

/* Accepted with a reason when it is to be found, where `acceptances` is 1. */
static void
check_one(const struct expectation *expectation, size_t acceptances)
{
    static struct migration file = {.version = "1", .name = "change", .file = "priv/1_change.exs"};
    static const struct migrations migrations = {
        .key = "ecto", .format = "Ecto", .count = 1, .items = &file};
    struct acceptance acceptance = {expectation->slug, "migration 1", REASON, NULL, 3, NULL};
    struct config config = {
        .file = "dbdoc.yml", .acceptance_count = acceptances, .acceptances = &acceptance};
    struct migration_evidence evidence = expectation->evidence;
    evidence.migration = &file;
    const struct rehearsal rehearsal = {
        .migrations = &migrations, .server = "15.20", .count = 1, .items = &evidence};
    struct world world = world_rehearsed("'schemas':[{'name':'public'}]", &config, &rehearsal);
    for (size_t i = 0; i < G_N_ELEMENTS(slugs); i++) {
        const struct finding *finding = world_find(&world, slugs[i], 0);
        if (expectation->slug == NULL || !g_str_equal(slugs[i], expectation->slug)) {
            g_assert_null(finding);
            continue;
        }
        g_assert_nonnull(finding);
        g_assert_cmpint(finding->severity, ==, expectation->severity);
        g_assert_cmpstr(finding->accepted, ==, acceptances > 0 ? REASON : NULL);
    }
    world_free(&world);
}

static void
test_rules(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(expectations); i++)
        check_one(&expectations[i], 0);
}

/* None of them is so grave that nobody may accept it. */
static void
test_accepted(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(expectations); i++)
        if (expectations[i].slug != NULL)
            check_one(&expectations[i], 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rollback-findings/rules", test_rules);
    g_test_add_func("/rollback-findings/accepted", test_accepted);
    return g_test_run();
}
