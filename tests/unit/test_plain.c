/* test_plain.c - migrations in SQL: which tool they are written for, and what it makes of them
 * where that is more than the whole file. The documented form of each is in tests/cases/plan_tools.
 */
#include "plain_world.h"
#include "support.h"

#include <string.h>

/* ---- Which tool ---- */

struct sign {
    const char *path;
    const char *text;
    const char *format; /* NULL: none */
};

static const struct sign signs[] = {
    {"m/1_a.up.sql", "SELECT 1;", "golang-migrate"},
    {"m/1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\n", "dbmate"},
    {"m/1_a.sql", "--migrate:up\nSELECT 1;\n--migrate:down\n", "dbmate"},
    {"m/1_a.sql", "-- about\n-- +goose Up\nSELECT 1;", "goose"},
    {"m/2024-01-01-000000_a/up.sql", "SELECT 1;", "Diesel"},
    {"m/20240101000000_a/migration.sql", "SELECT 1;", "Prisma"},
    {"m/V1__a.sql", "SELECT 1;", "Flyway"},
    {"m/deep/V1.2__a.sql", "SELECT 1;", "Flyway"},
    {"m/changes.sql", "-- liquibase formatted sql\n-- changeset a:1\nSELECT 1;", "Liquibase"},
    {"m/1_a.sql", "-- Up Migration\nSELECT 1;", "node-pg-migrate"},
    {"m/1_a.sql", "---- create above / drop below ----\n", "tern"},
    {"m/000001.sql", "--! Previous: -\n--! Hash: sha1:0\n\nSELECT 1;", "graphile-migrate"},
    {"m/20240101_a.sql", "-- atlas:txmode none\nSELECT 1;", "Atlas"},
    {"m/1_a.sql", "SELECT '-- +goose Up';", "numbered SQL files"},
    {"m/1_a.sql", "SELECT 1;", "numbered SQL files"},
    {"m/a.sql", "SELECT 1;", NULL},
    {"m/V1/up.sql", "SELECT 1;", NULL},
};

static void
test_signs(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        struct world world;
        GError *error = NULL;
        support_enter();
        support_write(signs[i].path, signs[i].text);
        world_read_as(&world, NULL, &error);
        if (signs[i].format == NULL)
            support_assert_failure_says(&error, FAILURE_USAGE, "m holds no migrations that dbdoc");
        g_assert_no_error(error);
        g_assert_cmpstr(world.migrations.format, ==, signs[i].format);
        world_end(&world);
    }
}

/* Names that several tools have: the nearest list of dependencies decides. */
static void
test_projects(void)
{
    static const struct {
        const char *path;
        const char *manifest;
        const char *text;
        const char *format;
    } projects[] = {
        {"m/1_a.up.sql", "Cargo.toml", "sqlx = \"0.8\"", "sqlx"},
        {"m/1_a.sql", "Cargo.lock", "name = \"sqlx\"", "sqlx"},
        {"m/1_a.up.sql", "Cargo.toml", "serde = \"1\"", "golang-migrate"},
        {"m/1_a.sql", "package.json", "{\"node-pg-migrate\": \"^7\"}", "node-pg-migrate"},
        {"m/1_a.sql", "go.mod", "require github.com/jackc/tern/v2 v2.1.1", "tern"},
        {"m/V1__a.sql", "m/Cargo.toml", "refinery = \"0.8\"", "Refinery"},
        {"m/V1__a.sql", "build.gradle", "id 'org.flywaydb.flyway'", "Flyway"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(projects); i++) {
        struct world world;
        support_enter();
        support_write(projects[i].path, "SELECT 1;");
        support_write(projects[i].manifest, projects[i].text);
        world_read(&world, projects[i].format);
        world_end(&world);
    }
}

static void
test_doubt(void)
{
    struct world world;
    GError *error = NULL;
    support_enter();
    support_write("m/1_a.sql", "-- +goose Up\nSELECT 1;\n");
    support_write("m/2_b.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\n");
    support_write("m/atlas.sum", "h1:x\n");
    world_read_as(&world, NULL, &error);
    support_assert_failure(&error, FAILURE_USAGE,
                           "the migrations in m may be written for atlas, dbmate or goose. Say "
                           "which with --tool NAME, or in dbdoc.yml with migrations: {tool: "
                           "NAME}.");
    arena_free(world.arena);
    world_read_as(&world, "goose", &error);
    g_assert_no_error(error);
    world_check_ways(&world, 0, "tx|2 SELECT 1", NULL);
    world_check_ways(&world, 1, "tx|! goose finds no -- +goose Up", NULL);
    arena_free(world.arena);
    world_read_as(&world, "flyway", &error);
    support_assert_failure_says(&error, FAILURE_USAGE, "m holds no migrations of flyway.");
    world_end(&world);
}

/* ---- What each tool makes of a file ---- */

/* A file alone in the folder. NULL: whatever. */
struct row {
    const char *tool;
    const char *path;
    const char *text;
    const char *up;
    const char *down;
};

static const struct row rows[] = {
    /* One text: PostgreSQL makes a transaction of several statements, and of one that it is. */
    {"golang-migrate", "m/1_a.up.sql", "SELECT 1;\nSELECT 2", "tx|1 SELECT 1|2 SELECT 2",
     "tx|! golang-migrate finds no 1_….down.sql: it runs nothing and only changes the version"},
    {"golang-migrate", "m/1_a.up.sql", "VACUUM;", "no tx|1 VACUUM", NULL},
    {"golang-migrate", "m/1_a.up.sql", "REINDEX INDEX CONCURRENTLY i",
     "no tx|1 REINDEX INDEX CONCURRENTLY i", NULL},
    {"golang-migrate", "m/1_a.up.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;",
     "no tx|1 BEGIN|2 SELECT 1|3 COMMIT|4 SELECT 2", NULL},
    {"golang-migrate", "m/1_a.up.sql", "start transaction;\nSELECT 1;\nend work;", "tx|2 SELECT 1",
     NULL},
    {"golang-migrate", "m/1_a.up.sql", "\xEF\xBB\xBF-- a\r\nSELECT 1;\r\n", "tx|2 SELECT 1", NULL},
    {"golang-migrate", "m/1_a.up.sql", "", "tx", NULL},
    {"golang-migrate", "m/1_a.up.sql", "SELECT '\xFF';", "tx|1 ? the file is no text in UTF-8",
     NULL},
    {"golang-migrate", "m/1_a.up.sql", "\\set a 1\nSELECT 1;",
     "tx|1 ? a command of psql, which golang-migrate does not know|2 SELECT 1", NULL},
    {"golang-migrate", "m/1_a.up.sql", "COPY a FROM STDIN;\n1\n\\.\nSELECT 1;",
     "tx|1 ? the rows behind COPY … FROM STDIN are not read|4 SELECT 1", NULL},
    {"golang-migrate", "m/1_a.down.sql", "SELECT 1;",
     "tx|! only the way down of version 1 is there", "tx|1 SELECT 1"},
    {"dbmate", "m/1_a.sql",
     "-- migrate:up transaction:false\nSELECT 1;\nSELECT 2;\n--migrate:down\n",
     "tx|2 SELECT 1|3 SELECT 2", "tx"},
    {"dbmate", "m/1_a.sql", "-- migrate:up\nSELECT 1;\n",
     "tx|! dbmate requires each migration to define a down block with '-- migrate:down'", NULL},
    {"dbmate", "m/1_a.sql", "SELECT 1;\n",
     "tx|! dbmate requires each migration to define an up block with '-- migrate:up'", NULL},
    {"dbmate", "m/1_a.sql", "-- migrate:down\n-- migrate:up\n",
     "tx|! dbmate requires '-- migrate:up' to appear before '-- migrate:down'", NULL},
    {"dbmate", "m/1_a.sql",
     "-- migrate:up\nSELECT 1;\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY a;",
     "tx|2 SELECT 1", "no tx|4 DROP INDEX CONCURRENTLY a"},
    {"goose", "m/1_a.sql",
     "-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1; SELECT 2;\n-- +goose Down",
     "no tx|3 SELECT 1|3 SELECT 2", "no tx"},
    {"goose", "m/1_a.sql",
     "-- +goose Up\nSELECT '${A}';\n-- +goose ENVSUB ON\nSELECT '${A}';\n-- +goose ENVSUB OFF\n"
     "SELECT '$A';",
     "tx|2 SELECT '${A}'|4 ? goose puts a variable of its environment here|6 SELECT '$A'",
     "tx|! goose finds no -- +goose Down: it runs nothing and forgets the version"},
    {"sqlx", "m/1_a.sql", "-- no-transaction\nSELECT 1;\nSELECT 2;", "tx|2 SELECT 1|3 SELECT 2",
     "tx|! sqlx takes 1_a.sql for a simple migration, which it does not revert"},
    {"sqlx", "m/1_a.sql", "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);",
     "no tx|2 CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", NULL},
    {"sqlx", "m/1_a.sql", "SELECT 1;\n-- no-transaction\n", "tx|1 SELECT 1", NULL},
    {"tern", "m/1_a.sql", "SELECT {{ .a }};\n---- create above / drop below ----\nSELECT 2;",
     "tx|1 ? tern runs this as a template of Go", "tx|3 SELECT 2"},
    {"tern", "m/007_a.sql", "SELECT 1;", NULL, "tx|! Irreversible migration: 7 - 007_a.sql"},
    {"node-pg-migrate", "m/1_a.sql", "-- down migration\nSELECT 2;\n--  - UP MIGRATION\nSELECT 1;",
     "tx|4 SELECT 1", "tx|2 SELECT 2"},
    {"node-pg-migrate", "m/1_a.sql", "SELECT 1;", "tx|1 SELECT 1",
     "tx|! User has disabled down migration on file: 1_a"},
    {"flyway", "m/V1__a.sql", "SELECT '${user}';\nSELECT 1;",
     "tx|1 ? Flyway puts a value of its configuration here|2 SELECT 1",
     "tx|! Flyway finds no undo migration U1__….sql"},
    {"flyway", "m/V1__a.sql", "VACUUM;\nANALYZE;", "no tx|1 VACUUM|2 ANALYZE", NULL},
    {"graphile-migrate", "m/000001.sql",
     "--! Previous: -\n\nSELECT ':A'::TEXT, a::B, ':AB' || :DB;",
     "tx|3 ? graphile-migrate puts a value of its configuration here", NULL},
    {"graphile-migrate", "m/000001.sql", "--! Previous: -\n\nSELECT a::TEXT, '1:A';",
     "tx|3 SELECT a::TEXT, '1:A'", NULL},
    {"atlas", "m/1.sql", "-- atlas:delimiter \\n--\\n\n\nSELECT 1;\n--\nSELECT 2;",
     "tx|3 SELECT 1|5 SELECT 2",
     "tx|! Atlas computes the way down when it is asked for it; no file holds it"},
    {"numbered", "m/1.sql",
     "\\set ON_ERROR_STOP on\nSELECT :'a', b[1:2], '1:a', c::text;\nSELECT 1;",
     "no tx|2 ? psql puts a variable here|3 SELECT 1", NULL},
    {"numbered", "m/1.sql", "SELECT '1:a', c::text;\n\\ir b.sql\n",
     "no tx|1 SELECT '1:a', c::text|2 ? a command of psql", NULL},
};

static void
test_rows(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct world world;
        GError *error = NULL;
        support_enter();
        support_write(rows[i].path, rows[i].text);
        world_read_as(&world, rows[i].tool, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(world.migrations.count, ==, 1);
        world_check_ways(&world, 0, rows[i].up, rows[i].down);
        world_end(&world);
    }
}

/* goose cuts at lines that end with a semicolon; PostgreSQL would not. */
static void
test_goose_cuts(void)
{
    struct world world;
    support_enter();
    support_write("m/1_a.sql", "-- +goose Up\nDO $$\nBEGIN\n  PERFORM 1; -- one\nEND $$;\n");
    support_write("m/2_b.sql", "-- +goose Up\n-- +goose StatementBegin\nDO $$\nBEGIN\n  PERFORM "
                               "1;\nEND $$;\n-- +goose StatementEnd\nSELECT 1;\n");
    support_write("m/3_c.sql", "-- +goose Up\nDO $$\nBEGIN\n  PERFORM 1;\nEND $$;\n");
    world_read(&world, "goose");
    g_assert_cmpuint(world.migrations.items[1].remark_count, ==, 0);
    world_check_remark(&world, 2, 4, "goose ends the statement at this line's semicolon");
    world_check_ways(&world, 1, "tx|3 DO $$\nBEGIN\n  PERFORM 1;\nEND $$|8 SELECT 1", NULL);
    world_end(&world);
}

/* In a transaction that the tool begins. */
static void
test_transactions(void)
{
    struct world world;
    support_enter();
    support_write("m/1_a/up.sql",
                  "CREATE INDEX a ON t (a);\nCREATE INDEX CONCURRENTLY b ON t (b);\n");
    support_write("m/2_b/up.sql", "COMMIT;\nSELECT 1;\n");
    support_write("m/3_c/up.sql", "ALTER TABLE t DETACH PARTITION p CONCURRENTLY;\n");
    support_write("m/3_c/metadata.toml", "run_in_transaction = false\n");
    support_write("m/4_d/up.sql", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; SELECT 1; END;");
    world_read(&world, "Diesel");
    world_check_remark(&world, 0, 2,
                       "PostgreSQL does not run this within a transaction, and Diesel");
    world_check_remark(&world, 1, 1, "it begins or ends a transaction within that of Diesel");
    world_check_ways(&world, 2, "no tx|1 ALTER TABLE t DETACH PARTITION p CONCURRENTLY", NULL);
    g_assert_cmpuint(world.migrations.items[2].remark_count, ==, 0);
    g_assert_cmpuint(world.migrations.items[3].up.count, ==, 1);
    world_end(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plain/signs", test_signs);
    g_test_add_func("/plain/projects", test_projects);
    g_test_add_func("/plain/doubt", test_doubt);
    g_test_add_func("/plain/rows", test_rows);
    g_test_add_func("/plain/goose", test_goose_cuts);
    g_test_add_func("/plain/transactions", test_transactions);
    return g_test_run();
}
