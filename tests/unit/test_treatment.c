/* test_treatment.c - what is done with a foreign statement, told by its words alone; and how it is
 * named to people. */
#include "source/branch.h"
#include "source/remarks.h"
#include "source/treatment.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *sql;
    enum treatment treatment;
} statements[] = {
    {"", TREAT_RUN},
    {"SELECT 1", TREAT_RUN},
    {"CREATE TABLE a ()", TREAT_RUN},
    {"-- a comment\n/* another */ begin;", TREAT_TRANSACTION},
    {"START TRANSACTION READ ONLY", TREAT_TRANSACTION},
    {"START", TREAT_RUN},
    {"ROLLBACK TO SAVEPOINT a", TREAT_TRANSACTION},
    {"SET LOCAL ROLE app", TREAT_NOTHING},
    {"set session authorization default", TREAT_NOTHING},
    {"SET SESSION AUTHORIZATION 'app'", TREAT_ROLE},
    {"SET default_tablespace = ''", TREAT_NOTHING},
    {"SET search_path = app", TREAT_SETTING},
    {"\"set\" role", TREAT_RUN},
    {"CREATE USER app", TREAT_ROLE},
    {"CREATE USER MAPPING FOR app SERVER s", TREAT_RUN},
    {"GRANT app TO other", TREAT_ROLE},
    {"GRANT SELECT ON a TO app", TREAT_ABOUT},
    {"GRANT SELECT (\"on\", b) ON a TO app", TREAT_ABOUT},
    {"REVOKE ALL ON DATABASE a FROM PUBLIC", TREAT_DATABASE},
    {"COMMENT ON TABLE a IS 'x'", TREAT_ABOUT},
    {"COMMENT ON DATABASE a IS 'x'", TREAT_DATABASE_COMMENT},
    {"COMMENT ON EXTENSION a IS 'x'", TREAT_EXTENSION_COMMENT},
    {"ALTER TABLE a OWNER TO app;", TREAT_NOTHING},
    {"ALTER FUNCTION owner(to text) OWNER TO CURRENT_USER", TREAT_NOTHING},
    {"ALTER TABLE a OWNER TO app, ADD COLUMN b int", TREAT_RUN},
    {"ALTER TABLE a ADD COLUMN owner int", TREAT_RUN},
    {"ALTER TABLE a RENAME owner TO b", TREAT_RUN},
    {"ALTER TABLE a RENAME COLUMN owner TO b;", TREAT_RUN},
    {"ALTER TABLE rename OWNER TO app", TREAT_RUN},
    {"ALTER TABLE IF EXISTS ONLY a DROP CONSTRAINT b", TREAT_DROP},
    {"ALTER TABLE a ADD COLUMN b int, DROP COLUMN c", TREAT_RUN},
    {"DROP TABLE a", TREAT_DROP},
    {"DROP ROLE a", TREAT_ROLE},
    {"CREATE EXTENSION a", TREAT_EXTENSION},
    {"CREATE SCHEMA a", TREAT_SCHEMA},
    {"LOCK TABLE a", TREAT_NOTHING},
};

static void
test_statements(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        g_test_message("%s", statements[i].sql);
        g_assert_cmpint(treatment_of(statements[i].sql), ==, statements[i].treatment);
    }
}

static void
test_roles(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    treatment_find_roles("CREATE ROLE App; create user \"Odd \"\"one\"; -- create role comment\n"
                         "DO $x$ BEGIN EXECUTE 'CREATE ROLE inner_one LOGIN'; "
                         "CREATE GROUP deep; END $x$; SELECT 'create role', role, $$ $$, $$, ''",
                         names);
    g_ptr_array_add(names, NULL);
    g_autofree char *all = g_strjoinv("|", (char **)names->pdata);
    g_assert_cmpstr(all, ==, "app|Odd \"one|inner_one|deep");
}

static void
expect_extension(const char *sql, const char *name, const char *schema, const char *version)
{
    struct extension_request request;
    extension_request_read(sql, &request);
    g_assert_cmpstr(request.name, ==, name);
    g_assert_cmpstr(request.schema, ==, schema);
    g_assert_cmpstr(request.version, ==, version);
    g_assert_cmpint(request.cascade, ==, strstr(sql, "CASCADE") != NULL);
    extension_request_clear(&request);
}

static void
test_extensions(void)
{
    expect_extension("CREATE EXTENSION Vector", "vector", NULL, NULL);
    expect_extension(
        "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" WITH SCHEMA \"My Place\" VERSION "
        "'1.1' CASCADE;",
        "uuid-ossp", "My Place", "1.1");
    expect_extension("CREATE EXTENSION a SCHEMA b SCHEMA c VERSION \"2\"", "a", "c", "2");
    expect_extension("CREATE EXTENSION a VERSION", "a", NULL, NULL);
    expect_extension("CREATE EXTENSION", NULL, NULL, NULL);
    expect_extension("CREATE EXTENSION IF NOT EXISTS", NULL, NULL, NULL);
}

static void
test_rewritten(void)
{
    g_autofree char *comment = database_comment_rename(
        "-- words\nCOMMENT ON DATABASE \"x y\" IS 'database';", "dbdoc_1");
    g_assert_cmpstr(comment, ==, "COMMENT ON DATABASE dbdoc_1  IS 'database';");
    g_autofree char *without = treatment_drop_word(
        "CREATE FUNCTION f() RETURNS text LeakProof AS 'leakproof' /* leakproof */", "leakproof");
    g_assert_cmpstr(without, ==,
                    "CREATE FUNCTION f() RETURNS text  AS 'leakproof' /* leakproof */");
}

static void
expect_excerpt(const char *statement, const char *excerpt)
{
    g_autofree char *found = statement_excerpt(statement);
    g_assert_cmpstr(found, ==, excerpt);
}

static void
test_excerpts(void)
{
    expect_excerpt("-- words\n/* more */ SELECT\n\t1 ;\n", "SELECT 1");
    expect_excerpt("", "");
    expect_excerpt("-- nothing", "-- nothing");
    expect_excerpt("ALTER ROLE a PASSWORD 's3cret' LOGIN", "ALTER ROLE a PASSWORD *** LOGIN");
    expect_excerpt("SELECT 'a\033[31m\xff'", "SELECT 'a\xEF\xBF\xBD[31m\xEF\xBF\xBD'");
    expect_excerpt(
        "SELECT 'just as long as an excerpt may be; there is nothing to cut from it at a'"
        "\n;\n",
        "SELECT 'just as long as an excerpt may be; there is nothing to cut from it at a'");
    g_autofree char *umlauts = g_strnfill(200, 'x');
    for (size_t i = 0; i + 1 < strlen(umlauts); i += 2)
        memcpy(umlauts + i, "ä", 2);
    g_autofree char *cut = g_strdup_printf("%.160s …", umlauts);
    expect_excerpt(umlauts, cut);
}

/* The length is that of 80 characters, wherever a secret or a letter is cut. */
static void
test_secrets_are_not_cut(void)
{
    g_autofree char *filler = g_strnfill(620, ' ');
    g_autofree char *statement = g_strconcat("ALTER ROLE a", filler,
                                             "PASSWORD 'a secret of some length'", NULL);
    g_autofree char *found = statement_excerpt(statement);
    g_assert_null(strstr(found, "secret"));
}

static void
test_branches(void)
{
    g_autoptr(GArray) branches = branches_new();
    g_assert_true(branch_is_active(branches));
    g_assert_false(branch_next(branches, "on"));
    g_assert_false(branch_close(branches));
    branch_open(branches, "f");
    g_assert_false(branch_is_active(branches));
    branch_open(branches, "true"); /* within what is not taken */
    g_assert_false(branch_is_active(branches));
    g_assert_true(branch_next(branches, "on"));
    g_assert_false(branch_is_active(branches));
    g_assert_true(branch_close(branches));
    g_assert_true(branch_next(branches, "Yes"));
    g_assert_true(branch_is_active(branches));
    g_assert_true(branch_next(branches, "1"));
    g_assert_false(branch_is_active(branches));
    g_assert_true(branch_close(branches));
    g_assert_true(branch_is_active(branches));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/treatment/statements", test_statements);
    g_test_add_func("/treatment/roles", test_roles);
    g_test_add_func("/treatment/extensions", test_extensions);
    g_test_add_func("/treatment/rewritten", test_rewritten);
    g_test_add_func("/treatment/excerpts", test_excerpts);
    g_test_add_func("/treatment/secrets", test_secrets_are_not_cut);
    g_test_add_func("/treatment/branches", test_branches);
    return g_test_run();
}
