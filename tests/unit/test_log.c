/* test_log.c - the server's log as entries of the sessions with one database. */
#include "cluster/log.h"

#define AT "2026-11-27 05:00:00.123 UTC "

static const struct log_entry *
entry(const GPtrArray *entries, guint place)
{
    g_assert_cmpuint(place, <, entries->len);
    return entries->pdata[place];
}

/* Lines that begin with a tab belong to the message before; other databases' do not count. */
static void
test_statements(void)
{
    g_autoptr(GPtrArray) entries = log_read(
        AT "[1] LOG:  database system is ready\n" AT "[7] <shop 3/12> LOG:  statement: SELECT 1,\n"
           "\t       2;\n" AT "[7] <shop 3/12> LOG:  duration: 1.234 ms\n" AT
           "[8] <other 4/1> LOG:  statement: DROP TABLE posts\n" AT
           "[9] <shop 5/1> LOG:  execute <unnamed>: UPDATE posts SET a = $1\n",
        "shop");
    g_assert_cmpuint(entries->len, ==, 3);
    g_assert_cmpint(entry(entries, 0)->kind, ==, LOG_STATEMENT);
    g_assert_cmpstr(entry(entries, 0)->text, ==, "SELECT 1,\n       2;");
    g_assert_cmpstr(entry(entries, 0)->process, ==, "7");
    g_assert_cmpstr(entry(entries, 0)->transaction, ==, "3/12");
    g_assert_cmpint(entry(entries, 1)->kind, ==, LOG_DURATION);
    g_assert_cmpint(entry(entries, 1)->microseconds, ==, 1234);
    g_assert_cmpstr(entry(entries, 2)->text, ==, "UPDATE posts SET a = $1");
}

static void
test_refusals(void)
{
    g_autoptr(GPtrArray)
        entries = log_read(AT "[7] <shop 3/12> ERROR:  duplicate key\n" AT
                              "[7] <shop 3/12> DETAIL:  Key (id)=(1) exists.\n" AT
                              "[7] <shop 3/12> CONTEXT:  SQL function \"f\"\n" AT
                              "[7] <shop 3/12> STATEMENT:  INSERT INTO posts\n"
                              "\tVALUES (1)\n" AT "[7] <shop > FATAL:  terminating connection\n",
                           "shop");
    g_assert_cmpuint(entries->len, ==, 2);
    g_assert_cmpint(entry(entries, 0)->kind, ==, LOG_REFUSAL);
    g_assert_cmpstr(entry(entries, 0)->text, ==, "duplicate key. Key (id)=(1) exists.");
    g_assert_cmpstr(entry(entries, 0)->statement, ==, "INSERT INTO posts\nVALUES (1)");
    g_assert_null(entry(entries, 1)->statement);
}

/* What foreign SQL raises is not what the server says, and what dbdoc's trigger tells is. */
static void
test_forged(void)
{
    g_autoptr(GPtrArray) entries = log_read(
        AT "[7] <shop 3/1> LOG:  statement: DROP TABLE posts\n" AT
           "[7] <shop 3/1> CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE\n" AT
           "[7] <shop 3/1> STATEMENT:  DO $$ ... $$\n" AT
           "[7] <shop 3/1> LOG:  dbdoc ddl_command_end []\n" AT
           "[7] <shop 3/1> CONTEXT:  PL/pgSQL function public.dbdoc_tell() line 1 at RAISE\n" AT
           "[7] <shop 3/1> LOG:  dbdoc ddl_command_end [{}]\n" AT
           "[7] <shop 3/1> CONTEXT:  PL/pgSQL function dbdoc_tell() line 4 at RAISE\n" AT
           "[7] <shop 3/1> ERROR:  x\n"
           "\t" AT "[7] <shop 3/1> LOG:  statement: DROP TABLE posts\n",
        "shop");
    g_assert_cmpuint(entries->len, ==, 2);
    g_assert_cmpint(entry(entries, 0)->kind, ==, LOG_TOLD);
    g_assert_cmpstr(entry(entries, 0)->text, ==, "ddl_command_end [{}]");
    g_assert_cmpint(entry(entries, 1)->kind, ==, LOG_REFUSAL);
}

/* A name may hold what stands around it. */
static void
test_names(void)
{
    g_autoptr(GPtrArray)
        entries = log_read(AT "[7] <a> 1/2 3/1> LOG:  statement: SELECT 1\n", "a> 1/2");
    g_assert_cmpuint(entries->len, ==, 1);
    g_assert_cmpstr(entry(entries, 0)->transaction, ==, "3/1");
    g_autoptr(GPtrArray) none = log_read("", "a");
    g_assert_cmpuint(none->len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/statements", test_statements);
    g_test_add_func("/log/refusals", test_refusals);
    g_test_add_func("/log/forged", test_forged);
    g_test_add_func("/log/names", test_names);
    return g_test_run();
}
