/* test_observed_indexes.c - findings about indexes that rest on what ANALYZE saw of their columns.
 * Each case is the one that is found, but for one fact. */
#include "checks/checks.h"
#include "fixture.h"

struct facts {
    const char *type;  /* of the column; NULL: that of the case */
    const char *index; /* more of the index; NULL: nothing more */
    const char *more;  /* more of the table: constraints, statistics; NULL: nothing */
    const char *table; /* what was seen of each; NULL: that of the case, "": nothing */
    const char *column;
    const char *indexed;
};

static const char * or (const char *text, const char *other)
{
    return text != NULL ? text : other;
}

static struct database *
read_facts(const struct facts *usual, const struct facts *facts)
{
    const char *column = or (facts->column, usual->column);
    const char *key = or (facts->index, or (usual->index, "'keys':[{'position':1,'column':'x'}]"));
    g_autofree char *catalog = g_strdup_printf(
        "'tables':[{'schema':'public','name':'a','kind':'ordinary','columns':[{'name':'id','type':"
        "'bigint','not_null':true}]},{'schema':'public','name':'t','kind':'ordinary','columns':["
        "{'name':'x','type':'%s'}],'indexes':[{'name':'i','method':'btree','valid':true,'ready':"
        "true,'definition':'CREATE INDEX i ON public.t USING btree (x)',%s}]%s}]",
        or (facts->type, usual->type), key, or (facts->more, ""));
    g_autofree char *columns = *column == '\0'
                                   ? g_strdup("")
                                   : g_strdup_printf("{'column':'public.t.x',%s}", column);
    g_autofree char *observations = g_strdup_printf(
        "'taken_at':'2026-03-01','counters_since':'2026-01-01','tables':[{'relation':'public.t'%s"
        "}],'columns':[%s],'indexes':[{'index':'public.i'%s}]",
        or (facts->table, usual->table), columns, or (facts->indexed, usual->indexed));
    return fixture_read(catalog, observations);
}

/* The one finding of the rule about the index; NULL: none. */
static const struct finding *
find(const struct findings *findings, const char *slug)
{
    const struct finding *found = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        if (!g_str_equal(findings->items[i].slug, slug))
            continue;
        g_assert_null(found);
        found = &findings->items[i];
        g_assert_cmpstr(found->object->path, ==, "public.i");
        g_assert_cmpint(found->strength, !=, STRENGTH_PROVED);
    }
    return found;
}

/* What it proposes, "" for nothing; NULL: it finds nothing. */
static char *
fix_of(const char *slug, const struct facts *usual, const struct facts *facts)
{
    struct database *database = read_facts(usual, facts);
    const struct model_parts parts = {.database = database};
    struct model *model = model_new(&parts);
    struct findings *findings = findings_new(model, NULL, "2026-03-20");
    const struct finding *found = find(findings, slug);
    char *fix = found == NULL            ? NULL
                : found->fix_sql == NULL ? g_strdup("")
                                         : g_strdup(found->fix_sql);
    findings_free(findings);
    model_free(model);
    database_free(database);
    return fix;
}

static void
assert_fix(const char *slug, const struct facts *usual, const char *expected)
{
    const struct facts nothing_else = {0};
    g_autofree char *fix = fix_of(slug, usual, &nothing_else);
    g_assert_cmpstr(fix, ==, expected);
}

static void
assert_quiet(const char *slug, const struct facts *usual, const struct facts *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *fix = fix_of(slug, usual, &cases[i]);
        if (fix != NULL)
            g_test_message("case %zu of %s", i, slug);
        g_assert_null(fix);
    }
}

#define KEY "'keys':[{'position':1,'column':'x'}]"

static void
test_mostly_null(void)
{
    static const struct facts usual = {.type = "bigint",
                                       .table = ",'row_estimate':90000",
                                       .column = "'nulls_per_thousand':500",
                                       .indexed = ",'bytes':1048576"};
    static const struct facts quiet[] = {
        {.column = "'nulls_per_thousand':499"},
        {.column = "'nulls_per_thousand':null"},
        {.column = ""},
        {.indexed = ",'bytes':1048575"},
        {.indexed = ""},
        {.index = KEY ",'unique':true"}, /* ON CONFLICT looks for it */
        {.index = KEY ",'predicate':'(x > 0)'"},
        {.index = "'keys':[{'position':1,'column':'x'},{'position':2,'column':'x'}]"},
        {.index = "'keys':[{'position':1,'expression':'(x + 1)'}]"},
    };
    assert_fix("index-mostly-null", &usual,
               "CREATE INDEX CONCURRENTLY t_x_index ON public.t USING btree (x) WHERE x IS NOT "
               "NULL;\nDROP INDEX CONCURRENTLY public.i;");
    assert_quiet("index-mostly-null", &usual, quiet, G_N_ELEMENTS(quiet));
}

#define FEW "'nulls_per_thousand':499,'distinct_values':10,'correlation_per_thousand':949"

static void
test_low_selectivity(void)
{
    static const char *const slug = "index-low-selectivity";
    static const struct facts usual = {
        .type = "text", .table = ",'row_estimate':10000", .column = FEW, .indexed = ""};
    static const struct facts quiet[] = {
        {.table = ",'row_estimate':9999"},
        {.table = ""},
        {.type = "boolean"},
        {.column = "'nulls_per_thousand':0,'distinct_values':11"},
        {.column = "'nulls_per_thousand':0,'distinct_values':0"},
        {.column = "'nulls_per_thousand':0"},
        {.column = "'distinct_values':3"},
        {.column = "'nulls_per_thousand':500,'distinct_values':3"},
        {.column = "'nulls_per_thousand':0,'distinct_values':3,'correlation_per_thousand':950"},
        {.column = "'nulls_per_thousand':0,'distinct_values':3,'correlation_per_thousand':-950"},
        {.column = ""},
        {.index = KEY ",'unique':true"},
        {.index = KEY ",'predicate':'(x <> 1)'"},
        {.index = KEY ",'included':['id']"},
        {.more = ",'constraints':[{'name':'f','kind':'foreign key','columns':['x'],'references':"
                 "'public.a','referenced_columns':['id'],'definition':'x'}]"},
    };
    assert_fix(slug, &usual, ""); /* for which value, no figure says */
    assert_quiet(slug, &usual, quiet, G_N_ELEMENTS(quiet));
}

#define APPENDED ",'bytes':819200000,'inserted':1000"

static void
test_brin(void)
{
    static const struct facts usual = {.type = "timestamp(0) without time zone",
                                       .table = APPENDED ",'updated':4,'deleted':6",
                                       .column = "'correlation_per_thousand':-950",
                                       .indexed = ""};
    static const struct facts quiet[] = {
        {.type = "bigint"}, /* looked up one by one */
        {.type = "date[]"},
        {.column = "'correlation_per_thousand':949"},
        {.column = "'correlation_per_thousand':null"},
        {.column = ""},
        {.table = APPENDED ",'updated':5,'deleted':6"},
        {.table = APPENDED ",'deleted':6"}, /* of updates nothing is known */
        {.table = ",'bytes':819200000,'inserted':0,'updated':0,'deleted':0"},
        {.table = ",'bytes':819199999,'inserted':1000,'updated':0,'deleted':0"},
        {.index = KEY ",'unique':true"},
        {.index = "'keys':[{'position':1,'column':'x'},{'position':2,'column':'x'}]"},
    };
    assert_fix("brin-candidate", &usual,
               "CREATE INDEX CONCURRENTLY t_x_index ON public.t USING brin (x);\n"
               "DROP INDEX CONCURRENTLY public.i;");
    assert_quiet("brin-candidate", &usual, quiet, G_N_ELEMENTS(quiet));
}

#define LOWER "'keys':[{'position':1,'expression':'lower(x)'}]"

static void
test_expression(void)
{
    static const struct facts usual = {.type = "text",
                                       .index = LOWER,
                                       .table = ",'row_estimate':1000",
                                       .column = "",
                                       .indexed = ",'unanalyzed_expressions':1"};
    static const struct facts quiet[] = {
        {.table = ",'row_estimate':999"},
        {.table = ",'row_estimate':null"},
        {.indexed = ",'unanalyzed_expressions':0"},
        {.indexed = ",'unanalyzed_expressions':null"}, /* not visible to the role */
        {.indexed = ""},                               /* an older observation */
        {.index = LOWER ",'unique':true"},
        {.more = ",'statistics':[{'schema':'public','name':'s','definition':"
                 "'CREATE STATISTICS public.s ON lower(x) FROM public.t'}]"},
    };
    static const struct facts partial = {.index = LOWER ",'unique':true,'predicate':'(x > 0)'"};
    static const struct facts others = {
        .more = ",'statistics':[{'schema':'public','name':'s','definition':"
                "'CREATE STATISTICS public.s ON upper(x) FROM public.t'}]"};
    assert_fix("expression-index-no-stats", &usual, "ANALYZE public.t;");
    g_autofree char *fix_partial = fix_of("expression-index-no-stats", &usual, &partial);
    g_assert_nonnull(fix_partial);
    g_autofree char *fix_others = fix_of("expression-index-no-stats", &usual, &others);
    g_assert_nonnull(fix_others);
    assert_quiet("expression-index-no-stats", &usual, quiet, G_N_ELEMENTS(quiet));
}

#define ANALYZED ",'row_estimate':4000000,'changed_since_analyze':400000"
#define WIDE     ",'bytes':209715200,'entries':4000000"

/* Four million entries of 20 bytes, 366 of them a page. */
static void
test_bloat(void)
{
    static const struct facts usual = {.type = "bigint",
                                       .table = ANALYZED,
                                       .column = "'nulls_per_thousand':0,'average_width':8",
                                       .indexed = WIDE};
    static const struct facts quiet[] = {
        {.column = "'nulls_per_thousand':0,'average_width':32"},
        {.column = "'average_width':8"},
        {.column = ""},
        {.indexed = ",'bytes':209715199,'entries':4000000"},
        {.indexed = ",'bytes':209715200,'entries':5000000"},
        {.indexed = ",'bytes':209715200"},
        {.index = KEY ",'options':['fillfactor=70']"},
        {.index = "'keys':[{'position':1,'expression':'(x + 1)'}]"},
        {.table = ",'row_estimate':4000000,'changed_since_analyze':400001"},
        {.table = ",'row_estimate':4000000"},
        {.table = ""},
    };
    assert_fix("index-bloat", &usual, "REINDEX INDEX CONCURRENTLY public.i;");
    assert_quiet("index-bloat", &usual, quiet, G_N_ELEMENTS(quiet));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observed/index_mostly_null", test_mostly_null);
    g_test_add_func("/observed/index_low_selectivity", test_low_selectivity);
    g_test_add_func("/observed/brin_candidate", test_brin);
    g_test_add_func("/observed/expression_index_no_stats", test_expression);
    g_test_add_func("/observed/index_bloat", test_bloat);
    return g_test_run();
}
