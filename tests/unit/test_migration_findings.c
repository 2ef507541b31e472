/* test_migration_findings.c - rules about migrations: which of them count, where they are filed,
 * and how they are accepted. */
#include "findings_world.h"
#include "support.h"

#include <string.h>

static const char blog[] =
    "'schemas':[{'name':'public'}],"
    "'histories':[{'schema':'public','name':'schema_migrations','tool':'Ecto','readable':true,"
    "'versions':['1']}]";

static struct statement_evidence refused[] = {
    {.sql = "ALTER ROLE blog PASSWORD 'geheim'", .file = "priv/2_second.exs", .line = 7}};
static struct migration files[] = {
    {.version = "1", .name = "first", .file = "priv/1_first.exs"},
    {.version = "2", .name = "se`cond", .file = "priv/2_second.exs"},
};
static const struct migrations migrations = {
    .key = "ecto", .format = "Ecto", .count = G_N_ELEMENTS(files), .items = files};
static struct migration_evidence seen[] = {
    {.migration = &files[0], .up = {.end = RUN_RAISED, .words = "not now"}},
    {.migration = &files[1],
     .up = {.end = RUN_FAILED, .words = "no", .count = 1, .statements = refused}},
};
static const struct rehearsal rehearsal = {
    .migrations = &migrations, .server = "15.20", .count = G_N_ELEMENTS(seen), .items = seen};

static struct world
world_of(const struct rehearsal *known, struct acceptance *acceptances, size_t count)
{
    static struct config config;
    config = (struct config){
        .file = "dbdoc.yml", .acceptance_count = count, .acceptances = acceptances};
    return world_rehearsed(blog, &config, known);
}

/* What the database has applied nobody can prevent: it is told with the migration alone. */
static void
test_past(void)
{
    struct world world = world_of(&rehearsal, NULL, 0);
    const struct findings *findings = world.findings;
    g_assert_cmpuint(findings->count, ==, 2); /* and one is pending */
    g_assert_cmpuint(findings->past_count, ==, 1);
    g_assert_true(findings->past[0].migration == &files[0]);
    g_assert_cmpstr(findings->past[0].file, ==, "priv/1_first.exs");
    const struct finding *finding = &findings->items[0];
    g_assert_cmpstr(finding->slug, ==, "migration-fails");
    g_assert_cmpstr(finding->file, ==, "priv/2_second.exs");
    g_assert_cmpuint(finding->line, ==, 7);
    g_assert_cmpstr(finding->evidence[2].value, ==, "ALTER ROLE blog PASSWORD '***'");
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GPtrArray) own = findings_of(findings, &files[i]);
        g_assert_cmpuint(own->len, ==, 1 + i);
    }
    world_free(&world);
}

static void
test_accepted(void)
{
    struct acceptance acceptances[] = {
        {.slug = "migration-fails", .object = "migration 2", .reason = "Only here."},
        {.slug = "migration-fails", .object = "migration 3", .reason = "Nowhere."},
    };
    struct world world = world_of(&rehearsal, acceptances, 2);
    const struct finding *unused = world_find(&world, "acceptance-unused", 0);
    g_assert_cmpstr(world_find(&world, "migration-fails", 0)->accepted, ==, "Only here.");
    g_assert_cmpstr(unused->title, ==,
                    "Accepted for `migration 3`, which is not among the migrations");
    g_assert_null(world_find(&world, "acceptance-unused", 1));
    world_free(&world);
}

/* A rule that had nothing to look at leaves its acceptances alone. */
static void
test_not_rehearsed(void)
{
    struct migration_evidence read[] = {{.migration = &files[0]}, {.migration = &files[1]}};
    const struct rehearsal not_run = {.migrations = &migrations, .count = 2, .items = read};
    struct acceptance acceptance = {
        .slug = "migration-fails", .object = "migration 2", .reason = "Only here."};
    const struct rehearsal *const known[] = {NULL, &not_run};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        struct world world = world_of(known[i], &acceptance, 1);
        g_assert_null(world_find(&world, "migration-fails", 0));
        g_assert_null(world_find(&world, "acceptance-unused", 0));
        world_free(&world);
    }
}

/* What a tool ignores is told where it stands. */
static void
test_remarks(void)
{
    static struct migration_remark remarks[] = {{"Ecto ignores `it`.\nReally.", "lib/a.ex", 3}};
    static struct migration items[] = {{.version = "5",
                                        .name = "fifth",
                                        .file = "priv/5_fifth.exs",
                                        .remark_count = 1,
                                        .remarks = remarks}};
    static const char *const slugs[] = {"ecto-option-ignored", "migration-not-as-written"};
    static const char *const keys[] = {"ecto", "goose"};
    struct migration_evidence read[] = {{.migration = &items[0]}};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const struct migrations known = {.key = keys[i], .count = 1, .items = items};
        const struct rehearsal not_run = {.migrations = &known, .count = 1, .items = read};
        struct world world = world_of(&not_run, NULL, 0);
        const struct finding *finding = world_find(&world, slugs[i], 0);
        g_assert_cmpuint(world.findings->count, ==, 1);
        g_assert_true(finding->migration == &items[0]);
        g_assert_cmpstr(finding->file, ==, "lib/a.ex");
        g_assert_cmpuint(finding->line, ==, 3);
        g_assert_cmpstr(finding->evidence[0].value, ==, remarks[0].text);
        world_free(&world);
    }
}

/* Nothing takes back what ran outside a transaction. */
static void
test_half_applied(void)
{
    static struct migration_step steps[] = {
        {.kind = STEP_SQL,
         .sql = "CREATE TABLE IF NOT EXISTS a (x int)",
         .file = "a.sql",
         .line = 1},
        {.kind = STEP_SQL, .sql = "ALTER TABLE a ADD y int", .file = "a.sql", .line = 2},
        {.kind = STEP_SQL, .sql = "ALTER TABLE a ADD z int", .file = "a.sql", .line = 3},
    };
    const size_t reported[] = {0, 0, 2}; /* by the number of steps: the line; 0 for none */
    for (size_t i = 0; i < G_N_ELEMENTS(reported); i++) {
        struct migration file = {.version = "2", .name = "a", .file = "a.sql"};
        file.up = (struct migration_plan){
            .count = i + 1, .steps = steps, .isolation = NO_TRANSACTION};
        const struct migrations read = {.count = 1, .items = &file};
        struct migration_evidence evidence = {.migration = &file};
        const struct rehearsal not_run = {.migrations = &read, .count = 1, .items = &evidence};
        struct world world = world_of(&not_run, NULL, 0);
        const struct finding *finding = world_find(&world, "half-applied", 0);
        g_assert_cmpuint(finding == NULL ? 0 : finding->line, ==, reported[i]);
        world_free(&world);
    }
}

/* What few rows make short is a note. */
static void
test_small(void)
{
    static const struct {
        const char *rows;
        enum severity severity;
    } cases[] = {{"9999", SEVERITY_NOTE}, {"10000", SEVERITY_WARNING}};
    static struct migration_step step = {
        .kind = STEP_SQL, .sql = "CREATE INDEX i ON posts (x)", .file = "a.sql", .line = 1};
    struct migration file = {.version = "2", .name = "a", .file = "a.sql"};
    file.up = (struct migration_plan){.count = 1, .steps = &step};
    const struct migrations read = {.count = 1, .items = &file};
    struct migration_evidence evidence = {.migration = &file};
    const struct rehearsal not_run = {.migrations = &read, .count = 1, .items = &evidence};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *observed = g_strdup_printf(
            "'tables':[{'relation':'public.posts','row_estimate':%s}]", cases[i].rows);
        struct world world = {
            .database = fixture_read("'schemas':[{'name':'public'}],'tables':[{'schema':'public',"
                                     "'name':'posts','kind':'ordinary'}]",
                                     observed)};
        const struct model_parts parts = {.database = world.database};
        world.model = model_new(&parts);
        world.findings = findings_new(world.model, &not_run, TODAY);
        const struct finding *finding = world_find(&world, "index-create-blocking", 0);
        g_assert_cmpint(finding->severity, ==, cases[i].severity);
        g_assert_cmpint(finding->strength, ==, STRENGTH_HINT);
        world_free(&world);
    }
}

/* One file of SQL with one statement, not rehearsed. */
struct lone {
    struct migration_source source;
    struct migration file;
    struct migrations read;
    struct migration_evidence evidence;
    struct rehearsal not_run;
};

/* The text begins at the first line of the file. */
static const struct rehearsal *
lone_fill(struct lone *lone, const char *text, struct migration_step *step)
{
    *lone = (struct lone){
        .source = {"a.sql", 1, text},
        .file = {.version = "2", .name = "a", .file = "a.sql", .source_count = 1},
    };
    lone->file.sources = &lone->source;
    lone->file.up = (struct migration_plan){.count = 1, .steps = step};
    lone->read = (struct migrations){.count = 1, .items = &lone->file};
    lone->evidence.migration = &lone->file;
    lone->not_run = (struct rehearsal){
        .migrations = &lone->read, .count = 1, .items = &lone->evidence};
    return &lone->not_run;
}

/* A comment in the migration accepts what it stands above, if it says why. */
static void
test_comments(void)
{
    static const struct {
        const char *text;
        const char *accepted; /* NULL: it is not */
        const char *unused;   /* title; NULL: none */
    } cases[] = {
        {"DROP TABLE posts;\n", NULL, NULL},
        {"-- dbdoc: accept table-drop: moved in March\n\n-- old\nDROP TABLE posts;\n",
         "moved in March", NULL},
        {"DROP TABLE posts; # dbdoc: accept table-drop moved\n", "moved", NULL},
        {"-- dbdoc: accept table-drop\nDROP TABLE posts;\n", NULL,
         "Nobody says why `table-drop` is fine here"},
        {"-- dbdoc: accept table-dorp: moved\nDROP TABLE posts;\n", NULL,
         "There is no rule `table-dorp` to accept"},
        {"-- dbdoc: accept table-drop: moved\nSELECT 1;\nDROP TABLE posts;\n", NULL,
         "Nothing is left to accept for `table-drop`"},
        {"-- dbdoc: accept migration-fails: only a rehearsal can tell\nDROP TABLE posts;\n", NULL,
         NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *drop = strstr(cases[i].text, "DROP");
        unsigned line = 1;
        for (const char *c = cases[i].text; c < drop; c++)
            line += *c == '\n';
        struct migration_step step = {
            .kind = STEP_SQL, .sql = "DROP TABLE posts", .file = "a.sql", .line = line};
        struct lone lone;
        struct world world = world_of(lone_fill(&lone, cases[i].text, &step), NULL, 0);
        const struct finding *unused = world_find(&world, "acceptance-unused", 0);
        g_assert_cmpstr(world_find(&world, "table-drop", 0)->accepted, ==, cases[i].accepted);
        g_assert_cmpstr(unused == NULL ? NULL : unused->title, ==, cases[i].unused);
        world_free(&world);
    }
}

/* A comment about an index against its statement: what makes a rule speak, and what keeps it quiet.
 */
static void
test_claims(void)
{
    static const struct {
        const char *comment;
        const char *sql;
        const char *title; /* NULL: nothing is said */
    } cases[] = {
        {"-- A partial index: most are deleted.\n", "CREATE INDEX i ON t (a)",
         "A comment speaks of a partial index, and it is none"},
        {"# Covering Index\n# for the list\n", "CREATE INDEX CONCURRENTLY i ON t (a)",
         "A comment speaks of a covering index, and it is none"},
        {"-- one unique\n-- index for both\n", "create index i on t (a)",
         "A comment speaks of a unique index, and it is none"},
        {"-- a partial index\n", "CREATE INDEX i ON t (\"where\")",
         "A comment speaks of a partial index, and it is none"},
        /* It is what the comment says, however it is written. */
        {"-- a partial index\n", "CREATE INDEX i ON t (a) WHERE b", NULL},
        {"-- a partial index\n", "CREATE INDEX i ON t (a)\nwhere b", NULL},
        {"-- a covering index\n", "CREATE INDEX i ON t (a) INCLUDE(b)", NULL},
        {"-- the unique index\n", "CREATE UNIQUE\nINDEX i ON t (a)", NULL},
        /* The comment denies it, speaks of something else, or of another statement. */
        {"-- not a partial index\n", "CREATE INDEX i ON t (a)", NULL},
        {"-- a non-unique index\n", "CREATE INDEX i ON t (a)", NULL},
        {"-- a full index instead of a partial index\n", "CREATE INDEX i ON t (a)", NULL},
        {"-- an index\n", "CREATE INDEX i ON t (a)", NULL},
        {"-- a partial index\n\n", "CREATE INDEX i ON t (a)", NULL},
        {"-- a partial index\nSELECT 1;\n", "CREATE INDEX i ON t (a)", NULL},
        {"-- a partial index\n", "CREATE TABLE index (a int)", NULL},
        {"-- a partial index\n", "DROP INDEX i", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(cases[i].comment, cases[i].sql, ";\n", NULL);
        unsigned line = 5; /* the text begins there */
        for (const char *c = cases[i].comment; *c != '\0'; c++)
            line += *c == '\n';
        struct migration_step steps[] = {
            {.kind = STEP_SQL, .sql = cases[i].sql, .file = "a.sql", .line = line},
            {.kind = STEP_SQL, .sql = cases[i].sql, .file = "b.sql", .line = line},
            {.kind = STEP_SQL, .sql = cases[i].sql, .file = "a.sql", .line = line + 9},
            {.kind = STEP_SQL, .sql = cases[i].sql, .file = "a.sql", .line = 1},
        };
        struct migration_source source = {"a.sql", 5, text};
        struct migration file = {
            .version = "2", .name = "a", .file = "a.yml", .source_count = 1, .sources = &source};
        file.up = (struct migration_plan){.count = G_N_ELEMENTS(steps), .steps = steps};
        const struct migrations read = {.count = 1, .items = &file};
        struct migration_evidence evidence = {.migration = &file};
        const struct rehearsal not_run = {.migrations = &read, .count = 1, .items = &evidence};
        struct world world = world_of(&not_run, NULL, 0);
        const struct finding *finding = world_find(&world, "comment-contradicts-index", 0);
        g_test_message("%s", text);
        g_assert_cmpstr(finding == NULL ? NULL : finding->title, ==, cases[i].title);
        if (finding != NULL) {
            g_assert_cmpstr(finding->file, ==, "a.sql");
            g_assert_cmpuint(finding->line, ==, line);
            g_assert_cmpint(finding->strength, ==, STRENGTH_HINT);
            g_assert_null(world_find(&world, "comment-contradicts-index", 1));
        }
        world_free(&world);
    }
}

/* In a plain file the statement begins with its comment. */
static void
test_claim_before_statement(void)
{
    static const char sql[] = "-- a partial index\nCREATE INDEX i ON t (a)";
    struct migration_step step = {.kind = STEP_SQL, .sql = sql, .file = "a.sql", .line = 1};
    struct lone lone;
    struct world world = world_of(lone_fill(&lone, sql, &step), NULL, 0);
    g_assert_nonnull(world_find(&world, "comment-contradicts-index", 0));
    world_free(&world);
}

/* What the files say against what the database holds. */
static void
test_history(void)
{
    static const char catalog[] =
        "'schemas':[{'name':'public'}],"
        "'tables':[{'schema':'public','name':'_sqlx_migrations','kind':'ordinary'}],"
        "'histories':[{'schema':'public','name':'_sqlx_migrations','tool':'sqlx','readable':true,"
        "'versions':['1','3','4'],'applied_at':['2026-01-02 03:04:05','',''],"
        "'checksums':['aa','cc','']}]";
    static struct migration items[] = {
        {.version = "001", .name = "one", .file = "db/001_one.sql", .checksum = "ab"},
        {.version = "002", .name = "two", .file = "db/002_two.sql", .checksum = "bb"},
        {.version = "003", .name = "three", .file = "db/003_three.sql", .checksum = "cc"},
        {.version = "005", .name = "five", .file = "db/005_five.sql", .checksum = "ee"},
    };
    const struct migrations known = {
        .key = "sqlx", .format = "sqlx", .count = G_N_ELEMENTS(items), .items = items};
    struct migration_evidence read[G_N_ELEMENTS(items)] = {{0}};
    for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
        read[i].migration = &items[i];
    const struct rehearsal not_run = {
        .migrations = &known, .count = G_N_ELEMENTS(items), .items = read};
    struct world world = world_rehearsed(catalog, NULL, &not_run);
    const struct finding *changed = world_find(&world, "migration-changed", 0);
    g_assert_true(changed->migration == &items[0]);
    g_assert_cmpstr(changed->evidence[1].value, ==, "aa");
    g_assert_cmpstr(changed->evidence[2].value, ==, "2026-01-02 03:04:05");
    g_assert_null(world_find(&world, "migration-changed", 1));
    const struct finding *late = world_find(&world, "version-out-of-order", 0);
    g_assert_true(late->migration == &items[1]);
    g_assert_cmpstr(late->evidence[0].value, ==, "003");
    g_assert_null(world_find(&world, "version-out-of-order", 1));
    const struct finding *missing = world_find(&world, "migration-file-missing", 0);
    g_assert_cmpstr(missing->title, ==, "1 applied version has no file");
    g_assert_cmpstr(missing->evidence[0].value, ==, "4");
    g_assert_cmpint(missing->severity, ==, SEVERITY_WARNING);
    g_assert_cmpstr(missing->object->path, ==, "public._sqlx_migrations");
    const struct finding *pending = world_find(&world, "migration-pending", 0);
    g_assert_cmpstr(pending->title, ==, "2 migrations are not applied");
    g_assert_cmpstr(pending->evidence[0].value, ==, "002 two\n005 five");
    world_free(&world);
}

/* Liquibase wrote other checksums before 4.22: what they say of the files is not known. */
static void
test_other_algorithm(void)
{
    static const char catalog[] =
        "'schemas':[{'name':'public'}],"
        "'tables':[{'schema':'public','name':'databasechangelog','kind':'ordinary'}],"
        "'histories':[{'schema':'public','name':'databasechangelog','tool':'Liquibase',"
        "'readable':true,'versions':['1','2','3'],"
        "'checksums':['8:aa','9:bb','9:cc']}]";
    static struct migration items[] = {
        {.version = "1", .name = "ada", .file = "a.sql", .checksum = "9:aa"},
        {.version = "2", .name = "ada", .file = "a.sql", .checksum = "9:bb"},
        {.version = "3", .name = "ada", .file = "a.sql", .checksum = "9:ab"},
    };
    const struct migrations known = {
        .key = "liquibase", .format = "Liquibase", .count = G_N_ELEMENTS(items), .items = items};
    struct migration_evidence read[] = {
        {.migration = &items[0]}, {.migration = &items[1]}, {.migration = &items[2]}};
    const struct rehearsal not_run = {
        .migrations = &known, .count = G_N_ELEMENTS(items), .items = read};
    struct world world = world_rehearsed(catalog, NULL, &not_run);
    const struct finding *changed = world_find(&world, "migration-changed", 0);
    const struct finding *unknown = world_find(&world, "migration-changed", 1);
    g_assert_true(changed->migration == &items[2]);
    g_assert_cmpstr(unknown->title, ==, "Whether 1 migration changed since is not checked");
    g_assert_cmpint(unknown->severity, ==, SEVERITY_NOTE);
    g_assert_cmpstr(unknown->evidence[0].value, ==, "1");
    g_assert_null(world_find(&world, "migration-changed", 2));
    world_free(&world);
}

/* Versions older than every file were deleted on purpose; a dump may stand for them. A history of
 * another tool says nothing of the line, nor does one without any of its versions. */
static void
test_squashed(void)
{
    static const char catalog[] =
        "'histories':[{'schema':'public','name':'schema_migrations','tool':'Ecto','readable':true,"
        "'versions':['9','10','100']}]";
    static struct migration items[] = {
        {.kind = MIGRATION_BASELINE, .version = "10", .name = "dump", .file = "structure.sql"},
        {.version = "100", .name = "new", .file = "priv/100_new.exs"},
    };
    struct migration_evidence read[] = {{.migration = &items[0]}, {.migration = &items[1]}};
    struct migrations known = {.key = "ecto", .format = "Ecto", .count = 2, .items = items};
    const struct rehearsal both = {.migrations = &known, .count = 2, .items = read};
    struct world world = world_rehearsed(catalog, NULL, &both);
    g_assert_cmpuint(world.findings->count, ==, 0);
    world_free(&world);
    known.items = items + 1;
    known.count = 1;
    const struct rehearsal rest = {.migrations = &known, .count = 1, .items = read + 1};
    world = world_rehearsed(catalog, NULL, &rest);
    const struct finding *missing = world_find(&world, "migration-file-missing", 0);
    g_assert_cmpint(missing->severity, ==, SEVERITY_NOTE);
    g_assert_cmpstr(missing->evidence[0].value, ==, "9\n10");
    g_assert_cmpuint(world.findings->count, ==, 1);
    world_free(&world);
    known.format = "goose";
    world = world_rehearsed(catalog, NULL, &rest);
    g_assert_cmpuint(world.findings->count, ==, 0);
    world_free(&world);
    items[1].version = "101";
    known.format = "Ecto";
    world = world_rehearsed(catalog, NULL, &rest);
    g_assert_cmpuint(world.findings->count, ==, 0);
    items[1].version = "100";
    world_free(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/migration_findings/past", test_past);
    g_test_add_func("/migration_findings/accepted", test_accepted);
    g_test_add_func("/migration_findings/not_rehearsed", test_not_rehearsed);
    g_test_add_func("/migration_findings/remarks", test_remarks);
    g_test_add_func("/migration_findings/half_applied", test_half_applied);
    g_test_add_func("/migration_findings/small", test_small);
    g_test_add_func("/migration_findings/comments", test_comments);
    g_test_add_func("/migration_findings/claims", test_claims);
    g_test_add_func("/migration_findings/claim-before-statement", test_claim_before_statement);
    g_test_add_func("/migration_findings/history", test_history);
    g_test_add_func("/migration_findings/other-algorithm", test_other_algorithm);
    g_test_add_func("/migration_findings/squashed", test_squashed);
    return g_test_run();
}
