/* test_observed_findings.c - findings that rest on what was seen of a server. */
#include "checks/checks.h"
#include "fixture.h"

/* A table with one index. */
static const char catalog[] =
    "'tables':[{'schema':'public','name':'events','kind':'ordinary','comment':'x','columns':"
    "[{'name':'id','type':'bigint','not_null':true}],'indexes':[{'name':'events_id','method':"
    "'btree','valid':true,'definition':'x','keys':[{'position':1,'column':'id'}]}]}]";

static size_t
count(const char *slug, const char *observations, enum strength strength)
{
    struct database *database = fixture_read(catalog, observations);
    const struct model_parts parts = {.database = database};
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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observed/seqscan_heavy", test_seqscan_heavy);
    g_test_add_func("/observed/seqscan_unknown", test_seqscan_unknown);
    return g_test_run();
}
