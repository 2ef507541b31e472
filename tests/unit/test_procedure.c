/* test_procedure.c - runbooks as a function of evidence: what is advised, in which order, and which
 * SQL stands in the steps. */
#include "runbook/procedure.h"
#include "support.h"

#include <string.h>

static struct lock_evidence exclusive[] = {{"public.a", LOCK_ACCESS_EXCLUSIVE}};
static struct statement_evidence ran[] = {{.sql = "ALTER TABLE a DROP COLUMN x",
                                           .file = "a.exs",
                                           .line = 3,
                                           .lock_count = 1,
                                           .locks = exclusive}};
static struct migration_step steps[] = {
    {.kind = STEP_SQL, .sql = "ALTER TABLE a DROP COLUMN x", .file = "a.exs", .line = 3},
    {.kind = STEP_SQL, .sql = "SELECT 1 -- why", .file = "a.exs", .line = 4},
    {.kind = STEP_SQL, .sql = "", .file = "a.exs", .line = 5},
};
static struct migration_step concurrent[] = {
    {.kind = STEP_SQL, .sql = "DROP INDEX CONCURRENTLY i", .file = "b.exs", .line = 3},
    {.kind = STEP_SQL, .sql = "DROP TABLE t", .file = "b.exs", .line = 4},
};

static struct difference added[] = {
    {CHANGE_ADDED, "column", "public.a.x", NULL, NULL, NULL, false}};
static struct difference required[] = {
    {CHANGE_CHANGED, "column", "public.a.x", "NOT NULL", "no", "yes", false}};
static struct removal since[] = {{"column", "public.a.x", true, false}};
static struct removal before[] = {{"column", "public.a.y", false, false}};

enum { MIGRATIONS = 5 };

/* Five migrations that are alike but for what a test changes. */
struct world {
    struct arena *arena;
    struct migration items[MIGRATIONS];
    struct migration_evidence evidence[MIGRATIONS];
    struct migrations migrations;
    struct rehearsal rehearsal;
};

static const char *const versions[] = {"10", "20", "30", "40", "50"};

static void
set_up(struct world *world, gconstpointer data)
{
    (void)data;
    world->arena = arena_new();
    for (size_t i = 0; i < MIGRATIONS; i++) {
        world->items[i] = (struct migration){
            .version = versions[i],
            .name = "change",
            .file = "a.exs",
            .down = {.count = G_N_ELEMENTS(steps), .steps = steps},
        };
        world->evidence[i] = (struct migration_evidence){
            .migration = &world->items[i],
            .up = {.end = RUN_COMPLETE},
            .down = {.end = RUN_COMPLETE, .count = 1, .statements = ran},
            .changes = {1, required},
            .verdict = {.schema = REVERSAL_EXACT, .reversal = REVERSAL_EXACT, .loss = LOSS_NONE},
        };
    }
    world->migrations = (struct migrations){.key = "ecto",
                                            .history = "schema_migrations",
                                            .format = "Ecto",
                                            .folder = "priv/repo/migrations",
                                            .count = MIGRATIONS,
                                            .items = world->items};
    world->rehearsal = (struct rehearsal){
        .migrations = &world->migrations,
        .server = "15.20 (Debian)",
        .count = MIGRATIONS,
        .items = world->evidence,
    };
}

static void
tear_down(struct world *world, gconstpointer data)
{
    (void)data;
    arena_free(world->arena);
}

static const struct runbook *
write_book(struct world *world, size_t first, size_t last)
{
    const struct procedure_sources sources = {world->arena, &world->rehearsal, NULL, NULL};
    const struct span span = {first, last};
    return procedure_new(&sources, &span, NULL);
}

static void
advises_by_rule(struct world *world, gconstpointer data)
{
    (void)data;
    struct migration_evidence *last = &world->evidence[MIGRATIONS - 1];
    g_assert_cmpint(write_book(world, 4, 4)->advice, ==, ADVICE_DOWN);
    g_assert_cmpint(write_book(world, 2, 2)->advice, ==, ADVICE_DOWN);
    g_assert_cmpint(write_book(world, 1, 1)->advice, ==, ADVICE_FORWARD); /* three newer ones */
    last->changes = (struct differences){1, added};
    g_assert_cmpint(write_book(world, 4, 4)->advice, ==, ADVICE_APPLICATION);
    last->up_removes = (struct removals){1, before};
    g_assert_cmpint(write_book(world, 4, 4)->advice, ==, ADVICE_FORWARD);
    last->up_removes = (struct removals){0, NULL};
    last->verdict.reversal = REVERSAL_LOSSY;
    g_assert_cmpint(write_book(world, 4, 4)->advice, ==, ADVICE_FORWARD);
    last->verdict.reversal = REVERSAL_UNKNOWN;
    g_assert_cmpint(write_book(world, 4, 4)->advice, ==, ADVICE_FORWARD);
    last->verdict.reversal = REVERSAL_IMPOSSIBLE;
    g_assert_cmpint(write_book(world, 4, 4)->advice, ==, ADVICE_FORWARD);
    g_assert_cmpuint(write_book(world, 4, 4)->parts[PHASE_DOWN].step_count, ==, 0);
}

static void
tells_the_stage(struct world *world, gconstpointer data)
{
    (void)data;
    static struct statement_evidence update[] = {{.sql = " /* x */ UPDATE a SET x = 1"}};
    struct migration_evidence *last = &world->evidence[MIGRATIONS - 1];
    g_assert_cmpstr(write_book(world, 4, 4)->stages, ==, "contract");
    last->changes = (struct differences){1, added};
    g_assert_cmpstr(write_book(world, 4, 4)->stages, ==, "expand");
    last->up = (struct run_evidence){
        .end = RUN_COMPLETE, .isolation = IN_TRANSACTION, .count = 1, .statements = update};
    g_assert_cmpstr(write_book(world, 4, 4)->stages, ==, "expand, migrate");
    last->changes = (struct differences){0, NULL};
    g_assert_cmpstr(write_book(world, 4, 4)->stages, ==, "migrate");
}

/* Old code sees these: its rows may be refused. */
static void
tells_what_binds_old_code(struct world *world, gconstpointer data)
{
    (void)data;
    static struct difference index[] = {
        {CHANGE_ADDED, "index", "public.a_x_index", NULL, NULL, NULL, false}};
    static struct difference trigger[] = {
        {CHANGE_ADDED, "trigger", "public.a.t", NULL, NULL, NULL, false}};
    static const struct {
        const char *sql;
        struct difference *change;
        const char *stages;
    } rows[] = {
        {"CREATE INDEX a_x_index ON a (x)", index, "expand"},
        {"CREATE UNIQUE INDEX a_x_index ON a (x)", index, "contract"},
        {"CREATE UNIQUE INDEX b_x_index ON b (x)", index, "expand"}, /* of a table made here */
        {"ALTER TABLE a ADD x int NOT NULL DEFAULT 0", added, "expand"},
        {"ALTER TABLE a ADD x int NOT NULL", added, "expand, contract"},
        {"ALTER TABLE a ALTER x SET NOT NULL", added, "expand, contract"},
        {"CREATE TRIGGER t BEFORE INSERT ON a EXECUTE FUNCTION f()", trigger, "contract"},
    };
    struct migration_evidence *last = &world->evidence[MIGRATIONS - 1];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct statement_evidence statement = {.sql = rows[i].sql};
        last->changes = (struct differences){1, rows[i].change};
        last->up = (struct run_evidence){
            .end = RUN_COMPLETE, .isolation = IN_TRANSACTION, .count = 1, .statements = &statement};
        g_assert_cmpstr(write_book(world, 4, 4)->stages, ==, rows[i].stages);
    }
}

static const struct runbook_step *
find_step(const struct runbook *runbook, enum runbook_phase phase, enum step_role role)
{
    const struct runbook_part *part = &runbook->parts[phase];
    for (size_t i = 0; i < part->step_count; i++)
        if (part->steps[i].role == role)
            return &part->steps[i];
    g_assert_not_reached();
}

static void
writes_one_transaction(struct world *world, gconstpointer data)
{
    (void)data;
    const struct runbook *runbook = write_book(world, 4, 4);
    const struct runbook_step *step = find_step(runbook, PHASE_DOWN, ROLE_DOWN);
    static const char *const expected[] = {
        "BEGIN;",
        "SET LOCAL lock_timeout = '5s';",
        "ALTER TABLE a DROP COLUMN x;",
        "SELECT 1 -- why\n;",
        "DELETE FROM schema_migrations WHERE version = '50';",
        "COMMIT;",
    };
    g_assert_cmpuint(step->code.count, ==, G_N_ELEMENTS(expected));
    for (size_t i = 0; i < step->code.count; i++)
        g_assert_cmpstr(step->code.items[i], ==, expected[i]);
    g_assert_cmpint(step->lock, ==, LOCK_ACCESS_EXCLUSIVE);
    g_assert_cmpint(step->proof, ==, PROOF_NONE);
    g_assert_cmpstr(find_step(runbook, PHASE_DOWN, ROLE_TOOL)->code.items[0], ==,
                    "mix ecto.rollback --to 50 --log-migrations-sql");
    g_assert_cmpint(find_step(runbook, PHASE_DOWN, ROLE_TOOL)->proof, ==, PROOF_EQUIVALENT);
    g_assert_cmpstr(
        find_step(runbook, PHASE_BEFORE, ROLE_PRECONDITION)->code.items[0], ==,
        "SELECT max(version) AS applied FROM schema_migrations HAVING max(version) IS DISTINCT "
        "FROM '50';");
    g_assert_cmpstr(find_step(runbook, PHASE_CHECK, ROLE_VERIFY)->code.items[0], ==,
                    "SELECT version AS still_applied FROM schema_migrations WHERE version >= "
                    "'50';");
}

static void
writes_statements_alone(struct world *world, gconstpointer data)
{
    (void)data;
    world->items[4].down = (struct migration_plan){
        .count = G_N_ELEMENTS(concurrent), .steps = concurrent, .isolation = NO_TRANSACTION};
    const struct runbook_part *part = &write_book(world, 4, 4)->parts[PHASE_DOWN];
    g_assert_cmpuint(part->step_count, ==, 4); /* the tool's, two statements, the history */
    g_assert_cmpstr(part->steps[1].code.items[0], ==, "SET lock_timeout = 0;");
    g_assert_cmpstr(part->steps[1].code.items[1], ==, "DROP INDEX CONCURRENTLY i;");
    g_assert_cmpstr(part->steps[2].code.items[0], ==, "SET lock_timeout = '5s';");
    g_assert_cmpstr(part->steps[3].code.items[1], ==,
                    "DELETE FROM schema_migrations WHERE version = '50';");
}

static void
takes_a_range_newest_first(struct world *world, gconstpointer data)
{
    (void)data;
    world->evidence[3].verdict.loss = LOSS_SINCE;
    world->evidence[3].down_removes = (struct removals){1, since};
    const struct runbook *runbook = write_book(world, 2, 3);
    g_assert_cmpstr(runbook->name, ==, "30..40");
    g_assert_cmpuint(runbook->count, ==, 2);
    g_assert_cmpstr(runbook->migrations[0]->migration->version, ==, "40");
    g_assert_cmpuint(runbook->newer_count, ==, 1);
    g_assert_cmpint(runbook->loss, ==, LOSS_SINCE);
    g_assert_cmpint(runbook->lock, ==, LOCK_ACCESS_EXCLUSIVE);
    g_assert_cmpstr(find_step(runbook, PHASE_DOWN, ROLE_TOOL)->code.items[0], ==,
                    "mix ecto.rollback --to 30 --log-migrations-sql");
    const struct runbook_part *down = &runbook->parts[PHASE_DOWN];
    g_assert_cmpuint(down->step_count, ==, 3);
    g_assert_nonnull(strstr(down->steps[1].code.items[4], "'40'"));
    g_assert_nonnull(strstr(down->steps[2].code.items[4], "'30'"));
}

/* Nobody is sent to undo what is newer for a way back that is not there. */
static void
asks_for_nothing_without_a_way_back(struct world *world, gconstpointer data)
{
    (void)data;
    world->evidence[1].verdict.reversal = REVERSAL_IMPOSSIBLE;
    const struct runbook *runbook = write_book(world, 1, 1);
    g_assert_cmpuint(runbook->newer_count, ==, 0);
    for (int phase = PHASE_BEFORE; phase <= PHASE_CHECK; phase++)
        g_assert_cmpuint(runbook->parts[phase].step_count, ==, 0);
}

static void
leaves_what_has_no_version(struct world *world, gconstpointer data)
{
    (void)data;
    world->items[4] = (struct migration){.kind = MIGRATION_REPEATABLE, .name = "views"};
    const struct runbook *runbook = write_book(world, 2, 2);
    g_assert_cmpuint(runbook->newer_count, ==, 1);
    g_assert_cmpstr(runbook->newer[0]->migration->version, ==, "40");
}

static void
leaves_out_passwords(struct world *world, gconstpointer data)
{
    (void)data;
    static struct migration_step secret[] = {
        {.kind = STEP_SQL, .sql = "ALTER ROLE r PASSWORD 'geheim'", .file = "a.exs", .line = 3}};
    world->items[4].down = (struct migration_plan){.count = 1, .steps = secret};
    const struct runbook *runbook = write_book(world, 4, 4);
    g_assert_cmpstr(find_step(runbook, PHASE_DOWN, ROLE_DOWN)->code.items[2], ==,
                    "ALTER ROLE r PASSWORD NULL;");
}

static void
fits_ecto_to_the_folder(struct world *world, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *folder;
        const char *command;
    } expectations[] = {
        {"apps/shop/priv/repo/migrations",
         "cd apps/shop && mix ecto.rollback --to 50 --log-migrations-sql"},
        {"priv/other/it's",
         "mix ecto.rollback --to 50 --log-migrations-sql --migrations-path 'priv/other/it'\\''s'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(expectations); i++) {
        world->migrations.folder = expectations[i].folder;
        const struct runbook *runbook = write_book(world, 4, 4);
        g_assert_cmpstr(find_step(runbook, PHASE_DOWN, ROLE_TOOL)->code.items[0], ==,
                        expectations[i].command);
    }
}

/* What stands in a command is a word of a shell, whatever files are called. */
static void
quotes_for_shells(struct world *world, gconstpointer data)
{
    (void)data;
    world->migrations.key = "goose";
    world->migrations.folder = "db; rm -rf ~/it's";
    const struct runbook *runbook = write_book(world, 4, 4);
    g_assert_cmpstr(find_step(runbook, PHASE_DOWN, ROLE_TOOL)->code.items[0], ==,
                    "goose -dir 'db; rm -rf ~/it'\\''s' postgres \"$DATABASE_URL\" down-to 40");
}

static const struct {
    const char *name;
    void (*run)(struct world *world, gconstpointer data);
} tests[] = {
    {"advises by rule", advises_by_rule},
    {"tells the stage", tells_the_stage},
    {"tells what binds old code", tells_what_binds_old_code},
    {"writes one transaction", writes_one_transaction},
    {"writes statements alone", writes_statements_alone},
    {"takes a range newest first", takes_a_range_newest_first},
    {"asks for nothing without a way back", asks_for_nothing_without_a_way_back},
    {"leaves what has no version", leaves_what_has_no_version},
    {"leaves out passwords", leaves_out_passwords},
    {"fits Ecto to the folder", fits_ecto_to_the_folder},
    {"quotes for shells", quotes_for_shells},
};

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strconcat("/procedure/", tests[i].name, NULL);
        g_test_add(path, struct world, NULL, set_up, tests[i].run, tear_down);
    }
    return g_test_run();
}
