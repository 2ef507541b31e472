/* test_plain_folders.c - migrations in SQL as a whole: their order, the tools' own lists,
 * checksums, and what stands for files that are gone. */
#include "plain_world.h"
#include "support.h"

static void
test_order(void)
{
    struct world world;
    support_enter();
    support_write("m/V1__a.sql", "SELECT 1;");
    support_write("m/V1.10__c.sql", "SELECT 1;");
    support_write("m/sub/V1_9__b.sql", "SELECT 1;");
    support_write("m/V10__e.sql", "SELECT 1;");
    support_write("m/V2__d.sql", "SELECT 1;");
    support_write("m/R__b_view.sql", "SELECT 1;");
    support_write("m/R__a_view.sql", "SELECT 1;\r\nSELECT 2;");
    world_read(&world, "Flyway");
    world_check_order(&world, "1:a 1.9:b 1.10:c 2:d 10:e :a view :b view");
    g_assert_cmpint(world.migrations.items[5].kind, ==, MIGRATION_REPEATABLE);
    world_end(&world);

    support_enter();
    support_write("m/00000000000000000000000000000000000000000000009_a.up.sql", "");
    support_write("m/10_b.up.sql", "");
    support_write("m/123456789012345678901234567890_c.up.sql", "");
    world_read(&world, "golang-migrate");
    world_check_order(&world, "00000000000000000000000000000000000000000000009:a 10:b "
                              "123456789012345678901234567890:c");
    world_end(&world);
}

/* The ways of a version may have other names; two files for one way are two migrations. */
static void
test_twins(void)
{
    struct world world;
    support_enter();
    support_write("m/1_a.up.sql", "SELECT 1;");
    support_write("m/1_drop_a.down.sql", "SELECT 2;");
    support_write("m/2_b.up.sql", "SELECT 3;");
    support_write("m/2_b.down.sql", "SELECT 4;");
    support_write("m/2_c.up.sql", "SELECT 5;");
    support_write("m/2_c.down.sql", "SELECT 6;");
    world_read(&world, "golang-migrate");
    world_check_order(&world, "1:a 2:b 2:c");
    world_check_ways(&world, 0, "tx|1 SELECT 1", "tx|1 SELECT 2");
    world_check_ways(&world, 1, "tx|1 SELECT 3", "tx|1 SELECT 4");
    world_check_ways(&world, 2, "tx|1 SELECT 5", "tx|1 SELECT 6");
    g_assert_cmpuint(world.migrations.warning_count, ==, 2);
    g_assert_cmpstr(world.migrations.warnings[0], ==,
                    "m/2_b.down.sql and m/2_c.down.sql have the same version, 2, which "
                    "golang-migrate does not take");
    world_end(&world);
}

/* ---- Lists ---- */

static void
test_sqitch(void)
{
    struct world world;
    GError *error = NULL;
    support_enter();
    support_write("m/sqitch.plan", "%syntax-version=1.0.0\n%project=x\n\n# nothing\n"
                                   "z/a 2024-01-01T00:00:00Z A <a@b.c>\n"
                                   "b [z/a] 2024-01-01T00:00:00Z A <a@b.c> # Two # marks\n");
    support_write("m/deploy/z/a.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\n");
    support_write("m/verify/z/a.sql", "SELECT :'x';\n");
    support_write("m/deploy/b.sql", "\\echo hello\nSELECT 1;\n");
    world_read(&world, "Sqitch");
    world_check_order(&world, "z/a:z/a b:Two # marks");
    world_check_ways(&world, 0, "tx|2 SELECT 1", "tx|! Sqitch finds no revert/z/a.sql");
    world_check_plan(&world.migrations.items[0].verify, "no tx|1 ? psql puts a variable here");
    world_check_ways(&world, 1, "no tx|2 SELECT 1", NULL);
    arena_free(world.arena);

    support_write("m/sqitch.plan", "../../etc 2024-01-01T00:00:00Z A <a@b.c>\n");
    world_read_as(&world, NULL, &error);
    support_assert_failure_says(&error, FAILURE_USAGE,
                                "sqitch.plan names deploy/../../etc.sql, which is not there.");
    world_end(&world);
}

static void
test_drizzle(void)
{
    static const struct {
        const char *journal;
        const char *words;
    } wrong[] = {
        {"{", "meta/_journal.json is no journal of Drizzle ("},
        {"{}", "(it has no entries)"},
        {"{\"entries\": [{}]}", "has an entry without a tag"},
        {"{\"entries\": [{\"tag\": \"1_x\"}]}", "names 1_x.sql, which is not there"},
    };
    struct world world;
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        GError *error = NULL;
        support_enter();
        support_write("m/0_a.sql", "SELECT 1;");
        support_write("m/meta/_journal.json", wrong[i].journal);
        world_read_as(&world, NULL, &error);
        support_assert_failure_says(&error, FAILURE_USAGE, wrong[i].words);
        world_end(&world);
    }
    support_enter();
    support_write("m/0_a.sql", "SELECT 1;");
    support_write("m/1_b.sql", "SELECT 1;");
    support_write(
        "m/meta/_journal.json",
        "{\"entries\": [{\"tag\": \"1_b\", \"when\": 5}, {\"tag\": \"0_a\", \"when\": 7}]}");
    world_read(&world, "Drizzle");
    world_check_order(&world, "5:b 7:a");
    g_assert_cmpint(world.migrations.transactions, ==, TRANSACTION_FOR_ALL);
    world_end(&world);
}

/* ---- Liquibase ---- */

static void
test_liquibase(void)
{
    struct world world;
    support_enter();
    support_write("m/a.sql", "--liquibase formatted sql\n"
                             "-- property name:t value:\"big table\"\n"
                             "--changeset a:1 endDelimiter:// context:test\n"
                             "SELECT '${t}'//\nSELECT '${u}'//\n"
                             "--rollback not required\n"
                             "--changeset a:2\n"
                             "SELECT 2;\n"
                             "--rollback changesetId:1 changesetAuthor:a\n"
                             "--changeset a:3 dbms:!postgresql\n"
                             "SELECT 3;\n"
                             "--changeset a:4 dbms:oracle,postgresql\n"
                             "--preconditions onFail:MARK_RAN\n"
                             "SELECT 4;\n"
                             "--rollback changesetId:9 changesetAuthor:a\n"
                             "--rollbackish\n");
    support_write("m/b.sql", "SELECT 'no changelog';");
    world_read(&world, "Liquibase");
    world_check_order(&world, "1:a 2:a 3:a 4:a");
    world_check_ways(
        &world, 0,
        "tx|4 SELECT 'big table'|5 ? Liquibase puts a property here that no --property line "
        "sets",
        "tx");
    world_check_remark(&world, 0, 3, "context:test");
    world_check_ways(
        &world, 1, "tx|8 SELECT 2",
        "tx|4 SELECT 'big table'|5 ? Liquibase puts a property here that no --property line "
        "sets");
    world_check_ways(&world, 2, "tx", "tx");
    world_check_ways(&world, 3, "tx|14 SELECT 4", "tx|12 ? no file here holds that changeset");
    world_check_remark(&world, 3, 12, "only when its preconditions hold");
    world_end(&world);
}

/* ---- Checksums ---- */

static void
expect_checksum(const char *path, const char *text, const char *tool, const char *expected)
{
    struct world world;
    GError *error = NULL;
    support_enter();
    support_write(path, text);
    world_read_as(&world, tool, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(world.migrations.items[0].checksum, ==, expected);
    world_end(&world);
}

/* By sha256sum, sha384sum, and crc32 of the lines without their ends. */
static void
test_checksums(void)
{
    expect_checksum("m/1_a/migration.sql", "SELECT 1;\n", "prisma",
                    "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd");
    expect_checksum("m/1_a.sql", "SELECT 1;\n", "sqlx",
                    "24454095d8d7876ca8e842f34296ca645c83e0f7b50f048c"
                    "99db4b2ff4da659267afc4ef3e994f3d74e18c741165d931");
    expect_checksum("m/V1__a.sql", "SELECT 1;\r\nSELECT 2;\n", "flyway", "-1665099012");
    expect_checksum("m/1_a.up.sql", "SELECT 1;\n", "golang-migrate", NULL);
}

/* The first two are those of Liquibase's own tests (UpgradeChecksumVersionIntegrationTest). */
static void
test_liquibase_checksums(void)
{
    static const struct {
        const char *text;
        const char *expected;
    } cases[] = {
        {"fl:3\nselect 1\n", "9:3b78b9910981c62ca27148640fad7bc2"},
        {"fl:2\ncreate table thisShouldRun(id int)\n", "9:62336a615e62e89c9d86128d1ca60ecf"},
        {"fl:3\n--comment x\n--preconditions onFail:HALT\n--precondition-sql-check "
         "expectedResult:0 SELECT 0\nselect\t1\r\n--rollback SELECT 2;\n",
         "9:3b78b9910981c62ca27148640fad7bc2"},
        {"fl:3\n--preconditioned\nselect 1\n", "9:e0c6773664cb6eab9e85b20587c577f6"},
        {"fl:3\n--validCheckSum: ANY\nselect 1\n", NULL},
        {"fl:3 runOnChange:true\nselect 1\n", NULL},
        {"fl:3\n--ignoreLines:1\nselect 2\nselect 1\n", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat("--liquibase formatted sql\n--changeset ",
                                            cases[i].text, NULL);
        expect_checksum("m/a.sql", text, "liquibase", cases[i].expected);
    }
}

static void
test_graphile_hash(void)
{
    struct world world;
    support_enter();
    support_write("m/000001.sql", "--! Previous: -\n--! Hash: sha1:1\n\nSELECT 1;\n");
    support_write("m/000002.sql", "--! Previous: sha1:2\n--! Hash: sha1:3\n--! AllowInvalidHash\n\n"
                                  "SELECT 1;\n");
    world_read(&world, "graphile-migrate");
    world_check_remark(&world, 0, 1, "its Hash does not fit");
    g_assert_cmpuint(world.migrations.items[1].remark_count, ==, 0);
    world_end(&world);
}

static void
test_atlas_sum(void)
{
    struct world world;
    support_enter();
    support_write("m/1.sql", "SELECT 1;");
    support_write("m/2.sql", "SELECT 2;");
    support_write("m/atlas.sum", "h1:x\n1.sql h1:wrong\n");
    world_read(&world, "Atlas");
    world_check_remark(&world, 0, 1, "atlas.sum does not fit");
    g_assert_cmpuint(world.migrations.items[1].remark_count, ==, 0);
    world_end(&world);
}

/* ---- What comes first ---- */

static void
test_flyway_baseline(void)
{
    struct world world;
    support_enter();
    support_write("m/V1__a.sql", "SELECT 1;");
    support_write("m/B2__start.sql", "SELECT 2;");
    support_write("m/V2__b.sql", "SELECT 3;");
    support_write("m/V3__c.sql", "SELECT 4;");
    world_read(&world, "Flyway");
    world_check_order(&world, "2:start 3:c");
    g_assert_cmpint(world.migrations.items[0].kind, ==, MIGRATION_BASELINE);
    g_assert_cmpstr(world.migrations.warnings[0], ==,
                    "m/B2__start.sql stands for the files up to version 2; 2 of them are never run "
                    "on an empty database and left out here");
    world_end(&world);
}

static void
test_atlas_checkpoint(void)
{
    struct world world;
    support_enter();
    support_write("m/1_a.sql", "SELECT 1;");
    support_write("m/2_b.sql", "-- atlas:checkpoint\n\nSELECT 2;");
    support_write("m/3_c.sql", "SELECT 3;");
    support_write("m/4_d.sql", "SELECT '-- atlas:checkpoint';");
    world_read(&world, "Atlas");
    world_check_order(&world, "2:b 3:c 4:d");
    world_end(&world);
}

#define DUMP(versions)                                                                             \
    "\\restrict x\nSET search_path = '';\nCREATE TABLE public.a ();\n"                             \
    "INSERT INTO public.schema_migrations (version) VALUES\n" versions ";\n"

/* A dump is what comes first when none of its versions has a file. */
static void
test_dump(void)
{
    static const char text[] = "-- migrate:up\nSELECT 1;\n-- migrate:down\n";
    struct world world;
    support_enter();
    support_write("m/20240105_a.sql", text);
    support_write("schema.sql", DUMP("('20240105')"));
    world_read(&world, "dbmate");
    world_check_order(&world, "20240105:a");
    g_assert_cmpuint(world.migrations.warning_count, ==, 0);
    arena_free(world.arena);

    support_write("schema.sql", DUMP("('20240101'), ('20240102')"));
    world_read(&world, "dbmate");
    world_check_order(&world, "20240102:files that are gone (2) 20240105:a");
    g_assert_cmpint(world.migrations.items[0].kind, ==, MIGRATION_DUMP);
    g_assert_cmpuint(world.migrations.items[0].up.count, ==, 3);
    world_check_ways(&world, 0, NULL, "tx|! a dump has no way down");
    arena_free(world.arena);

    support_write("schema.sql", DUMP("('20240101'), ('20240105')"));
    world_read(&world, "dbmate");
    world_check_order(&world, "20240105:a");
    g_assert_cmpstr(
        world.migrations.warnings[0], ==,
        "schema.sql stands for files that are gone (1) and for files that are here (1), "
        "so that the migrations do not begin with it");
    world_end(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plain_folders/order", test_order);
    g_test_add_func("/plain_folders/twins", test_twins);
    g_test_add_func("/plain_folders/sqitch", test_sqitch);
    g_test_add_func("/plain_folders/drizzle", test_drizzle);
    g_test_add_func("/plain_folders/liquibase", test_liquibase);
    g_test_add_func("/plain_folders/checksums", test_checksums);
    g_test_add_func("/plain_folders/liquibase-checksums", test_liquibase_checksums);
    g_test_add_func("/plain_folders/graphile", test_graphile_hash);
    g_test_add_func("/plain_folders/atlas", test_atlas_sum);
    g_test_add_func("/plain_folders/flyway_baseline", test_flyway_baseline);
    g_test_add_func("/plain_folders/atlas_checkpoint", test_atlas_checkpoint);
    g_test_add_func("/plain_folders/dump", test_dump);
    return g_test_run();
}
