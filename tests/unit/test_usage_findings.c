/* test_usage_findings.c - what a series of observations proves to be unused, and what keeps it from
 * proving it. */
#include "checks/checks.h"
#include "fixture.h"

#define MB "1048576"

/* One observation, in short. */
struct seen {
    const char *at;     /* NULL: the end of a series */
    const char *server; /* "'node':'primary','counters_era':'a','standbys':0" */
    const char *scans;  /* of posts_title */
    const char *reads;  /* sequential scans of posts */
};

#define PRIMARY  "'node':'primary','counters_era':'a','standbys':0"
#define WITH_ONE "'node':'primary','counters_era':'a','standbys':1"
#define STANDBY  "'node':'standby','counters_era':'b','standbys':0"

#define BLOG "'database':'blog','system_identifier':'7'"

/* posts has an index on its title with these facts besides, and these constraints. */
static char *
catalog_of(const char *facts, const char *key, const char *constraints)
{
    return g_strdup_printf(
        "'tables':[{'schema':'public','name':'posts','kind':'ordinary','comment':'x','columns':"
        "[{'name':'id','type':'bigint','not_null':true},{'name':'title','type':'text'}],"
        "'constraints':[%s],'indexes':[{'name':'posts_title','method':'btree','valid':true,"
        "'ready':true,'immediate':true,'definition':'x','keys':[{'position':1,%s}]%s}]}]",
        constraints, key, facts);
}

static void
add_series(struct database *database, const char *const *texts)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct observations));
    for (; *texts != NULL; texts++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_printf(text, "{" OBSERVATIONS_HEAD ",%s}", *texts);
        g_string_replace(text, "'", "\"", 0);
        observations_read(database, "observations.json", text, warnings, &error);
        g_assert_no_error(error);
        g_array_append_val(all, *database->observations);
    }
    database->series.count = all->len - 1; /* what was read last is the present */
    database->series.items = arena_keep(database->arena, all);
    g_array_unref(all);
    database_finish(database);
}

/* How many findings of that name there are. */
static size_t
count_in(const char *catalog, const char *const *texts, const char *slug)
{
    struct database *database = fixture_read(catalog, NULL);
    add_series(database, texts);
    const struct model_parts parts = {.database = database};
    struct model *model = model_new(&parts);
    struct findings *findings = findings_new(model, NULL, "2026-06-01");
    size_t found = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (!g_str_equal(findings->items[i].slug, slug))
            continue;
        found++;
        g_assert_cmpint(findings->items[i].strength, ==, STRENGTH_OBSERVED);
    }
    findings_free(findings);
    model_free(model);
    database_free(database);
    return found;
}

static size_t
count(const char *catalog, const struct seen *seen, const char *slug)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (; seen->at != NULL; seen++)
        g_ptr_array_add(
            texts,
            g_strdup_printf("'taken_at':'%sT00:00:00Z',%s,'tables':[{'relation':'public.posts',"
                            "'bytes':1,'sequential_scans':%s,'inserted':3,'updated':0,'deleted':0}]"
                            ",'indexes':[{'index':'public.posts_title','bytes':" MB ",'scans':%s}]",
                            seen->at, seen->server, seen->reads, seen->scans));
    g_ptr_array_add(texts, NULL);
    return count_in(catalog, (const char *const *)(gconstpointer)texts->pdata, slug);
}

static size_t
count_plain(const struct seen *seen)
{
    g_autofree char *catalog = catalog_of("", "'column':'title'", "");
    return count(catalog, seen, "index-unused");
}

/* Two observations of posts at the ends of a window of 31 days. */
static size_t
count_pair(const char *first, const char *last)
{
    const struct seen seen[] = {
        {"2026-01-01", first, "5", "1"}, {"2026-02-01", last, "5", "2"}, {NULL, NULL, NULL, NULL}};
    return count_plain(seen);
}

static void
test_index(void)
{
    g_assert_cmpuint(count_pair(BLOG "," PRIMARY, BLOG "," PRIMARY), ==, 1);
    static const struct seen quiet[][4] = {
        {{"2026-01-01", BLOG "," PRIMARY, "5", "1"}}, /* one alone */
        {{"2026-01-01", BLOG "," PRIMARY, "5", "1"},  /* 29 days */
         {"2026-01-30", BLOG "," PRIMARY, "5", "2"}},
        {{"2026-01-01", BLOG "," PRIMARY, "5", "1"}, {"2026-02-01", BLOG "," PRIMARY, "6", "2"}},
        {{"2026-01-01", BLOG "," PRIMARY, "5", "1"}, {"2026-02-01", BLOG "," PRIMARY, "4", "2"}},
        {{"2026-01-01", BLOG "," PRIMARY, "5", "2"}, /* its table was made anew */
         {"2026-02-01", BLOG "," PRIMARY, "5", "1"}},
        {{"2026-01-01", BLOG "," PRIMARY, "5", "1"}, /* scanned since, and as often */
         {"2026-01-15", BLOG "," PRIMARY, "6", "2"},
         {"2026-02-05", BLOG "," PRIMARY, "6", "2"}},
        {{"2026-01-01", BLOG "," PRIMARY, "null", "1"},
         {"2026-02-01", BLOG "," PRIMARY, "null", "2"}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(quiet); i++)
        g_assert_cmpuint(count_plain(quiet[i]), ==, 0);
    static const struct seen later[] = {{"2025-01-01", BLOG "," PRIMARY, "4", "1"},
                                        {"2026-01-01", BLOG "," PRIMARY, "5", "2"},
                                        {"2026-02-01", BLOG "," PRIMARY, "5", "3"},
                                        {NULL, NULL, NULL, NULL}};
    g_assert_cmpuint(count_plain(later), ==, 1);
}

/* The same server, in one era of its counters. */
static void
test_server(void)
{
    const char *crashed = BLOG ",'node':'primary','counters_era':'c','standbys':0";
    const char *promoted = BLOG ",'node':'standby','counters_era':'a','standbys':0";
    g_assert_cmpuint(count_pair(BLOG "," PRIMARY, crashed), ==, 0);
    g_assert_cmpuint(count_pair(promoted, BLOG "," PRIMARY), ==, 0);
    g_assert_cmpuint(count_pair("'node':'primary'", "'node':'primary'"), ==, 0); /* of format 1.2 */
    g_assert_cmpuint(
        count_pair("'database':'shop','system_identifier':'7'," PRIMARY, BLOG "," PRIMARY), ==, 0);
    g_assert_cmpuint(
        count_pair("'database':'blog','system_identifier':'8'," PRIMARY, BLOG "," PRIMARY), ==, 0);
    g_assert_cmpuint(count_pair(BLOG "," STANDBY, BLOG "," STANDBY), ==, 0); /* no primary */
    const char *unsaid = BLOG ",'node':'primary','counters_era':'a'";
    g_assert_cmpuint(count_pair(unsaid, unsaid), ==, 0);
    g_assert_cmpuint(count_pair(BLOG "," WITH_ONE, BLOG "," WITH_ONE), ==, 0);
    g_assert_cmpuint(count_pair(BLOG "," WITH_ONE, BLOG "," PRIMARY), ==, 0); /* it had one */
}

/* A standby answers queries, and counts them alone. */
static void
test_standby(void)
{
    struct seen seen[] = {
        {"2026-01-01", BLOG "," WITH_ONE, "5", "1"},
        {"2026-01-02", BLOG "," STANDBY, "0", "0"},
        {"2026-02-02", BLOG "," STANDBY, "0", "0"},
        {"2026-02-03", BLOG "," WITH_ONE, "5", "2"},
        {NULL, NULL, NULL, NULL},
    };
    g_assert_cmpuint(count_plain(seen), ==, 1);
    seen[2].scans = "1"; /* scanned there */
    g_assert_cmpuint(count_plain(seen), ==, 0);
    seen[2].scans = "0";
    seen[1].at = "2026-01-10"; /* what both have in common is too short */
    g_assert_cmpuint(count_plain(seen), ==, 0);
    seen[1].at = "2026-01-02";
    seen[3].at = "2026-02-10"; /* the standby was not seen for more than a week */
    g_assert_cmpuint(count_plain(seen), ==, 0);
    seen[3].at = "2026-02-09";
    g_assert_cmpuint(count_plain(seen), ==, 1);
}

/* What an index is for besides scans. */
static void
test_guards(void)
{
    static const struct seen seen[] = {{"2026-01-01", BLOG "," PRIMARY, "5", "1"},
                                       {"2026-02-01", BLOG "," PRIMARY, "5", "2"},
                                       {NULL, NULL, NULL, NULL}};
    static const struct {
        const char *facts, *key, *constraints;
        size_t findings;
    } cases[] = {
        {"", "'column':'title'", "", 1},
        {",'predicate':'(title IS NOT NULL)'", "'column':'title'", "", 1},
        {",'unique':true", "'column':'title'", "", 0},
        {",'primary':true,'unique':true", "'column':'title'", "", 0},
        {",'replica_identity':true", "'column':'title'", "", 0},
        {",'clustered':true", "'column':'title'", "", 0},
        {",'valid':false", "'column':'title'", "", 0},
        {"", "'expression':'lower(title)'", "", 0},
        {"", "'column':'title'",
         "{'name':'x','kind':'exclusion','definition':'EXCLUDE','index':'public.posts_title'}", 0},
        {"", "'column':'title'",
         "{'name':'f','kind':'foreign key','definition':'FOREIGN KEY','columns':['title'],"
         "'references':'public.posts','referenced_columns':['id']}",
         0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *facts = g_strdup(cases[i].facts);
        g_autoptr(GString) text = g_string_new(NULL);
        g_autofree char *catalog = catalog_of(facts, cases[i].key, cases[i].constraints);
        g_string_assign(text, catalog);
        if (strstr(facts, "'valid'") != NULL)
            g_string_replace(text, "'valid':true,", "", 1);
        g_assert_cmpuint(count(text->str, seen, "index-unused"), ==, cases[i].findings);
    }
}

/* Facts of one index at both ends. */
static size_t
count_facts(const char *first, const char *last)
{
    g_autofree char *catalog = catalog_of("", "'column':'title'", "");
    const char *facts[] = {first, last};
    const char *days[] = {"01-01", "02-01"};
    char *texts[] = {NULL, NULL, NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        texts[i] = g_strdup_printf(
            "'taken_at':'2026-%sT00:00:00Z'," BLOG "," PRIMARY ",'tables':[{'relation':"
            "'public.posts','sequential_scans':%zu,'inserted':0,'updated':0,'deleted':0}],"
            "'indexes':[{'index':'public.posts_title',%s}]",
            days[i], i, facts[i]);
    size_t found = count_in(catalog, (const char *const *)texts, "index-unused");
    g_free(texts[0]);
    g_free(texts[1]);
    return found;
}

static void
test_facts(void)
{
    g_assert_cmpuint(count_facts("'bytes':9,'scans':0", "'bytes':" MB ",'scans':0"), ==, 1);
    g_assert_cmpuint(count_facts("'bytes':9,'scans':0", "'bytes':1048575,'scans':0"), ==, 0);
    g_assert_cmpuint(count_facts("'bytes':9,'scans':0", "'scans':0"), ==, 0);
    g_assert_cmpuint(count_facts("'scans':7", "'bytes':" MB ",'scans':7,"
                                              "'last_scan':'2025-12-31T23:59:59Z'"),
                     ==, 1);
    g_assert_cmpuint(count_facts("'scans':7", "'bytes':" MB ",'scans':7,"
                                              "'last_scan':'2026-01-01T00:00:01Z'"),
                     ==, 0);
}

static void
test_table(void)
{
    g_autofree char *catalog = catalog_of("", "'column':'title'", "");
    struct seen seen[] = {{"2026-01-01", BLOG "," PRIMARY, "5", "1"},
                          {"2026-02-01", BLOG "," PRIMARY, "5", "1"},
                          {NULL, NULL, NULL, NULL}};
    g_assert_cmpuint(count(catalog, seen, "table-unused"), ==, 1);
    g_assert_cmpuint(count(catalog, seen, "index-unused"), ==, 0); /* said of the table */
    seen[1].scans = "6";
    g_assert_cmpuint(count(catalog, seen, "table-unused"), ==, 0);
    seen[1].scans = "5";
    seen[1].reads = "2";
    g_assert_cmpuint(count(catalog, seen, "table-unused"), ==, 0);
    seen[1].reads = "null";
    g_assert_cmpuint(count(catalog, seen, "table-unused"), ==, 0);
}

/* ---- partitions ---- */

#define PARTS                                                                                      \
    "'tables':[{'schema':'public','name':'logs','kind':'partitioned','comment':'x','columns':"     \
    "[{'name':'id','type':'bigint'}],'indexes':[{'name':'logs_id','method':'btree','valid':true,"  \
    "'ready':true,'definition':'x','keys':[{'position':1,'column':'id'}]}]}," PART(                \
        "logs_1") "," PART("logs_2") "]"
#define PART(name)                                                                                 \
    "{'schema':'public','name':'" name "','kind':'ordinary','partition_of':'public.logs',"         \
    "'columns':[{'name':'id','type':'bigint'}],'indexes':[{'name':'" name "_id','method':'btree'," \
    "'valid':true,'ready':true,'definition':'x','partition_of':'public.logs_id','keys':"           \
    "[{'position':1,'column':'id'}]}]}"

/* The scans of both parts; NULL: it is not there yet. */
static char *
parts_seen(const char *day, const char *first, const char *second)
{
    GString *text = g_string_new(NULL);
    g_string_printf(text,
                    "'taken_at':'2026-%sT00:00:00Z'," BLOG "," PRIMARY
                    ",'tables':[{'relation':'public.logs_1','sequential_scans':%c,'inserted':0,"
                    "'updated':0,'deleted':0}",
                    day, day[1]);
    if (second != NULL)
        g_string_append(text, ",{'relation':'public.logs_2','sequential_scans':0,'inserted':0,"
                              "'updated':0,'deleted':0}");
    g_string_append_printf(
        text, "],'indexes':[{'index':'public.logs_1_id','bytes':" MB ",'scans':%s}", first);
    if (second != NULL)
        g_string_append_printf(text, ",{'index':'public.logs_2_id','bytes':9,'scans':%s}", second);
    return g_string_free(g_string_append_c(text, ']'), FALSE);
}

static size_t
count_parts(const char *const first[2], const char *const second[2])
{
    g_autofree char *january = parts_seen("01-01", first[0], second[0]);
    g_autofree char *february = parts_seen("02-01", first[1], second[1]);
    const char *const texts[] = {january, february, NULL};
    return count_in(PARTS, texts, "index-unused");
}

static void
test_partitions(void)
{
    static const char *const same[] = {"4", "4"};
    static const char *const more[] = {"4", "5"};
    static const char *const later[] = {NULL, "0"};
    static const char *const later_scanned[] = {NULL, "1"};
    g_assert_cmpuint(count_parts(same, same), ==, 1); /* of the whole, none of parts */
    g_assert_cmpuint(count_parts(same, more), ==, 0);
    g_assert_cmpuint(count_parts(more, same), ==, 0);
    g_assert_cmpuint(count_parts(same, later), ==, 1);
    g_assert_cmpuint(count_parts(same, later_scanned), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/usage/index", test_index);
    g_test_add_func("/usage/server", test_server);
    g_test_add_func("/usage/standby", test_standby);
    g_test_add_func("/usage/guards", test_guards);
    g_test_add_func("/usage/facts", test_facts);
    g_test_add_func("/usage/table", test_table);
    g_test_add_func("/usage/partitions", test_partitions);
    return g_test_run();
}
