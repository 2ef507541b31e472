/* test_script.c - SQL files cut into statements as psql does. */
#include "postgres/script.h"
#include "support.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    GHashTable *variables;
    struct script *script;
};

static void
open_script(struct fixture *fixture, const char *text, gssize length)
{
    support_enter();
    g_assert_true(g_file_set_contents("a.sql", text, length, NULL));
    fixture->variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fixture->script = script_new("a.sql", open("a.sql", O_RDONLY | O_CLOEXEC), fixture->variables);
}

static void
close_script(struct fixture *fixture)
{
    script_free(fixture->script);
    g_hash_table_unref(fixture->variables);
    support_leave();
}

static void
expect(const struct fixture *fixture, enum statement_kind kind, unsigned line, const char *text)
{
    GError *error = NULL;
    struct statement statement;
    bool found = script_next(fixture->script, &statement, &error);
    g_assert_no_error(error);
    g_assert_true(found);
    g_assert_cmpint(statement.kind, ==, kind);
    g_assert_cmpstr(statement.text, ==, text);
    g_assert_cmpuint(statement.line, ==, line);
}

static void
expect_end(const struct fixture *fixture)
{
    GError *error = NULL;
    struct statement statement;
    g_assert_false(script_next(fixture->script, &statement, &error));
    g_assert_no_error(error);
}

static void
test_statements(void)
{
    struct fixture fixture;
    open_script(&fixture,
                "-- first\nSELECT 1; SELECT 'a;b', $x$;$x$;\n\n;;\n"
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\n"
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);\n"
                "/* a;\n /* b; */ */ SELECT \";\"\n;last",
                -1);
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 1;");
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 'a;b', $x$;$x$;");
    expect(&fixture, STATEMENT_SQL, 5,
           "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;");
    expect(&fixture, STATEMENT_SQL, 6, "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);");
    expect(&fixture, STATEMENT_SQL, 7, "/* a;\n /* b; */ */ SELECT \";\"\n;");
    expect(&fixture, STATEMENT_SQL, 9, "last");
    expect_end(&fixture);
    close_script(&fixture);
}

static void
test_meta_commands(void)
{
    struct fixture fixture;
    open_script(
        &fixture,
        "\\restrict Ab1\n  \\set x 'a \\\\ b' \\\\ SELECT 1;\nSELECT 2 \\echo hi \\\\ + 3;\n"
        "SELECT 4 \\g\nSELECT 5 \\gexec\n;\n\\copy t from 'a\\b.csv'\n"
        "SELECT E'\\\\;' ;\n\\! a \\ b\n\\g\n",
        -1);
    expect(&fixture, STATEMENT_META, 1, "restrict Ab1");
    expect(&fixture, STATEMENT_META, 2, "set x 'a \\\\ b'");
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 1;");
    expect(&fixture, STATEMENT_META, 3, "echo hi");
    expect(&fixture, STATEMENT_SQL, 3, "SELECT 2  + 3;");
    expect(&fixture, STATEMENT_SQL, 4, "SELECT 4 ");
    expect(&fixture, STATEMENT_META, 5, "gexec");
    script_drop_statement(fixture.script);
    expect(&fixture, STATEMENT_META, 7, "copy t from 'a\\b.csv'");
    expect(&fixture, STATEMENT_SQL, 8, "SELECT E'\\\\;' ;");
    expect(&fixture, STATEMENT_META, 9, "! a \\ b");
    expect_end(&fixture);
    close_script(&fixture);
}

static void
test_variables(void)
{
    struct fixture fixture;
    open_script(&fixture,
                "SELECT :a, :'a', :\"a\", :'q', :\"q\", :b, x[1:2], 'x'::text, :{?a}, :{?b};\n"
                ":c, ':a';",
                -1);
    g_hash_table_insert(fixture.variables, g_strdup("a"), g_strdup("Name"));
    g_hash_table_insert(fixture.variables, g_strdup("q"), g_strdup("it's \"odd\""));
    g_hash_table_insert(fixture.variables, g_strdup("c"), g_strdup("SELECT 1; SELECT 2"));
    expect(&fixture, STATEMENT_SQL, 1,
           "SELECT Name, 'Name', \"Name\", 'it''s \"odd\"', \"it's \"\"odd\"\"\", :b, x[1:2], "
           "'x'::text, TRUE, FALSE;");
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 1;");
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 2, ':a';");
    expect_end(&fixture);
    close_script(&fixture);
}

/* A variable's text is SQL; a backslash command in it is refused, not run and not ignored. */
static void
test_command_in_variable(void)
{
    struct fixture fixture;
    struct statement statement;
    GError *error = NULL;
    open_script(&fixture, "\n:c;\n", -1);
    g_hash_table_insert(fixture.variables, g_strdup("c"), g_strdup("SELECT 1; \\! touch x"));
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 1;");
    g_assert_false(script_next(fixture.script, &statement, &error));
    support_assert_failure(&error, FAILURE_DATABASE,
                           "a.sql:2: a psql variable holds a backslash command, which dbdoc does "
                           "not run. Write the command into the file.");
    close_script(&fixture);
}

static void
expect_data(const struct fixture *fixture, const char *line)
{
    const char *found = NULL;
    size_t length = 0;
    g_assert_true(script_copy_line(fixture->script, &found, &length));
    g_assert_cmpuint(length, ==, strlen(line));
    g_assert_cmpstr(found, ==, line);
}

static void
expect_no_data(const struct fixture *fixture)
{
    const char *found = NULL;
    size_t length = 0;
    g_assert_false(script_copy_line(fixture->script, &found, &length));
}

static void
test_copy_data(void)
{
    struct fixture fixture;
    open_script(&fixture,
                "COPY public.t (a, \"from\") FROM stdin;\n1\t;\\N\n\n\\! touch x\n\\.\n"
                "COPY (SELECT 1 FROM stdin) TO stdout;\nCOPY t FROM STDIN WITH (FORMAT csv);\n1\r\n"
                "\\.\r\nCOPY t FROM '/tmp/stdin';\nSELECT 1;\n",
                -1);
    expect(&fixture, STATEMENT_SQL, 1, "COPY public.t (a, \"from\") FROM stdin;");
    expect_data(&fixture, "1\t;\\N\n");
    expect_data(&fixture, "\n");
    expect_data(&fixture, "\\! touch x\n");
    expect_no_data(&fixture);
    expect_no_data(&fixture); /* the statement is tried again */
    script_skip_data(fixture.script);
    expect(&fixture, STATEMENT_SQL, 6, "COPY (SELECT 1 FROM stdin) TO stdout;");
    script_skip_data(fixture.script);
    expect(&fixture, STATEMENT_SQL, 7, "COPY t FROM STDIN WITH (FORMAT csv);");
    script_skip_data(fixture.script);
    expect(&fixture, STATEMENT_SQL, 10, "COPY t FROM '/tmp/stdin';");
    script_skip_data(fixture.script);
    expect(&fixture, STATEMENT_SQL, 11, "SELECT 1;");
    expect_end(&fixture);
    close_script(&fixture);
}

static void
test_ends_of_lines(void)
{
    struct fixture fixture;
    open_script(&fixture, "\xEF\xBB\xBFSELECT 1;\r\n\\echo hi\r\nSELECT '\r\n';", -1);
    expect(&fixture, STATEMENT_SQL, 1, "SELECT 1;");
    expect(&fixture, STATEMENT_META, 2, "echo hi");
    expect(&fixture, STATEMENT_SQL, 3, "SELECT '\r\n';");
    expect_end(&fixture);
    close_script(&fixture);
}

/* A sparse file of a terabyte is refused at its first byte, without reading on. */
static void
test_zero_bytes(void)
{
    struct fixture fixture;
    struct statement statement;
    GError *error = NULL;
    open_script(&fixture, "SELECT 1;\n", -1);
    g_assert_cmpint(truncate("a.sql", (off_t)1 << 40), ==, 0);
    expect(&fixture, STATEMENT_SQL, 1, "SELECT 1;");
    g_assert_false(script_next(fixture.script, &statement, &error));
    support_assert_failure_says(&error, FAILURE_DATABASE, "a.sql:2: cannot read on (a zero byte");
    close_script(&fixture);
}

static void
test_lines_longer_than_the_buffer(void)
{
    struct fixture fixture;
    g_autofree char *filler = g_strnfill(200000, 'x');
    g_autofree char *text = g_strconcat("SELECT '", filler, "';\nSELECT 2;", NULL);
    g_autofree char *first = g_strconcat("SELECT '", filler, "';", NULL);
    open_script(&fixture, text, -1);
    expect(&fixture, STATEMENT_SQL, 1, first);
    expect(&fixture, STATEMENT_SQL, 2, "SELECT 2;");
    expect_end(&fixture);
    close_script(&fixture);
}

static void
test_lines_of_positions(void)
{
    const struct statement statement = {.text = "/* é\n*/\n\nSELECT 'ä'\n,\n  x\xff;", .line = 10};
    g_assert_cmpuint(statement_line(&statement, 0), ==, 13);
    g_assert_cmpuint(statement_line(&statement, 1), ==, 10);
    g_assert_cmpuint(statement_line(&statement, 21), ==, 14);
    g_assert_cmpuint(statement_line(&statement, 25), ==, 15);
    g_assert_cmpuint(statement_line(&statement, 1000), ==, 15);
}

static void
expect_argument(const char **cursor, GHashTable *variables, const char *argument)
{
    GError *error = NULL;
    g_autofree char *found = meta_argument(cursor, variables, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(found, ==, argument);
}

static void
test_arguments(void)
{
    g_autoptr(GHashTable) variables = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(variables, (void *)(guintptr) "v", (void *)(guintptr) "a 'b'");
    const char *cursor =
        " one 'two words' 'it''s\\n\\x' \"a \"\"b\" x'y'z :v :'v' :w :{?v}:{?w} ''";
    expect_argument(&cursor, variables, "one");
    expect_argument(&cursor, variables, "two words");
    expect_argument(&cursor, variables, "it's\nx");
    expect_argument(&cursor, variables, "a \"b");
    expect_argument(&cursor, variables, "xyz");
    expect_argument(&cursor, variables, "a 'b'");
    expect_argument(&cursor, variables, "'a ''b'''");
    expect_argument(&cursor, variables, ":w");
    expect_argument(&cursor, variables, "TRUEFALSE");
    expect_argument(&cursor, variables, "");
    expect_argument(&cursor, variables, NULL);

    GError *error = NULL;
    const char *shell = "a`touch x`";
    g_assert_null(meta_argument(&shell, variables, &error));
    support_assert_failure_says(&error, FAILURE_DATABASE, "shell command");
}

/* \set a :a:a, again and again, would fill the memory. */
static void
test_long_arguments(void)
{
    GError *error = NULL;
    g_autoptr(GHashTable) variables = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *half = g_strnfill(32 * 1024, 'x');
    g_hash_table_insert(variables, (void *)(guintptr) "v", half);
    const char *cursor = ":v:v :v:v:v";
    g_autofree char *most = meta_argument(&cursor, variables, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(strlen(most), ==, 64 * 1024);
    g_assert_null(meta_argument(&cursor, variables, &error));
    support_assert_failure(&error, FAILURE_DATABASE, "an argument of more than 64 KB");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/script/statements", test_statements);
    g_test_add_func("/script/meta-commands", test_meta_commands);
    g_test_add_func("/script/variables", test_variables);
    g_test_add_func("/script/command-in-variable", test_command_in_variable);
    g_test_add_func("/script/copy-data", test_copy_data);
    g_test_add_func("/script/ends-of-lines", test_ends_of_lines);
    g_test_add_func("/script/zero-bytes", test_zero_bytes);
    g_test_add_func("/script/long-lines", test_lines_longer_than_the_buffer);
    g_test_add_func("/script/positions", test_lines_of_positions);
    g_test_add_func("/script/arguments", test_arguments);
    g_test_add_func("/script/long-arguments", test_long_arguments);
    return g_test_run();
}
