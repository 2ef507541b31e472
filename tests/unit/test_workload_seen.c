/* test_workload_seen.c - what was seen of queries meets what files say of them, and no value is
 * kept. */
#include "workload/stream.h"
#include "workload/workload.h"

#include "support.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ---- records ---- */

static void
assert_records(const char *text, enum record_form form, const char *expected)
{
    support_write("a", text);
    int descriptor = open("a", O_RDONLY);
    g_assert_cmpint(descriptor, >=, 0);
    struct stream *stream = stream_new(descriptor);
    g_autoptr(GString) list = g_string_new(NULL);
    struct span record;
    GError *error = NULL;
    while (stream_next(stream, form, &record, &error)) {
        struct span fields[8];
        g_string_append_printf(list, "%zu", stream_line(stream));
        size_t count = form == RECORD_CSV ? csv_split(record, fields, G_N_ELEMENTS(fields)) : 1;
        for (size_t i = 0; i < count; i++) {
            const struct span field = form == RECORD_CSV ? fields[i] : record;
            g_string_append_printf(list, " <%.*s>", (int)field.length, field.text);
        }
        g_string_append_c(list, '\n');
    }
    g_assert_no_error(error);
    g_assert_cmpstr(list->str, ==, expected);
    stream_free(stream);
    close(descriptor);
}

static void
test_records(void)
{
    assert_records("", RECORD_LINE, "");
    assert_records("a\n\nb", RECORD_LINE, "1 <a>\n2 <>\n3 <b>\n");
    assert_records("a\r\n\"b\n", RECORD_LINE, "1 <a>\n2 <\"b>\n");
    assert_records("a,\"b,\"\"c\nd\",\r\n,e\n", RECORD_CSV, "1 <a> <b,\"c\nd> <>\n3 <> <e>\n");
    assert_records("\"\",\"x\"y,z", RECORD_CSV, "1 <> <x> <z>\n");
    assert_records("\"open,\n", RECORD_CSV, "1 <open,\n>\n");
    assert_records("1,2,3,4,5,6,7,8,9,10\n", RECORD_CSV, "1 <1> <2> <3> <4> <5> <6> <7> <8>\n");
}

/* A record of many buffers is read whole; one that is too long is passed over. */
static void
test_long_records(void)
{
    g_autofree char *long_line = g_strnfill(1024 * 1024, 'x');
    g_autofree char *too_long = g_strnfill(RECORD_MOST + 1024 * 1024, 'y');
    g_autofree char *text = g_strdup_printf("%s\n%s\nend\n", long_line, too_long);
    support_write("a", text);
    int descriptor = open("a", O_RDONLY);
    struct stream *stream = stream_new(descriptor);
    struct span record;
    g_assert_true(stream_next(stream, RECORD_LINE, &record, NULL));
    g_assert_cmpuint(record.length, ==, strlen(long_line));
    g_assert_true(stream_next(stream, RECORD_LINE, &record, NULL));
    g_assert_true(span_is(record, "end"));
    g_assert_cmpuint(stream_line(stream), ==, 3);
    g_assert_cmpuint(stream_passed(stream), ==, 1);
    g_assert_false(stream_next(stream, RECORD_LINE, &record, NULL));
    stream_free(stream);
    close(descriptor);
}

/* ---- pg_stat_statements ---- */

static void
append_usage(GString *list, const struct usage *usage)
{
    g_string_append_printf(list, " calls %d ms %g rows %d hit %d read %d", (int)usage->calls,
                           usage->total_ms, (int)usage->rows, (int)usage->blocks_hit,
                           (int)usage->blocks_read);
}

/* "name: text | usage", the readings, and the gaps. */
static char *
read_seen(const char *const *files)
{
    struct arena *arena = arena_new();
    struct workload workload = {0};
    GError *error = NULL;
    const struct names names = {g_strv_length((char **)(guintptr)files),
                                (const char **)(guintptr)files};
    g_assert_true(workload_read_files(arena, ".", "queries", &workload, &error));
    g_assert_true(workload_read_seen(arena, ".", &names, &workload, &error));
    g_assert_no_error(error);
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < workload.count; i++) {
        const struct query *query = &workload.queries[i];
        g_string_append_printf(list, "%s: %s", query->file != NULL ? query->name : "seen",
                               query->text != NULL ? query->text : query->problem);
        append_usage(list, &query->statements);
        g_string_append_c(list, '\n');
    }
    for (size_t i = 0; i < workload.reading_count; i++)
        g_string_append_printf(list, "= %s %s %s %zu\n", workload.readings[i].file,
                               workload.readings[i].taken_at, workload.readings[i].since,
                               workload.readings[i].queries);
    for (size_t i = 0; i < workload.gap_count; i++)
        g_string_append_printf(list, "! %s:%u %s\n", workload.gaps[i].file, workload.gaps[i].line,
                               workload.gaps[i].words);
    arena_free(arena);
    return g_string_free(list, FALSE);
}

static void
assert_seen(const char *csv, const char *expected)
{
    support_write("seen.csv", csv);
    g_autofree char *list = read_seen((const char *const[]){"seen.csv", NULL});
    g_assert_cmpstr(list, ==, expected);
}

/* The heads of PostgreSQL 12, 13, 15, 17 and 18, as far as they differ in what is read. */
static void
test_versions(void)
{
    static const char *const heads[] = {
        "userid,dbid,queryid,query,calls,total_time,rows,shared_blks_hit,shared_blks_read\n"
        "10,5,1,",
        "userid,dbid,queryid,query,plans,total_plan_time,calls,total_exec_time,rows,"
        "shared_blks_hit,shared_blks_read\n10,5,1,",
        "userid,dbid,toplevel,queryid,query,plans,total_plan_time,calls,total_exec_time,rows,"
        "shared_blks_hit,shared_blks_read,temp_blk_read_time,jit_functions\n10,5,t,1,",
        "userid,dbid,toplevel,queryid,query,plans,total_plan_time,calls,total_exec_time,rows,"
        "shared_blks_hit,shared_blks_read,shared_blk_read_time,stats_since\n10,5,t,1,",
        "userid,dbid,toplevel,queryid,query,plans,total_plan_time,calls,total_exec_time,rows,"
        "shared_blks_hit,shared_blks_read,wal_buffers_full,parallel_workers_launched\n10,5,t,1,",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autofree char *csv = g_strdup_printf(
            "%s\"SELECT a FROM t WHERE b = $1\",%s3,1.5,7,8,9,x,y\n", heads[i],
            i == 0 ? "" : "0,0,");
        assert_seen(csv, "seen: SELECT a FROM t WHERE b = $1 calls 3 ms 1.5 rows 7 hit 8 read 9\n"
                         "= seen.csv (null) (null) 1\n");
    }
}

static void
test_statements(void)
{
    support_write("queries/a.sql", "-- name: b\nSELECT a FROM t WHERE b = 'x' -- y\n");
    assert_seen(
        "query,calls,total_exec_time,taken_at,stats_reset\r\n"
        "\"SELECT a\n FROM t WHERE b = $1\",2,10,2026-01-02 03:04:05.6+02,2026-01-01 00:00:00\r\n"
        "select a from t where b = 'CANARY',1,5,,\r\n"
        "\"SELECT c FROM \"\"T\"\" WHERE d IN (1, 'CANARY')\",1,2.5,,\r\n"
        "CREATE ROLE x PASSWORD 'CANARY',1,1,,\r\n"
        "SELECT nspname FROM pg_catalog.pg_namespace,1,1,,\r\n"
        "<insufficient privilege>,1,1,,\r\n"
        "SELECT 'CANARY',none,1,,\r\n"
        "SELECT 'CANARY',1,-1,,\r\n",
        "b: SELECT a FROM t WHERE b = $1 calls 3 ms 15 rows -1 hit -1 read -1\n"
        "seen: SELECT c FROM \"T\" WHERE d IN ($1, $2) calls 1 ms 2.5 rows -1 hit -1 read -1\n"
        "= seen.csv 2026-01-02T01:04:05Z 2026-01-01T00:00:00Z 2\n"
        "! seen.csv:0 2 of its lines have no text, no number of calls or no time.\n"
        "! seen.csv:0 the role that exported it may not see the text of 1 of its statements. "
        "Export it as a member of pg_read_all_stats.\n");
}

static void
test_gaps(void)
{
    assert_seen("query,calls\nSELECT 'CANARY',1\n",
                "! seen.csv:1 it has no column total_exec_time.\n");
    static const char *const texts[] = {"SELECT 'CANARY'\n", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_seen(texts[i], "! seen.csv:0 it is neither an export of pg_stat_statements with "
                              "names in its first line, nor a log of PostgreSQL, nor one with "
                              "queries of Ecto.\n");
    g_assert_cmpint(symlink("seen.csv", "link.csv"), ==, 0);
    g_autofree char *list = read_seen((const char *const[]){"link.csv", "absent.csv", NULL});
    g_assert_nonnull(strstr(list, "! link.csv:0 "));
    g_assert_nonnull(strstr(list, "! absent.csv:0 "));
}

int
main(int argc, char **argv)
{
    static const struct support_test tests[] = {
        {"/workload/records", test_records},   {"/workload/long-records", test_long_records},
        {"/workload/versions", test_versions}, {"/workload/statements", test_statements},
        {"/workload/gaps", test_gaps},
    };
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
