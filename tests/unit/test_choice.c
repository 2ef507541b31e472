/* test_choice.c - what a SOURCE is, and which one is taken when none was named. */
#include "source/choice.h"
#include "support.h"

#include <string.h>
#include <unistd.h>

struct fixture {
    struct config config;
    struct source_request request;
    struct choice choice;
    GPtrArray *warnings;
    GError *error;
};

static void
set_up(struct fixture *fixture, const char *source)
{
    *fixture = (struct fixture){.config = {.root = "."}, .request = {.source = source}};
    fixture->request.config = &fixture->config;
}

static bool
choose(struct fixture *fixture)
{
    fixture->warnings = g_ptr_array_new_with_free_func(g_free);
    return choice_make(&fixture->request, &fixture->choice, fixture->warnings, &fixture->error);
}

static void
tear_down(struct fixture *fixture)
{
    choice_clear(&fixture->choice);
    g_ptr_array_unref(fixture->warnings);
}

/* Checks the form and what is taken; the fixture stays. */
static void
expect(struct fixture *fixture, enum source_form form, const char *taken)
{
    bool done = choose(fixture);
    g_assert_no_error(fixture->error);
    g_assert_true(done);
    g_assert_cmpint(fixture->choice.form, ==, form);
    g_assert_cmpstr(fixture->choice.taken, ==, taken);
}

static void
expect_file(const char *source, enum source_form form, const char *database)
{
    struct fixture fixture;
    set_up(&fixture, source);
    expect(&fixture, form, source);
    g_assert_cmpstr(fixture.choice.database, ==, database);
    g_assert_cmpuint(fixture.choice.files->len, ==, 1);
    tear_down(&fixture);
}

static void
expect_refusal(const char *source, const char *words)
{
    struct fixture fixture;
    set_up(&fixture, source);
    g_assert_false(choose(&fixture));
    support_assert_failure_says(&fixture.error, FAILURE_USAGE, words);
    tear_down(&fixture);
}

static void
test_files(void)
{
    support_enter();
    support_write("shop.sql", "frob;");
    support_write("dumps/night.ly.backup", "\xEF\xBB\xBF\n  -- PostgreSQL database dump\n");
    support_write("noname", "\\restrict x\n");
    support_write("empty", "");
    support_write("create.txt", "create table a ();");
    support_write("s.json", "{\"dbdoc\": \"snapshot\",\n");
    expect_file("shop.sql", SOURCE_SQL, "shop");
    expect_file("./shop.sql", SOURCE_SQL, "shop");
    expect_file("dumps/night.ly.backup", SOURCE_SQL, "night.ly");
    expect_file("noname", SOURCE_SQL, "noname");
    expect_file("empty", SOURCE_SQL, "empty");
    expect_file("create.txt", SOURCE_SQL, "create");
    expect_file("s.json", SOURCE_SNAPSHOT, "s");
    support_leave();
}

/* As the user typed them: also through links, which in a repository are not followed. */
static void
test_links(void)
{
    support_enter();
    support_write("real/shop.sql", "SELECT 1;");
    g_assert_cmpint(symlink("real/shop.sql", "shop.sql"), ==, 0);
    expect_file("shop.sql", SOURCE_SQL, "shop");

    struct fixture fixture;
    set_up(&fixture, NULL);
    fixture.config.database = "shop.sql";
    fixture.config.file = "dbdoc.yml";
    g_assert_false(choose(&fixture));
    support_assert_failure(&fixture.error, FAILURE_USAGE,
                           "dbdoc.yml, database: cannot open the file (shop.sql in .: it is a "
                           "symbolic link).");
    tear_down(&fixture);
    support_leave();
}

static const struct {
    const char *bytes;
    size_t length;
    const char *words;
} strangers[] = {
    {"PGDMP\x01\x0e", 7, "a is a pg_dump archive in custom format. Turn it into SQL with"},
    {"toc.dat\0\0\0", 10, "a is a pg_dump archive in tar format. Turn it into SQL with"},
    {"\x1f\x8b\x08", 3, "a is compressed with gzip. Unpack it first."},
    {"\x28\xb5\x2f\xfd", 4, "a is compressed with zstd. Unpack it first."},
    {"\xff\xfe-\0-\0", 6, "a is text in UTF-16. Save it as UTF-8."},
    {"SQLite format 3\0", 16, "a is an SQLite database. dbdoc documents PostgreSQL."},
    {"SELECT 1;\0", 10, "a is a binary file. A SOURCE file is SQL text or a snapshot."},
    {"Dear reader", 11, "a is neither SQL nor a snapshot. A SOURCE file is what pg_dump or"},
    {"{\"a\": 1}", 8, "a is neither SQL nor a snapshot."},
};

static void
test_strangers(void)
{
    support_enter();
    for (size_t i = 0; i < G_N_ELEMENTS(strangers); i++) {
        gssize length = (gssize)strangers[i].length;
        g_assert_true(g_file_set_contents("a", strangers[i].bytes, length, NULL));
        expect_refusal("a", strangers[i].words);
    }
    expect_refusal("nowhere", "there is no file or folder \"nowhere\". A SOURCE is");
    support_leave();
}

static void
test_folders(void)
{
    struct fixture fixture;
    support_enter();
    support_write("sql/b.sql", "");
    support_write("sql/a/z.up.sql", "");
    support_write("sql/a/z.down.sql", "");
    support_write("sql/a/only.down.sql", "");
    support_write("sql/a/V1/up.sql", "");
    support_write("sql/a/V1/down.sql", "");
    support_write("sql/.hidden/c.sql", "");
    support_write("sql/README.md", "");
    g_assert_cmpint(symlink("b.sql", "sql/link.sql"), ==, 0);
    set_up(&fixture, "sql");
    expect(&fixture, SOURCE_SQL, "sql");
    g_ptr_array_add(fixture.choice.files, NULL);
    g_autofree char *files = g_strjoinv(" ", (char **)fixture.choice.files->pdata);
    g_assert_cmpstr(files, ==, "a/V1/up.sql a/only.down.sql a/z.up.sql b.sql");
    g_assert_cmpuint(fixture.warnings->len, ==, 2);
    g_assert_cmpstr(fixture.warnings->pdata[0], ==,
                    "sql/link.sql is a symbolic link and was not read");
    g_assert_cmpstr(fixture.warnings->pdata[1], ==,
                    "ways back were not read (files named down.sql: 2)");
    tear_down(&fixture);

    support_write("archive/toc.dat", "");
    support_write("other/a.txt", "");
    expect_refusal("archive", "archive is a pg_dump archive in directory format");
    expect_refusal("other", "other holds no .sql file. A SOURCE is");
    support_leave();
}

static void
expect_migrations(const char *source, const char *taken, const char *format)
{
    struct fixture fixture;
    set_up(&fixture, source);
    expect(&fixture, SOURCE_MIGRATIONS, taken);
    g_assert_cmpstr(fixture.choice.migrations.format, ==, format);
    tear_down(&fixture);
}

/* Folders of migrations are told from folders of SQL; numbers are no proof. */
static void
test_migrations(void)
{
    struct fixture fixture;
    support_enter();
    support_write("priv/repo/migrations/1_a.exs", "");
    support_write("goose/1_a.sql", "-- +goose Up\nSELECT 1;\n");
    support_write("up/1_a.up.sql", "SELECT 1;\n");
    support_write("seeds/seeds.exs", "");
    support_write("seeds/10_b.sql", "SELECT 1;\n");
    support_write("seeds/9_a.sql", "SELECT 1;\n");
    expect_migrations("priv/repo/migrations", "priv/repo/migrations", "Ecto");
    expect_migrations("goose", "goose", "goose");
    expect_migrations("up/", "up/", "golang-migrate");

    set_up(&fixture, "seeds");
    expect(&fixture, SOURCE_SQL, "seeds");
    g_assert_cmpstr(fixture.choice.files->pdata[0], ==, "9_a.sql");
    tear_down(&fixture);

    set_up(&fixture, "up");
    struct config_line up = {.folder = "./up/", .tool = "sqlx"};
    fixture.config.line_count = 1;
    fixture.config.lines = &up;
    expect(&fixture, SOURCE_MIGRATIONS, "up");
    g_assert_cmpstr(fixture.choice.migrations.format, ==, "sqlx");
    tear_down(&fixture);

    set_up(&fixture, NULL);
    struct config_line goose = {.folder = "goose", .tool = NULL};
    fixture.config.line_count = 1;
    fixture.config.lines = &goose;
    expect(&fixture, SOURCE_MIGRATIONS, "goose");
    tear_down(&fixture);
    support_leave();
}

static void
expect_found(const char *taken)
{
    struct fixture fixture;
    set_up(&fixture, NULL);
    expect(&fixture, SOURCE_SQL, taken);
    tear_down(&fixture);
}

/* What the repository shows, the most telling first; then libpq's variables. */
static void
test_repository(void)
{
    struct fixture fixture;
    support_enter();
    expect_refusal(NULL, "nothing says which database to read: no SOURCE");
    support_write("priv/repo/migrations/1_a.exs", "");
    expect_migrations(NULL, "priv/repo/migrations", "Ecto");

    struct target *environment = target_parse("dbname=blog host=db", NULL, NULL);
    set_up(&fixture, NULL);
    fixture.request.environment = environment;
    expect(&fixture, SOURCE_LIVE, "blog on db");
    tear_down(&fixture);

    support_write("apps/one/priv/repo/structure.sql", "");
    expect_found("apps/one/priv/repo/structure.sql");
    support_write("apps/two/priv/repo/structure.sql", "");
    expect_refusal(NULL, "several applications have a priv/repo/structure.sql");
    support_write("db/structure.sql", "");
    expect_found("db/structure.sql");
    support_write("priv/repo/structure.sql", "");
    expect_found("priv/repo/structure.sql");

    set_up(&fixture, NULL);
    fixture.config.database = "./db/structure.sql";
    expect(&fixture, SOURCE_SQL, "db/structure.sql");
    tear_down(&fixture);
    target_free(environment);
    support_leave();
}

/* A connection string, unless a file has that name. */
static void
test_connections(void)
{
    struct fixture fixture;
    support_enter();
    set_up(&fixture, "postgresql://reader:s3cret@db.example.org:5433/blog");
    expect(&fixture, SOURCE_LIVE, "blog on db.example.org:5433 as reader");
    tear_down(&fixture);
    set_up(&fixture, "dbname=blog user=reader");
    expect(&fixture, SOURCE_LIVE, "blog on this machine as reader");
    tear_down(&fixture);
    support_write("dbname=blog", "SELECT 1;");
    expect_file("dbname=blog", SOURCE_SQL, "dbname=blog");
    support_leave();
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/choice/files", test_files);
    g_test_add_func("/choice/links", test_links);
    g_test_add_func("/choice/strangers", test_strangers);
    g_test_add_func("/choice/folders", test_folders);
    g_test_add_func("/choice/migrations", test_migrations);
    g_test_add_func("/choice/repository", test_repository);
    g_test_add_func("/choice/connections", test_connections);
    return g_test_run();
}
