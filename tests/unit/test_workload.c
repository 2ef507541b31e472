/* test_workload.c - files of queries become queries, and what is wrong with them problems. */
#include "workload/workload.h"

#include "support.h"

#include <string.h>

static const char *const kind_words[] = {
    [SHAPE_OTHER] = "other",   [SHAPE_SELECT] = "select", [SHAPE_INSERT] = "insert",
    [SHAPE_UPDATE] = "update", [SHAPE_DELETE] = "delete", [SHAPE_MERGE] = "merge",
};

/* "name kind file:line (params) [names from]: purpose | written", then the problems. */
static char *
list_workload(const struct workload *workload)
{
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < workload->count; i++) {
        const struct query *query = &workload->queries[i];
        g_assert_cmpuint(strlen(query->fingerprint), ==, 16);
        g_assert_true((query->text == NULL) == (query->problem != NULL));
        g_string_append_printf(list, "%s %s %s:%u", query->name, kind_words[query->kind],
                               query->file, query->line);
        for (size_t j = 0; j < query->params.count; j++)
            g_string_append_printf(list, " (%s)", query->params.items[j]);
        for (size_t j = 0; j < query->parameter_names.count; j++)
            g_string_append_printf(list, " %s=$%u", query->parameter_names.items[j],
                                   query->first_named + (unsigned)j);
        g_string_append_printf(list, ": %s | %s\n", query->purpose == NULL ? "-" : query->purpose,
                               query->written);
    }
    for (size_t i = 0; i < workload->problem_count; i++)
        g_string_append_printf(list, "! %s:%u %s\n", workload->problems[i].file,
                               workload->problems[i].line, workload->problems[i].words);
    return g_string_free(list, FALSE);
}

static void
assert_queries(const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    struct workload workload = {0};
    GError *error = NULL;
    support_write("queries/a.sql", text);
    workload_read_files(arena, ".", "queries", &workload, &error);
    g_assert_no_error(error);
    g_autofree char *list = list_workload(&workload);
    g_assert_cmpstr(list, ==, expected);
    arena_free(arena);
}

static void
test_statements(void)
{
    assert_queries("SELECT 1", "a select queries/a.sql:1: - | SELECT 1\n");
    assert_queries("\xEF\xBB\xBF-- Why.\r\n\r\nSELECT 1;\r\n",
                   "a select queries/a.sql:3: Why. | SELECT 1\n");
    assert_queries("-- Shown *first*.\n--\n--     code\n-- name: one :many\nSELECT ';' -- ; no\n  "
                   "FROM t;\n-- name: two\nDELETE FROM t\n",
                   "one select queries/a.sql:5: Shown *first*.\n\n    code | SELECT ';' -- ; no\n  "
                   "FROM t\n"
                   "two delete queries/a.sql:8: - | DELETE FROM t\n");
    assert_queries("", "");
    assert_queries("-- words alone\n;;\n", "");
}

static void
test_comments(void)
{
    assert_queries(
        "-- Licence.\n\n-- Why.\n-- name: x\n\nSELECT 1; -- not of y\n-- name: y\nSELECT "
        "2;",
        "x select queries/a.sql:6: Why. | SELECT 1\n"
        "y select queries/a.sql:8: - | SELECT 2\n");
    assert_queries("/* Why,\n * at length.\n *\n * name: x\n */\nSELECT 1;",
                   "x select queries/a.sql:6: Why,\nat length. | SELECT 1\n");
}

static void
test_parameters(void)
{
    assert_queries(
        "-- params: 1, 'a,b', ARRAY[1,2]::bigint[] , null, -2.5::numeric\n"
        "SELECT a[1:n], b::text FROM t WHERE x = $1 AND y=:why AND z = :zed AND w = :why",
        "a select queries/a.sql:2 (1) ('a,b') (ARRAY[1,2]::bigint[]) (null) "
        "(-2.5::numeric) why=$2 zed=$3: - | "
        "SELECT a[1:n], b::text FROM t WHERE x = $1 AND y=$2 AND z = $3 AND w = $2\n");
    static const char *const refused[] = {"now()", "1; DROP TABLE t", "1,",        "", "(SELECT 1)",
                                          "a",     "::text",          "1::int4(2)"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *text = g_strdup_printf("-- params: %s\nSELECT 1", refused[i]);
        assert_queries(text, "a select queries/a.sql:2: - | SELECT 1\n"
                             "! queries/a.sql:1 \"params:\" takes constants, as in \"-- params: 1, "
                             "'published', '2026-01-01'::date\".\n");
    }
}

static void
test_problems(void)
{
    assert_queries(
        "SELECT 1;\n\nSELECT 2;",
        "! queries/a.sql:1 this statement has no name. Write \"-- name: …\" above it.\n"
        "! queries/a.sql:3 this statement has no name. Write \"-- name: …\" above it.\n");
    assert_queries("-- name: x\nSELECT 1;\n-- name: x\nSELECT 2;\n-- name: y\n",
                   "x select queries/a.sql:2: - | SELECT 1\n"
                   "! queries/a.sql:6 no statement follows the name \"y\".\n"
                   "! queries/a.sql:4 the name \"x\" is taken by queries/a.sql:2. Give one of the "
                   "two another.\n");
    assert_queries(
        "-- name: a b\n-- name: x\n-- name: y\nSELECT 'secret' FROM WHERE t;",
        "y other queries/a.sql:4: - | SELECT 'secret' FROM WHERE t\n"
        "! queries/a.sql:1 a name is one word of at most 120 bytes. Write \"-- name: "
        "list_posts\".\n"
        "! queries/a.sql:3 this statement already has the name \"x\". Leave one of them, "
        "or put a statement between them.\n"
        "! queries/a.sql:4 y: it is not SQL as PostgreSQL 15 knows it.\n");
    assert_queries("VACUUM t", "a other queries/a.sql:1: - | VACUUM t\n"
                               "! queries/a.sql:1 a: it is not one SELECT, INSERT, UPDATE, DELETE "
                               "or MERGE.\n");
    assert_queries("SELECT '\xFF'", "! queries/a.sql:0 it is not UTF-8.\n");
}

/* ---- shapes ---- */

static void
assert_text(const char *sql, const char *expected)
{
    struct arena *arena = arena_new();
    const struct shape shape = shape_of(arena, sql);
    g_assert_cmpstr(shape.text, ==, expected);
    g_assert_cmpuint(strlen(shape.fingerprint), ==, 16);
    arena_free(arena);
}

static void
test_shapes(void)
{
    assert_text("SELECT  a -- c\n FROM t\nWHERE b = 'x''y' AND c IN (1, 2) LIMIT 20 ;",
                "SELECT a FROM t WHERE b = $1 AND c IN ($2, $3) LIMIT $4");
    assert_text("SELECT /* tid:CANARY */ E'CANARY\\'', $$CANARY$$, U&'CANARY', true",
                "SELECT $1, $2, $3, $4");
    assert_text("INSERT INTO t VALUES ('CANARY', 1.5), (NULL, B'1')",
                "INSERT INTO t VALUES ($1, $2), ($3, $4)");
    assert_text("SELECT a::numeric(10, 2) FROM t ORDER BY 1",
                "SELECT a::numeric(10, 2) FROM t ORDER BY 1");
    assert_text("CREATE ROLE x PASSWORD 'CANARY'", NULL);
    assert_text("COPY (SELECT 'CANARY') TO STDOUT", NULL);
    assert_text("SELECT 'CANARY' FROM WHERE", NULL);
    assert_text("SELECT 1; SELECT 'CANARY'", NULL);
    assert_text("", NULL);
}

/* Equal shapes have equal fingerprints whether libpg_query reads them or not. */
static void
test_fingerprints(void)
{
    static const struct {
        const char *a;
        const char *b;
        bool equal;
    } pairs[] = {
        {"SELECT a FROM t WHERE b = 1", "select a from t where b = $1 -- c", true},
        {"SELECT a FROM t WHERE b IN (1)", "SELECT a FROM t WHERE b IN (1, 2, 3)", true},
        {"SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE c = 1", false},
        {"SELECT 'x' FROM WHERE 1.5 +", "SELECT 'other' FROM WHERE 2 +", true},
        {"SELECT 'x' FROM WHERE 1.5 +", "SELECT 'other' FROM WHERE 2 -", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        struct arena *arena = arena_new();
        const struct shape a = shape_of(arena, pairs[i].a);
        const struct shape b = shape_of(arena, pairs[i].b);
        g_assert_true(g_str_equal(a.fingerprint, b.fingerprint) == pairs[i].equal);
        arena_free(arena);
    }
}

/* ---- what a query names ---- */

/* "name schema.name! …; column of: place@depth …" */
static char *
list_references(const char *sql)
{
    struct arena *arena = arena_new();
    const struct query_references references = shape_of(arena, sql).references;
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < references.relation_count; i++) {
        const struct named_relation *relation = &references.relations[i];
        g_string_append_printf(list, "%s%s%s%s ", relation->schema != NULL ? relation->schema : "",
                               relation->schema != NULL ? "." : "", relation->name,
                               relation->written ? "!" : "");
    }
    for (size_t i = 0; i < references.column_count; i++) {
        const struct named_column *column = &references.columns[i];
        g_string_append_printf(list, "| %s%s", column->name != NULL ? column->name : "*",
                               column->of_all ? " of all" : "");
        for (size_t j = 0; j < column->candidate_count; j++)
            g_string_append_printf(list, " %zu@%u", column->candidates[j].relation,
                                   column->candidates[j].depth);
        g_string_append_c(list, ' ');
    }
    arena_free(arena);
    return g_string_free(list, FALSE);
}

static void
assert_references(const char *sql, const char *expected)
{
    g_autofree char *list = list_references(sql);
    g_assert_cmpstr(list, ==, expected);
}

static void
test_reads(void)
{
    assert_references("SELECT a, p.b FROM s.posts p", "s.posts | a 0@0 | b 0@0 ");
    assert_references("SELECT *, q.* FROM t, q", "t q | * of all 0@0 1@0 | * of all 1@0 ");
    assert_references("SELECT count(*) FROM t", "t ");
    assert_references("SELECT 1", "");
    assert_references("SELECT 1 FROM a JOIN b USING (id), c", "a b c | id of all 0@0 1@0 ");
    assert_references("SELECT 1 FROM a WHERE EXISTS (SELECT FROM b WHERE x = a.y)",
                      "a b | x 1@0 0@1 | y 0@0 ");
    assert_references("SELECT lower(a) AS a FROM t ORDER BY a, lower(b)", "t | a 0@0 | b 0@0 ");
    assert_references("SELECT a FROM t UNION SELECT b FROM q ORDER BY 1", "t q | a 0@0 | b 1@0 ");
    assert_references("SELECT t.a FROM t AS t TABLESAMPLE system (1), LATERAL (SELECT t.b) x",
                      "t | a 0@0 | b 0@0 ");
}

/* What is no table hides one of its name, and what is around it. */
static void
test_hidden(void)
{
    assert_references("WITH t AS (SELECT a FROM q) SELECT a, t.b FROM t", "q | a 0@0 ");
    assert_references("WITH t AS (SELECT 1) SELECT a FROM s.t", "s.t | a 0@0 ");
    assert_references("SELECT (SELECT c FROM f() x WHERE x.y = c) FROM t AS x", "t ");
    assert_references("SELECT d.a FROM (SELECT b FROM t) d", "t | b 0@0 ");
}

static void
test_writes(void)
{
    assert_references("INSERT INTO t (a, b) SELECT c, 1 FROM q RETURNING d",
                      "t! q | a of all 0@0 | b of all 0@0 | c 1@0 0@1 | d 0@0 ");
    assert_references("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b",
                      "t! | a of all 0@0 | b of all 0@0 | a of all 0@0 | b 0@0 ");
    assert_references("UPDATE t SET a = 1 FROM q WHERE q.id = t.id",
                      "t! q | a of all 0@0 | id 1@0 | id 0@0 ");
    assert_references("DELETE FROM t USING q WHERE q.id = t.id", "t! q | id 1@0 | id 0@0 ");
    assert_references("MERGE INTO t USING q ON q.id = t.id WHEN MATCHED THEN UPDATE SET a = 1",
                      "t! q | a of all 0@0 | id 1@0 | id 0@0 ");
    assert_references("SELECT a FROM t WHERE", "");
}

static void
test_layout(void)
{
    struct arena *arena = arena_new();
    const struct shape shape = shape_of(
        arena,
        "  SELECT a, -- CANARY\n         b\n  /* c */\n\n   FROM t -- d\n  WHERE x = 'CANARY';\n");
    g_assert_cmpstr(shape.layout, ==, "SELECT a,\n         b\n   FROM t\n  WHERE x = $1");
    g_assert_cmpstr(shape.text, ==, "SELECT a, b FROM t WHERE x = $1");
    arena_free(arena);
}

/* "column=$n …" */
static void
assert_equalities(const char *sql, const char *expected)
{
    struct arena *arena = arena_new();
    const struct equalities equalities = shape_of(arena, sql).equalities;
    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; i < equalities.count; i++)
        g_string_append_printf(list, "%s=$%u ", equalities.items[i].column,
                               equalities.items[i].parameter);
    g_assert_cmpstr(list->str, ==, expected);
    arena_free(arena);
}

static void
test_equalities(void)
{
    assert_equalities(
        "SELECT a FROM t AS t0 WHERE ((t0.\"b\" = $1) AND (t0.c = $2::uuid)) AND d > 5",
        "b=$1 c=$2 ");
    assert_equalities("SELECT a FROM t WHERE 7 = b AND c = 'x' LIMIT 3", "b=$1 c=$2 ");
    assert_equalities("SELECT a FROM t WHERE b = ANY ($1)", "");
    assert_equalities("SELECT a FROM t WHERE b = $1 OR c = $2", "");
    assert_equalities("SELECT a FROM t WHERE b = c AND d <> $1 AND NOT e = $2", "");
    assert_equalities("SELECT a FROM t JOIN u ON t.id = u.id WHERE b = $1", "");
    assert_equalities("SELECT a FROM t, u WHERE b = $1", "");
    assert_equalities("UPDATE t SET a = $1 WHERE b = $2", "b=$2 ");
    assert_equalities("DELETE FROM t USING u WHERE b = $2", "");
    assert_equalities("INSERT INTO t VALUES ($1)", "");
    assert_equalities("SELECT 1", "");
}

int
main(int argc, char **argv)
{
    static const struct support_test tests[] = {
        {"/workload/statements", test_statements}, {"/workload/comments", test_comments},
        {"/workload/parameters", test_parameters}, {"/workload/problems", test_problems},
        {"/workload/shapes", test_shapes},         {"/workload/fingerprints", test_fingerprints},
        {"/workload/layout", test_layout},         {"/workload/reads", test_reads},
        {"/workload/equalities", test_equalities}, {"/workload/hidden", test_hidden},
        {"/workload/writes", test_writes},
    };
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
