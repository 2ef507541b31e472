/* test_planner.c - what the planner says of queries, asked in a throw-away database. DBDOC_PG_BIN
 * says of which version. */
#include "cluster/cluster.h"
#include "planner/planner.h"
#include "support.h"

#include <string.h>

static struct arena *arena;
static struct cluster *cluster;
static const char *database;

static const char schema[] =
    "CREATE SCHEMA blog;"
    "CREATE TABLE blog.users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);"
    "CREATE TABLE blog.posts (id bigint PRIMARY KEY, user_id bigint NOT NULL"
    " REFERENCES blog.users, status text NOT NULL, title text, at timestamptz NOT NULL);"
    "CREATE INDEX posts_user_id ON blog.posts (user_id);"
    "CREATE INDEX posts_user_id_at ON blog.posts (user_id, at);"
    "CREATE INDEX posts_open ON blog.posts (at) WHERE status = 'canary';"
    "CREATE INDEX posts_lower ON blog.posts (lower(title));"
    "CREATE TABLE blog.events (at date NOT NULL, kind int NOT NULL, note text)"
    " PARTITION BY RANGE (at);"
    "CREATE TABLE blog.events_1 PARTITION OF blog.events FOR VALUES FROM ('2026-01-01') TO "
    "('2026-02-01');"
    "CREATE TABLE blog.events_2 PARTITION OF blog.events FOR VALUES FROM ('2026-02-01') TO "
    "('2026-03-01');"
    "CREATE INDEX events_kind ON blog.events (kind);"
    "CREATE TABLE blog.\"Odd \"\"table\" (\"x>y\" int);"
    "CREATE INDEX \"><script>\" ON blog.\"Odd \"\"table\" (\"x>y\");";

static void
load(const char *sql)
{
    GError *error = NULL;
    struct connection *session = cluster_connect(cluster, database, &error);
    g_assert_no_error(error);
    connection_run(session, sql, NULL, NULL, &error);
    g_assert_no_error(error);
    connection_close(session);
}

static struct query_plans
plan(const char *sql, const struct known_rows *known)
{
    GError *error = NULL;
    const struct shape shape = shape_of(arena, sql);
    struct query *query = arena_alloc(arena, sizeof *query);
    *query = (struct query){.name = "q", .kind = SHAPE_SELECT, .text = shape.text};
    query->written = arena_text(arena, sql, -1);
    query->references = shape.references;
    const struct workload workload = {.count = 1, .queries = query};
    struct query_plans plans = {0};
    const struct plan_request request = {.arena = arena,
                                         .cluster = cluster,
                                         .database = database,
                                         .workload = &workload,
                                         .known = known};
    plan_queries(&request, &plans, &error);
    g_assert_no_error(error);
    return plans;
}

/* "blog.posts_user_id filter (user_id = $1); …" */
static char *
uses_of(const char *sql)
{
    static const char *const words[] = {"filter", "join",   "order",  "begin",
                                        "limit",  "unique", "arbiter"};
    const struct query_plans plans = plan(sql, NULL);
    const struct query_plan *item = &plans.items[0];
    GString *text = g_string_new(item->problem);
    g_assert_cmpuint(plans.count, ==, 1);
    for (size_t i = 0; i < item->use_count; i++) {
        const struct index_use *use = &item->uses[i];
        g_string_append_printf(text, "%s%s:", text->len > 0 ? "; " : "", use->index);
        for (size_t j = 0; j < G_N_ELEMENTS(words); j++)
            if ((use->roles >> j & 1) != 0)
                g_string_append_printf(text, " %s", words[j]);
        if (use->condition != NULL)
            g_string_append_printf(text, " %s", use->condition);
        g_assert_cmpfloat(use->cost_without, ==, 0);
    }
    return g_string_free(text, FALSE);
}

static void
assert_uses(const char *sql, const char *expected)
{
    g_autofree char *uses = uses_of(sql);
    g_assert_cmpstr(uses, ==, expected);
}

static void
test_conditions(void)
{
    assert_uses("SELECT * FROM blog.posts WHERE title = $1", "");
    assert_uses("SELECT * FROM blog.users WHERE id = $1",
                "blog.users_pkey: filter (users.id = $1)");
    assert_uses("SELECT * FROM blog.posts p WHERE p.user_id = $1",
                "blog.posts_user_id: filter (p.user_id = $1); "
                "blog.posts_user_id_at: filter (p.user_id = $1)");
    assert_uses("DELETE FROM blog.posts WHERE lower(title) = 'canary'",
                "blog.posts_lower: filter (lower(posts.title) = ?::text)");
    assert_uses("SELECT 1 FROM blog.\"Odd \"\"table\" AS \"a.b\" WHERE \"x>y\" > $1",
                "blog.\"><script>\": filter (\"a.b\".\"x>y\" > $1)");
}

/* A partial index only where the query says its predicate. */
static void
test_partial(void)
{
    assert_uses("SELECT * FROM blog.posts WHERE status = $1 AND at > $2", "");
    assert_uses("SELECT * FROM blog.posts WHERE status = 'canary' AND at > $1",
                "blog.posts_open: filter (posts.at > $1)");
}

static void
test_order(void)
{
    assert_uses("SELECT * FROM blog.posts WHERE status = 'canary' ORDER BY at DESC LIMIT 20",
                "blog.posts_open: order limit");
    assert_uses("SELECT * FROM blog.posts WHERE user_id = $1 ORDER BY at",
                "blog.posts_user_id: filter (posts.user_id = $1); "
                "blog.posts_user_id_at: filter order (posts.user_id = $1)");
    assert_uses("SELECT * FROM blog.posts WHERE user_id = $1 ORDER BY at, title LIMIT $2",
                "blog.posts_user_id: filter (posts.user_id = $1); "
                "blog.posts_user_id_at: filter begin limit (posts.user_id = $1)");
}

/* Groups, distinct rows and the ends of an index. */
static void
test_order_within(void)
{
    assert_uses("SELECT user_id, count(*) FROM blog.posts GROUP BY user_id",
                "blog.posts_user_id: order; blog.posts_user_id_at: order");
    assert_uses("SELECT DISTINCT lower(title) FROM blog.posts", "blog.posts_lower: order");
    assert_uses("SELECT max(\"x>y\") FROM blog.\"Odd \"\"table\"",
                "blog.\"><script>\": filter order (\"Odd \"\"table\".\"x>y\" IS NOT NULL)");
    /* since 17 the planner leaves out what a NOT NULL column says anyway */
    assert_uses("SELECT min(id) FROM blog.users", cluster_major(cluster) < 17
                                                      ? "blog.users_pkey: filter order "
                                                        "(users.id IS NOT NULL)"
                                                      : "blog.users_pkey: order");
}

/* Only of the index that has it, though the plan keeps it only with the other one. */
static void
test_order_of_join(void)
{
    assert_uses("SELECT u.email FROM blog.posts p JOIN blog.users u ON u.id = p.user_id"
                " WHERE p.user_id = $1 ORDER BY p.at DESC, u.email LIMIT 20",
                "blog.posts_user_id: filter (p.user_id = $1); "
                "blog.posts_user_id_at: filter begin limit (p.user_id = $1); "
                "blog.users_pkey: filter (u.id = $1)");
}

static void
test_joins(void)
{
    assert_uses("SELECT p.title FROM blog.posts p JOIN blog.users u ON u.id = p.user_id"
                " WHERE u.email = $1",
                "blog.posts_user_id: join (p.user_id = u.id); "
                "blog.posts_user_id_at: join (p.user_id = u.id); "
                "blog.users_email_key: filter (u.email = $1); "
                "blog.users_pkey: join unique (u.id = p.user_id)");
    assert_uses("SELECT p.title FROM blog.posts p LEFT JOIN blog.users u ON u.id = p.user_id",
                "blog.users_pkey: unique");
}

static void
test_conflicts(void)
{
    assert_uses("INSERT INTO blog.users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING",
                "blog.users_email_key: arbiter");
    assert_uses("INSERT INTO blog.users (id, email) VALUES ($1, $2) ON CONFLICT (id, email) DO "
                "NOTHING",
                "no unique index fits its ON CONFLICT");
}

/* The index of the partitioned table, though plans name those of partitions. */
static void
test_partitions(void)
{
    assert_uses("SELECT * FROM blog.events WHERE at = $1 AND kind = $2",
                "blog.events_kind: filter (events_1.kind = $2)");
    assert_uses("SELECT * FROM blog.events ORDER BY kind LIMIT 20",
                "blog.events_kind: order limit");
    assert_uses("SELECT * FROM blog.events e JOIN blog.events f ON f.kind = e.kind WHERE f.at = $1",
                "blog.events_kind: join (e_1.kind = f.kind)");
}

/* Nothing of a query runs, and no value of it is told. */
static void
test_refusals(void)
{
    assert_uses("SELECT * FROM blog.missing", "it names a table that is not there");
    assert_uses("SELECT nothing FROM blog.posts", "it names a column that is not there");
    assert_uses("SELECT * FROM blog.posts WHERE id = 'canary'",
                "it is refused with SQLSTATE 22P02");
    assert_uses("DELETE FROM blog.posts; DROP TABLE blog.posts",
                "this version of PostgreSQL does not know its syntax");
    assert_uses("SELECT * FROM blog.posts WHERE user_id = $1 AND id = $2",
                "blog.posts_pkey: filter (posts.id = $2); "
                "blog.posts_user_id: filter (posts.user_id = $1); "
                "blog.posts_user_id_at: filter (posts.user_id = $1)");
}

static const struct index_use *
find_use(const struct query_plan *item, const char *index)
{
    for (size_t i = 0; i < item->use_count; i++)
        if (g_str_equal(item->uses[i].index, index))
            return &item->uses[i];
    g_assert_not_reached();
}

/* With rows and ANALYZE in place of statistics that were imported: what stands in for an index
 * shows only when its family is hidden. */
static void
test_costs(void)
{
    const struct known_rows there = {0};
    load("INSERT INTO blog.users SELECT n, 'm' || n FROM generate_series(1, 5000) n;"
         "INSERT INTO blog.posts SELECT n, n % 5000 + 1, 'open', 't' || n, now()"
         " FROM generate_series(1, 50000) n; ANALYZE blog.users, blog.posts;");
    const struct query_plans plans = plan("SELECT * FROM blog.posts WHERE user_id = $1", &there);
    const struct query_plan *item = &plans.items[0];
    const struct index_use *use = find_use(item, "blog.posts_user_id");
    const struct index_use *other = find_use(item, "blog.posts_user_id_at");
    g_assert_true(use->chosen || other->chosen);
    g_assert_cmpfloat(use->cost_without, <, 2 * item->root->total_cost);
    g_assert_cmpfloat(use->cost_family, >, 10 * item->root->total_cost);
    g_assert_cmpfloat(use->cost_family, ==, other->cost_family);
    g_assert_true(use->without_family == other->without_family);
    /* whole and bare, five indexes alone, two that serve it hidden, and their family once */
    g_assert_cmpuint(plans.explained, ==, 2 + 5 + 2 + 1);
    const struct query_plans users = plan("SELECT * FROM blog.users WHERE id = $1", &there);
    use = find_use(&users.items[0], "blog.users_pkey");
    g_assert_true(use->chosen);
    g_assert_cmpfloat(use->cost_without, >, 10 * users.items[0].root->total_cost);
    g_assert_cmpfloat(use->cost_family, ==, 0);
    g_autoptr(GPtrArray) gone = plan_missing(users.items[0].root, use->without);
    g_autoptr(GPtrArray) come = plan_missing(use->without, users.items[0].root);
    g_assert_cmpuint(gone->len, ==, 1);
    g_assert_true(gone->pdata[0] == users.items[0].root);
    g_assert_cmpuint(come->len, ==, 1);
    g_assert_cmpstr(((const struct plan_node *)come->pdata[0])->type, ==, "Seq Scan");
    g_assert_null(use->without_family);
    /* whole and bare, one index alone and hidden */
    g_assert_cmpuint(users.explained, ==, 2 + 2 + 1);
}

static void
test_reading(void)
{
    g_assert_null(plan_read(arena, ""));
    g_assert_null(plan_read(arena, "[{\"Plan\": {}}]"));
    g_assert_null(plan_read(arena, "{\"Plan\": {\"Node Type\": \"Result\"}}"));
    GString *deep = g_string_new("[{\"Plan\": ");
    for (int i = 0; i < 300; i++)
        g_string_append(deep, "{\"Node Type\": \"Sort\", \"Plans\": [");
    for (int i = 0; i < 300; i++)
        g_string_append(deep, "]}");
    g_string_append(deep, "}]");
    g_assert_null(plan_read(arena, deep->str));
    g_string_free(deep, TRUE);
    const struct plan_node *node = plan_read(
        arena, "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Relation Name\": \"t\", \"Filter\": "
               "\"((t.a = 'canary'::text) AND (t.b > 17))\", \"Total Cost\": 1.5}}]");
    g_assert_cmpstr(node->filter, ==, "((t.a = ?::text) AND (t.b > ?))");
    g_assert_cmpfloat(node->total_cost, ==, 1.5);
}

static const struct plan_node *
read_node(const char *json)
{
    g_autofree char *answer = g_strdup_printf("[{\"Plan\": %s}]", json);
    const struct plan_node *node = plan_read(arena, answer);
    g_assert_nonnull(node);
    return node;
}

/* As EXPLAIN prints it to people. */
static void
test_titles(void)
{
    static const char *const cases[][2] = {
        {"'Node Type': 'Seq Scan', 'Parallel Aware': true", "Parallel Seq Scan"},
        {"'Node Type': 'Index Scan', 'Scan Direction': 'Backward'", "Index Scan Backward"},
        {"'Node Type': 'Hash Join', 'Join Type': 'Inner'", "Hash Join"},
        {"'Node Type': 'Hash Join', 'Join Type': 'Left'", "Hash Left Join"},
        {"'Node Type': 'Nested Loop', 'Join Type': 'Anti'", "Nested Loop Anti Join"},
        {"'Node Type': 'Nested Loop', 'Join Type': 'Inner'", "Nested Loop"},
        {"'Node Type': 'Aggregate', 'Strategy': 'Hashed', 'Partial Mode': 'Partial'",
         "Partial HashAggregate"},
        {"'Node Type': 'Aggregate', 'Strategy': 'Plain', 'Partial Mode': 'Simple'", "Aggregate"},
        {"'Node Type': 'ModifyTable', 'Operation': 'Insert'", "Insert"},
        {"'Node Type': 'SetOp', 'Strategy': 'Hashed', 'Command': 'Except'", "HashSetOp Except"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *json = g_strdup_printf("{%s}", cases[i][0]);
        g_strdelimit(json, "'", '"');
        g_assert_cmpstr(read_node(json)->title, ==, cases[i][1]);
    }
}

static void
test_details(void)
{
    const struct plan_node *node = read_node(
        "{\"Node Type\": \"Sort\", \"Sort Key\": [\"p.at DESC\", \"lower('canary'::text)\"], "
        "\"Subplan Name\": \"CTE newest\", \"Plans\": [{\"Node Type\": \"CTE Scan\", "
        "\"CTE Name\": \"newest\", \"Filter\": \"(n > 17)\"}]}");
    g_assert_cmpstr(node->part, ==, "CTE newest");
    g_assert_cmpuint(node->detail_count, ==, 1);
    g_assert_cmpstr(node->details[0].label, ==, "Sort Key");
    g_assert_cmpstr(node->details[0].text, ==, "p.at DESC, lower(?::text)");
    g_assert_cmpstr(node->children[0].source, ==, "newest");
    g_assert_cmpstr(node->children[0].details[0].text, ==, "(n > ?)");
}

/* Of a LIMIT only what it reads counts, and what a loop runs again counts as often. */
static void
test_shares(void)
{
    const struct plan_node *limit = read_node(
        "{\"Node Type\": \"Limit\", \"Total Cost\": 10, \"Plans\": [{\"Node Type\": "
        "\"Nested Loop\", \"Total Cost\": 1000, \"Plans\": [{\"Node Type\": \"Seq Scan\", "
        "\"Total Cost\": 100, \"Plan Rows\": 80}, {\"Node Type\": \"Index Scan\", "
        "\"Total Cost\": 10, \"Plan Rows\": 1}]}]}");
    const struct plan_node *loop = &limit->children[0];
    g_assert_cmpfloat_with_epsilon(limit->share, 0, 1e-9);
    g_assert_cmpfloat_with_epsilon(loop->share, 0.1, 1e-9);
    g_assert_cmpfloat_with_epsilon(loop->children[0].share, 0.1, 1e-9);
    g_assert_cmpfloat_with_epsilon(loop->children[1].share, 0.8, 1e-9);
    g_assert_cmpfloat(read_node("{\"Node Type\": \"Result\"}")->share, ==, 0);
}

int
main(int argc, char **argv)
{
    GError *error = NULL;
    g_test_init(&argc, &argv, NULL);
    arena = arena_new();
    const struct cluster_limits limits = {
        .seconds = 300, .bytes = (guint64)1024 * 1024 * 1024, .work = "planning"};
    cluster = cluster_start(&limits, &error);
    g_assert_no_error(error);
    database = cluster_create_database(cluster, &error);
    g_assert_no_error(error);
    load(schema);
    g_test_add_func("/planner/reading", test_reading);
    g_test_add_func("/planner/titles", test_titles);
    g_test_add_func("/planner/details", test_details);
    g_test_add_func("/planner/shares", test_shares);
    g_test_add_func("/planner/conditions", test_conditions);
    g_test_add_func("/planner/partial", test_partial);
    g_test_add_func("/planner/order", test_order);
    g_test_add_func("/planner/order_of_join", test_order_of_join);
    g_test_add_func("/planner/order_within", test_order_within);
    g_test_add_func("/planner/joins", test_joins);
    g_test_add_func("/planner/conflicts", test_conflicts);
    g_test_add_func("/planner/partitions", test_partitions);
    g_test_add_func("/planner/refusals", test_refusals);
    g_test_add_func("/planner/costs", test_costs);
    int failed = g_test_run();
    cluster_stop(cluster);
    arena_free(arena);
    return failed;
}
