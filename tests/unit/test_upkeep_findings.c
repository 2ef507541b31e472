/* test_upkeep_findings.c - what vacuum and analyze left in partitions and in tables with settings
 * of their own. */
#include "checks/checks.h"
#include "fixture.h"

/* A table in three partitions, of which the last is divided again; and one of several settings. */
static const char catalog[] =
    "'tables':[{'schema':'public','name':'log','kind':'partitioned'},"
    "{'schema':'public','name':'log_a','kind':'ordinary','partition_of':'public.log'},"
    "{'schema':'public','name':'log_b','kind':'ordinary','partition_of':'public.log','options':"
    "['autovacuum_analyze_scale_factor=0.9','autovacuum_vacuum_scale_factor=0.9']},"
    "{'schema':'public','name':'log_c','kind':'partitioned','partition_of':'public.log'},"
    "{'schema':'public','name':'log_c1','kind':'ordinary','partition_of':'public.log_c'},"
    "{'schema':'public','name':'own','kind':'ordinary','options':['fillfactor=70',"
    "'autovacuum_analyze_threshold=60000','autovacuum_analyze_scale_factor=0.01',"
    "'autovacuum_vacuum_threshold=20000','autovacuum_vacuum_scale_factor=0']}]";

/* What is found by the rule: "path: title: fix", several joined with lines; free with g_free. */
static char *
find(const char *slug, const char *settings, const char *tables)
{
    g_autofree char *seen = g_strdup_printf("'settings':[%s],'tables':[%s]", settings, tables);
    struct database *database = fixture_read(catalog, seen);
    const struct model_parts parts = {.database = database};
    struct model *model = model_new(&parts);
    struct findings *findings = findings_new(model, NULL, "2026-03-20");
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (g_str_equal(finding->slug, slug))
            g_string_append_printf(text, "%s%s: %s: %s", text->len > 0 ? "\n" : "",
                                   finding->object->path, finding->title, finding->fix_sql);
    }
    findings_free(findings);
    model_free(model);
    database_free(database);
    return g_string_free(text, FALSE);
}

static void
assert_found(const char *slug, const char *settings, const char *tables, const char *expected)
{
    g_autofree char *found = find(slug, settings, tables);
    g_assert_cmpstr(found, ==, expected);
}

#define STALE "'row_estimate':100000,'changed_since_analyze':50000}"

static void
test_stale_partitions(void)
{
    assert_found("stats-stale", "",
                 "{'relation':'public.log_a'," STALE ",{'relation':'public.log_c1'," STALE,
                 "public.log: The planner knows an old state of 2 partitions of `log`: "
                 "ANALYZE public.log;");
    assert_found("stats-stale", "", "{'relation':'public.log_c1'," STALE,
                 "public.log: The planner knows an old state of 1 partition of `log`: "
                 "ANALYZE public.log;");
    assert_found("stats-stale", "", "{'relation':'public.log_b'," STALE, ""); /* its own setting */
    assert_found("stats-stale", "", "{'relation':'public.log'," STALE, "");   /* has no rows */
    assert_found("stats-stale", "'autovacuum_analyze_scale_factor=0.6'",
                 "{'relation':'public.log_a'," STALE, "");
}

#define DEAD "'row_estimate':50000,'live_rows':50000,'dead_rows':"

static void
test_dead_partitions(void)
{
    assert_found("dead-rows", "",
                 "{'relation':'public.log_a'," DEAD "30000},{'relation':'public.log_c1'," DEAD
                 "40000},{'relation':'public.log_b'," DEAD "50000}",
                 "public.log: 70,000 dead rows lie in 2 partitions of `log`: "
                 "VACUUM (ANALYZE) public.log;");
    assert_found("dead-rows", "", "{'relation':'public.log_b'," DEAD "50000}", "");
    assert_found("dead-rows", "'autovacuum_vacuum_scale_factor=0.9'",
                 "{'relation':'public.log_a'," DEAD "50000}", "");
}

/* What a table says itself goes before what the server says, up and down. */
static void
test_table_settings(void)
{
    const char *eager = "'autovacuum_analyze_threshold=50','autovacuum_vacuum_threshold=50'";
    const char *lazy = "'autovacuum_analyze_scale_factor=1','autovacuum_vacuum_scale_factor=1'";
    const char *changed = "{'relation':'public.own','row_estimate':100000,"
                          "'changed_since_analyze':61000}";
    const char *more = "{'relation':'public.own','row_estimate':100000,"
                       "'changed_since_analyze':61001}";
    assert_found("stats-stale", eager, changed, "");
    assert_found("stats-stale", lazy, more,
                 "public.own: The planner knows an old state of `own`: ANALYZE public.own;");
    assert_found("dead-rows", eager, "{'relation':'public.own'," DEAD "40000}", "");
    assert_found("dead-rows", lazy, "{'relation':'public.own'," DEAD "40001}",
                 "public.own: 40,001 dead rows lie in `own`: VACUUM (ANALYZE) public.own;");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/upkeep/stale_partitions", test_stale_partitions);
    g_test_add_func("/upkeep/dead_partitions", test_dead_partitions);
    g_test_add_func("/upkeep/table_settings", test_table_settings);
    return g_test_run();
}
