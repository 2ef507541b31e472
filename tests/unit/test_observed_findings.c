/* test_observed_findings.c - findings that rest on what was seen of a server. */
#include "checks/checks.h"
#include "fixture.h"

/* A table with one index, and an extension. */
static const char catalog[] =
    "'extensions':[{'name':'citext','schema':'public','version':'1.4'}],"
    "'tables':[{'schema':'public','name':'events','kind':'ordinary','comment':'x','columns':"
    "[{'name':'id','type':'bigint','not_null':true}],'indexes':[{'name':'events_id','method':"
    "'btree','valid':true,'definition':'x','keys':[{'position':1,'column':'id'}]}]}]";

static size_t
count_configured(const char *slug, const char *observations, enum strength strength,
                 const struct config *config)
{
    struct database *database = fixture_read(catalog, observations);
    const struct model_parts parts = {.database = database, .config = config};
    struct model *model = model_new(&parts);
    struct findings *findings = findings_new(model, NULL, "2026-03-20");
    size_t found = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (!g_str_equal(findings->items[i].slug, slug))
            continue;
        found++;
        g_assert_cmpint(findings->items[i].strength, ==, strength);
    }
    findings_free(findings);
    model_free(model);
    database_free(database);
    return found;
}

static size_t
count(const char *slug, const char *observations, enum strength strength)
{
    return count_configured(slug, observations, strength, NULL);
}

/* The table of so many rows was read whole and by its index so often. */
static size_t
count_scanned(const char *rows, const char *whole, const char *by_index)
{
    g_autofree char *seen = g_strdup_printf(
        "'taken_at':'2026-03-01','node':'primary','tables':[{'relation':'public.events',"
        "'row_estimate':%s,'sequential_scans':%s}],'indexes':[{'index':'public.events_id',"
        "'scans':%s}]",
        rows, whole, by_index);
    return count("table-seqscan-heavy", seen, STRENGTH_OBSERVED);
}

static void
test_seqscan_heavy(void)
{
    g_assert_cmpuint(count_scanned("10000", "1000", "99"), ==, 1);
    g_assert_cmpuint(count_scanned("10000", "100", "0"), ==, 1);
    g_assert_cmpuint(count_scanned("9999", "1000", "99"), ==, 0); /* small */
    g_assert_cmpuint(count_scanned("10000", "99", "0"), ==, 0);   /* a few reports */
    g_assert_cmpuint(count_scanned("10000", "1000", "100"), ==, 0);
}

/* Without counters nothing is said: not of a table, and not of one whose index was not seen. */
static void
test_seqscan_unknown(void)
{
    static const char *const unknown[] = {
        "'tables':[{'relation':'public.events','row_estimate':20000}],"
        "'indexes':[{'index':'public.events_id','scans':0}]",
        "'tables':[{'relation':'public.events','row_estimate':20000,'sequential_scans':9000}]",
        "'tables':[{'relation':'public.events','sequential_scans':9000}],"
        "'indexes':[{'index':'public.events_id','scans':0}]",
        NULL,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++)
        g_assert_cmpuint(count("table-seqscan-heavy", unknown[i], STRENGTH_OBSERVED), ==, 0);
}

/* One of the rules about upkeep, with the facts of the table and the server's settings. */
static size_t
count_upkeep(const char *slug, const char *facts, const char *settings)
{
    g_autofree char *seen = g_strdup_printf("'taken_at':'2026-03-01','settings':[%s],"
                                            "'tables':[{'relation':'public.events',%s}]",
                                            settings, facts);
    return count(slug, seen, STRENGTH_OBSERVED);
}

static void
test_stats_stale(void)
{
    const char *slug = "stats-stale";
    const char *slow = "'autovacuum_analyze_scale_factor=0.5'";
    const char *half = "'row_estimate':100000,'changed_since_analyze':40000";
    g_assert_cmpuint(count_upkeep(slug, half, ""), ==, 1);
    g_assert_cmpuint(count_upkeep(slug, half, slow), ==, 0); /* the team wants it so */
    g_assert_cmpuint(count_upkeep(slug, "'row_estimate':null,'live_rows':1000", ""), ==, 1);
    static const char *const quiet[] = {
        "'row_estimate':100000,'changed_since_analyze':10000", /* a tenth, not more */
        "'row_estimate':100000,'changed_since_analyze':10049", /* autovacuum waits as long */
        "'row_estimate':20000,'changed_since_analyze':9999",   /* few */
        "'row_estimate':null,'live_rows':999",                 /* never, and small */
        "'row_estimate':null",                                 /* an older observation */
        "'row_estimate':100000",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(quiet); i++)
        g_assert_cmpuint(count_upkeep(slug, quiet[i], ""), ==, 0);
}

static void
test_dead_rows(void)
{
    const char *slug = "dead-rows";
    const char *many = "'row_estimate':50000,'live_rows':50000,'dead_rows':30000";
    g_assert_cmpuint(count_upkeep(slug, many, ""), ==, 1);
    g_assert_cmpuint(count_upkeep(slug, many, "'autovacuum_vacuum_scale_factor=0.3'"), ==, 0);
    g_assert_cmpuint(count_upkeep(slug, many, "'autovacuum_vacuum_threshold=5001'"), ==, 0);
    const char *huge = "'row_estimate':1000000,'live_rows':1000000,'dead_rows':390000";
    g_assert_cmpuint(count_upkeep(slug, huge, ""), ==, 0); /* not yet twice what is due */
    g_assert_cmpuint(count_upkeep(slug, huge, "'autovacuum_vacuum_max_threshold=100000'"), ==, 1);
    static const char *const quiet[] = {
        "'row_estimate':50000,'live_rows':50000,'dead_rows':29999",    /* few */
        "'row_estimate':900000,'live_rows':900000,'dead_rows':200000", /* less than a fifth */
        "'row_estimate':50000,'dead_rows':30000", /* of how many is not known */
        "'row_estimate':50000",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(quiet); i++)
        g_assert_cmpuint(count_upkeep(slug, quiet[i], ""), ==, 0);
}

static void
test_freeze_age(void)
{
    const char *slug = "freeze-age";
    g_assert_cmpuint(count_upkeep(slug, "'transaction_age':400000001", ""), ==, 1);
    g_assert_cmpuint(count_upkeep(slug, "'transaction_age':400000000", ""), ==, 0);
    g_assert_cmpuint(count_upkeep(slug, "'multixact_age':800000001", ""), ==, 1);
    g_assert_cmpuint(count_upkeep(slug, "'multixact_age':800000000", ""), ==, 0);
    const char *patient = "'autovacuum_freeze_max_age=1000000000'";
    g_assert_cmpuint(count_upkeep(slug, "'transaction_age':1900000000", patient), ==, 0);
    g_assert_cmpuint(count_upkeep(slug, "'transaction_age':null", ""), ==, 0);
    g_assert_cmpuint(count_upkeep(slug, "'row_estimate':1", ""), ==, 0);
}

static void
test_extension_outdated(void)
{
    static const struct {
        size_t findings;
        const char *seen;
    } cases[] = {
        {1, "{'extension':'citext','default_version':'1.6','update_path':'1.4--1.5--1.6'}"},
        {0, "{'extension':'citext','default_version':'1.4'}"},
        {0, "{'extension':'citext','default_version':'2.0'}"}, /* no script leads there */
        {0, "{'extension':'other','default_version':'1.6','update_path':'1.5--1.6'}"},
        {0, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *seen = g_strdup_printf("'extensions':[%s]", cases[i].seen);
        g_assert_cmpuint(count("extension-outdated", seen, STRENGTH_OBSERVED), ==,
                         cases[i].findings);
    }
}

/* What dbdoc.yml leaves to the server, the server says. */
static void
test_connections(void)
{
    static const struct {
        size_t findings;
        unsigned maximum;
        const char *settings;
        enum strength strength;
    } cases[] = {
        {1, 0, "'max_connections=40'", STRENGTH_OBSERVED},
        {0, 0, "'max_connections=45'", STRENGTH_OBSERVED}, /* 2 x 20, 2 to migrate, 3 reserved */
        {0, 0, "'max_wal_size=40'", STRENGTH_OBSERVED},
        {1, 40, "'max_connections=400'", STRENGTH_PROVED},
        {0, 400, "'max_connections=40'", STRENGTH_PROVED},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct config config = {
            .file = "dbdoc.yml",
            .connections = {
                .pool = 20, .nodes = 2, .maximum = cases[i].maximum, .reserved = 3, .line = 1}};
        g_autofree char *seen = g_strdup_printf("'settings':[%s]", cases[i].settings);
        g_assert_cmpuint(count_configured("connections-exceeded", seen, cases[i].strength, &config),
                         ==, cases[i].findings);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observed/seqscan_heavy", test_seqscan_heavy);
    g_test_add_func("/observed/seqscan_unknown", test_seqscan_unknown);
    g_test_add_func("/observed/stats_stale", test_stats_stale);
    g_test_add_func("/observed/dead_rows", test_dead_rows);
    g_test_add_func("/observed/freeze_age", test_freeze_age);
    g_test_add_func("/observed/extension_outdated", test_extension_outdated);
    g_test_add_func("/observed/connections", test_connections);
    return g_test_run();
}
