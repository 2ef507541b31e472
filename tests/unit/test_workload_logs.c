/* test_workload_logs.c - statements of logs become calls of queries, and nothing else of a log is
 * kept. */
#include "workload/workload.h"

#include "support.h"

#include <string.h>

/* "text | calls ms {place calls …}", then the gaps. */
static char *
read_log(const char *text)
{
    struct arena *arena = arena_new();
    struct workload workload = {0};
    GError *error = NULL;
    const char *file = "a.log";
    const struct names files = {1, &file};
    support_write(file, text);
    g_assert_true(workload_read_seen(arena, ".", &files, &workload, &error));
    g_assert_no_error(error);
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < workload.count; i++) {
        const struct query *query = &workload.queries[i];
        g_string_append_printf(list, "%s | %d %g", query->text != NULL ? query->text : "no text",
                               (int)query->logged.calls, query->logged.total_ms);
        for (size_t j = 0; j < query->site_count; j++)
            g_string_append_printf(list, " {%s %s:%u %d}", query->sites[j].function,
                                   query->sites[j].file, query->sites[j].line,
                                   (int)query->sites[j].calls);
        g_string_append_c(list, '\n');
    }
    for (size_t i = 0; i < workload.gap_count; i++)
        g_string_append_printf(list, "! %s\n", workload.gaps[i].words);
    arena_free(arena);
    return g_string_free(list, FALSE);
}

static void
assert_log(const char *text, const char *expected)
{
    g_autofree char *list = read_log(text);
    g_assert_cmpstr(list, ==, expected);
    g_assert_null(strstr(list, "CANARY"));
}

/* ---- Ecto ---- */

#define ARROW "\xE2\x86\xB3 "
#define HEAD  "12:00:00.000 [debug] QUERY OK source=\"t\" db=1.5ms queue=0.1ms idle=9.0ms\n"

static void
test_ecto(void)
{
    assert_log("12:00:00.000 [info] GET /\n" HEAD
               "SELECT t0.\"a\" FROM \"t\" AS t0 WHERE (t0.\"b\" = $1) "
               "[\"CANARY, [1] \\\"]\"]\n" ARROW "App.Blog.get!/1, at: lib/blog.ex:12\n\n" HEAD
               "SELECT t0.\"a\" FROM \"t\" AS t0 WHERE (t0.\"b\" = $1) [7]\n" ARROW
               "App.Web.show/2, at: lib/web.ex:3\n" HEAD
               "SELECT t0.\"a\" FROM \"t\" AS t0 WHERE (t0.\"b\" = $1) [7]\n" ARROW
               "App.Web.show/2, at: lib/web.ex:3\n" ARROW "App.Web.call/2, at: lib/web.ex:1\n",
               "SELECT t0.\"a\" FROM \"t\" AS t0 WHERE (t0.\"b\" = $1) | 3 4.5 "
               "{App.Web.show/2 lib/web.ex:3 2} {App.Blog.get!/1 lib/blog.ex:12 1}\n");
    assert_log(
        "\x1B[36m[debug] QUERY OK db=0.5ms\nbegin []\n\x1B[0m"
        "\x1B[36m[debug] QUERY ERROR source=\"t\" db=0.5ms\nINSERT INTO t (a)\n\nVALUES ('CANARY') "
        "[]\x1B[0m\n12:00:00.000 [error] CANARY [1]\n[info] CANARY\n",
        "INSERT INTO t (a) VALUES ($1) | 1 0.5\n");
}

/* Brackets of the statement are not the list, and a message that the Logger cut says nothing. */
static void
test_ecto_values(void)
{
    assert_log(
        HEAD "SELECT a[1], ARRAY [2] FROM t WHERE b = ANY ($1) AND c = ']' [[1, 2], ~U[2026-01-01 "
             "00:00:00Z], %{\"a\" => [\"CANARY\"]}]\n" HEAD
             "SELECT a FROM t WHERE b = $1 [\"CANARY (truncated)\n",
        "SELECT a[$2], ARRAY [$3] FROM t WHERE b = ANY ($1) AND c = $4 | 1 1.5\n");
    assert_log("QUERY OK\n", "! this log holds no statement.\n");
}

/* Loggers that write JSON: the shapes of LoggerJSON for Elastic, Google Cloud and the like, with
 * escapes, and metadata wherever it is. */
static void
test_ecto_json(void)
{
    assert_log(
        "mix test printed this\n"
        "{\"time\":\"2026-11-27T17:00:00Z\",\"severity\":\"debug\",\"message\":\"QUERY OK "
        "source=\\\"t\\\" db=1.5ms\\nSELECT t0.\\\"a\\\" FROM \\\"t\\\" AS t0 WHERE (t0.\\\"b\\\" "
        "= "
        "$1) [\\\"CANARY\\\\n\\\"]\\n\\u21b3 App.Blog.get!/1, at: lib/blog.ex:12\","
        "\"metadata\":{\"request_id\":\"CANARY-1\"}}\n"
        "{\"@timestamp\": \"2026\", \"message\": \"QUERY OK db=2.5ms\\nSELECT t0.\\\"a\\\" FROM "
        "\\\"t\\\" AS t0 WHERE (t0.\\\"b\\\" = $1) [7]\", \"request_id\": \"F3x\"}\n"
        "{\"message\":\"CANARY [1]\",\"severity\":\"info\"}\n"
        "{\"message\":\"QUERY OK db=9ms\\nSELECT a FROM t WHERE b = $1 [\\\"CANARY cut",
        "SELECT t0.\"a\" FROM \"t\" AS t0 WHERE (t0.\"b\" = $1) | 2 4 "
        "{App.Blog.get!/1 lib/blog.ex:12 1}\n");
    assert_log("{\"severity\":\"info\",\"message\":\"CANARY\"}\n",
               "! this log holds no statement.\n");
}

/* ---- the server ---- */

#define CSV(session, message, detail)                                                              \
    "2026-11-27 17:00:00.000 UTC,\"u\",\"d\",1,\"[local]\"," session                               \
    ",1,\"SELECT\",2026-11-27 16:00:00 UTC,3/1,0,LOG,00000,\"" message "\",\"" detail              \
    "\",,,,,,,,\"\",\"client backend\",,1\n"

static void
test_csv(void)
{
    assert_log(
        CSV("a.1", "duration: 1.5 ms  parse <unnamed>: SELECT a FROM t", "") CSV(
            "a.1", "duration: 2.5 ms  execute <unnamed>: SELECT a\n FROM \"\"T\"\" WHERE b = $1",
            "parameters: $1 = 'CANARY'")
            CSV("a.1", "duration: 1 ms  statement: SELECT a FROM \"\"T\"\" WHERE b = 'CANARY'", "")
                CSV("a.1", "connection authorized: user=CANARY", ""),
        "SELECT a FROM \"T\" WHERE b = $1 | 2 3.5\n");
    /* log_statement says the text, log_duration the time behind it. */
    assert_log(CSV("a.1", "statement: BEGIN", "") CSV("a.1", "duration: 9 ms", "")
                   CSV("a.1", "execute p1: SELECT a FROM t", "")
                       CSV("b.2", "statement: SELECT b FROM t", "") CSV("a.1", "duration: 3 ms", "")
                           CSV("b.2", "duration: 0.250 ms", "") CSV("b.2", "duration: 4 ms", ""),
               "SELECT a FROM t | 1 3\nSELECT b FROM t | 1 0.25\n");
}

#define JSON(session, message, detail)                                                             \
    "{\"timestamp\":\"2026-11-27 17:00:00.000 UTC\",\"pid\":1,\"session_id\":\"" session           \
    "\",\"error_severity\":\"LOG\",\"message\":\"" message "\",\"detail\":\"" detail               \
    "\",\"query_id\":5}\n"

static void
test_json(void)
{
    assert_log(
        JSON("a",
             "duration: 2 ms  execute x: SELECT \\\"a\\\"\\n FROM t WHERE b = '\\u0043ANARY\\\\'",
             "Parameters: $1 = 'CANARY'")
            JSON("a", "duration: 1 ms  statement: SELECT a\\tFROM t WHERE b = 'x'", ""),
        "SELECT \"a\" FROM t WHERE b = $1 | 2 3\n");
    assert_log("{\"message\":\"duration: 1 ms  statement: SELECT 1", "SELECT $1 | 1 1\n");
}

/* auto_explain writes a plan with values; what the server says of the same statement counts once.
 */
static void
test_auto_explain(void)
{
    assert_log(
        CSV("a",
            "duration: 5 ms  plan:\nQuery Text: SELECT a\nFROM t WHERE b = $1\nSeq Scan on t  "
            "(cost=0.00..1.00 rows=1 width=4)\n  Filter: (b = 'CANARY'::text)",
            "") CSV("b", "statement: SELECT b FROM t", "")
            CSV("a", "duration: 6 ms  execute x: SELECT a\nFROM t WHERE b = $1", "")
                CSV("b",
                    "duration: 7 ms  plan:\nQuery Text: SELECT c FROM t\nQuery Parameters: "
                    "$1 = 'CANARY'\nSeq Scan on t  (cost=0.00..1.00 rows=1 width=4)",
                    ""),
        "SELECT c FROM t | 1 7\nSELECT b FROM t | 1 0\nSELECT a FROM t WHERE b = $1 | 1 6\n");
    assert_log(
        JSON("a",
             "duration: 5 ms  plan:\\n{\\n  \\\"Query Text\\\": \\\"SELECT \\\\\\\"a\\\\\\\" FROM "
             "t\\\",\\n  \\\"Plan\\\": {\\n \\\"Filter\\\": \\\"(b = 'CANARY')\\\" } }",
             ""),
        "SELECT \"a\" FROM t | 1 5\n");
}

/* log_destination = stderr, with the default prefix, Debian's and that of a service; several lines,
 * a duration behind its statement, two sessions at once, and what is no statement. */
static void
test_text(void)
{
    assert_log(
        "2026-11-27 17:00:00.000 UTC [11] LOG:  duration: 1.5 ms  parse <unnamed>: SELECT 1\n"
        "2026-11-27 17:00:00.000 UTC [11] LOG:  duration: 2.5 ms  execute <unnamed>: SELECT a\n"
        "\t FROM t\n\tWHERE b = $1\n"
        "2026-11-27 17:00:00.000 UTC [11] DETAIL:  parameters: $1 = 'CANARY\n\tLOG:  CANARY'\n"
        "2026-11-27 17:00:00.000 UTC [11] ERROR:  CANARY\n"
        "2026-11-27 17:00:00.000 UTC [11] STATEMENT:  SELECT a FROM t WHERE b = 'CANARY'\n"
        "2026-11-27 17:00:00.000 UTC [12] u@d LOG:  statement: SELECT a FROM t WHERE b = 'CANARY'\n"
        "2026-11-27 17:00:00 UTC:10.0.0.1(5):u@d:[13]:LOG:  statement: SELECT c, d FROM t\n"
        "2026-11-27 17:00:00.000 UTC [12] u@d LOG:  duration: 4 ms\n"
        "2026-11-27 17:00:00.000 UTC [12] u@d LOG:  connection authorized: user=CANARY\n"
        "CANARY\n",
        "SELECT c, d FROM t | 1 0\nSELECT a FROM t WHERE b = $1 | 2 6.5\n");
    /* Of a statement that a driver runs in parts, auto_explain tells before or behind the server.
     */
    assert_log(
        "[1] LOG:  duration: 1 ms  execute p: SELECT a\n\tFROM t\n"
        "[1] LOG:  duration: 9 ms  plan:\n\tQuery Text: SELECT a\n\tFROM t\n\tSeq Scan on t"
        "  (cost=0.00..1.00 rows=1 width=1)\n\t  Filter: (a = 'CANARY')\n"
        "[1] LOG:  duration: 9 ms  plan:\n\tQuery Text: UPDATE t SET a = 'CANARY'\n\tUpdate on "
        "t  (cost=0.00..1.00 rows=1 width=1)\n"
        "[1] LOG:  duration: 2 ms  execute q: UPDATE t SET a = 'CANARY'\n"
        "[1] LOG:  duration: 4 ms  plan:\n\tQuery Text: UPDATE t SET a = 'CANARY'\n\tUpdate on "
        "t  (cost=0.00..1.00 rows=1 width=1)\n",
        "SELECT a FROM t | 1 1\nUPDATE t SET a = $1 | 2 6\n");
    assert_log("LOG:  statement: SELECT a FROM t\nLOG:  duration: 3 ms\n", /* of whom is not said */
               "SELECT a FROM t | 1 0\n");
}

int
main(int argc, char **argv)
{
    static const struct support_test tests[] = {
        {"/workload/ecto", test_ecto},
        {"/workload/ecto-values", test_ecto_values},
        {"/workload/ecto-json", test_ecto_json},
        {"/workload/text", test_text},
        {"/workload/csv", test_csv},
        {"/workload/json", test_json},
        {"/workload/auto-explain", test_auto_explain},
    };
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
