/* test_statistics.c - plans of tables without rows, whose statistics are those of the same tables
 * with rows elsewhere. DBDOC_PG_BIN says of which version. */
#include "base/embedded.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"
#include "cluster/cluster.h"
#include "planner/planner.h"
#include "statistics/statistics.h"
#include "support.h"

#include <string.h>

static struct arena *arena;
static struct cluster *cluster;
static char *full;  /* database with rows */
static char *empty; /* … and one without */

static const char schema[] =
    "CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped', 'delivered', 'cancelled');"
    "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL,"
    " name text, country char(2) NOT NULL DEFAULT 'US', active boolean NOT NULL DEFAULT true,"
    " inserted_at timestamptz NOT NULL DEFAULT now());"
    "CREATE UNIQUE INDEX users_email_index ON users (lower(email));"
    "CREATE TABLE products (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " sku text NOT NULL UNIQUE, title text NOT NULL, price numeric(10,2) NOT NULL,"
    " tags text[] NOT NULL DEFAULT '{}');"
    "CREATE INDEX products_tags_index ON products USING gin (tags);"
    "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " user_id bigint NOT NULL REFERENCES users, status order_status NOT NULL DEFAULT 'pending',"
    " total numeric(12,2) NOT NULL, note text, inserted_at timestamptz NOT NULL);"
    "CREATE INDEX orders_user_id_index ON orders (user_id);"
    "CREATE INDEX orders_user_id_inserted_at_index ON orders (user_id, inserted_at DESC);"
    "CREATE INDEX orders_inserted_at_index ON orders (inserted_at);"
    "CREATE INDEX orders_pending_index ON orders (inserted_at) WHERE status = 'pending';"
    "CREATE TABLE order_items (order_id bigint NOT NULL REFERENCES orders,"
    " product_id bigint NOT NULL REFERENCES products, qty int NOT NULL,"
    " price numeric(10,2) NOT NULL, PRIMARY KEY (order_id, product_id));"
    "CREATE INDEX order_items_product_id_index ON order_items (product_id);"
    "CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, kind text NOT NULL,"
    " user_id bigint, inserted_at timestamptz NOT NULL, PRIMARY KEY (id, inserted_at))"
    " PARTITION BY RANGE (inserted_at);"
    "CREATE TABLE events_01 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');"
    "CREATE TABLE events_02 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');"
    "CREATE TABLE events_03 PARTITION OF events FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');"
    "CREATE INDEX events_user_id_index ON events (user_id);";

/* At most 30,000 rows a table: ANALYZE looks at each of them, and finds the same each time. */
static const char *const rows_sql[] = {
    "INSERT INTO users (email, name, country, active, inserted_at) SELECT 'canary' || n || "
    "'@x.org',"
    " 'canary ' || n % 900, (ARRAY['US','US','US','DE','BR'])[1 + n % 5], n % 10 <> 0,"
    " '2024-01-01'::timestamptz + n * interval '3 h' FROM generate_series(1, 6000) n",
    "INSERT INTO products (sku, title, price, tags) SELECT 'canary-' || n, 'canary ' || n, n % 90,"
    " ARRAY['canary' || n % 40, 'canary' || n % 7] FROM generate_series(1, 4000) n",
    "INSERT INTO orders (user_id, status, total, note, inserted_at) SELECT 1 + n * 7919::bigint % "
    "6000,"
    " (CASE WHEN n % 100 < 2 THEN 'pending' WHEN n % 100 < 10 THEN 'paid' WHEN n % 100 < 20 THEN"
    " 'shipped' WHEN n % 100 < 97 THEN 'delivered' ELSE 'cancelled' END)::order_status, n % 997,"
    " CASE WHEN n % 3 = 0 THEN repeat('canary', 20) END,"
    " '2025-01-01'::timestamptz + n * interval '15 min' FROM generate_series(1, 30000) n",
    "INSERT INTO order_items SELECT 1 + n / 2, 1 + n * 31 % 4000, n % 5, n % 70"
    " FROM generate_series(1, 30000) n",
    "INSERT INTO events (kind, user_id, inserted_at) SELECT 'canary' || n % 6, n * 13 % 6000,"
    " '2026-01-01'::timestamptz + n * interval '4 min' FROM generate_series(1, 30000) n",
    "VACUUM ANALYZE",
};

static const char *const queries[] = {
    "select * from users where lower(email) = lower($1)",
    "select * from orders where user_id = $1 order by inserted_at desc limit 20",
    "select count(*) from orders where user_id = $1",
    "select * from orders where status = 'pending' and inserted_at < $1 order by inserted_at limit "
    "100",
    "select * from orders where status = 'delivered' and inserted_at > '2025-11-07'",
    "select o.*, u.name from orders o join users u on u.id = o.user_id where o.inserted_at >= $1 "
    "and o.inserted_at < $2",
    "select p.title, sum(i.qty) from order_items i join products p on p.id = i.product_id where "
    "i.order_id = any($1::bigint[]) group by 1",
    "select u.country, count(*) from users u join orders o on o.user_id = u.id where o.status = "
    "'paid' group by 1",
    "select * from products where tags @> $1",
    "select * from products where sku = $1",
    "select * from events where user_id = $1 order by inserted_at desc limit 50",
    "select count(*) from events where inserted_at >= '2026-02-10' and inserted_at < '2026-02-11'",
    "select * from orders order by id offset 10000 limit 20",
    "select * from users where email like '%foo%'",
    "select * from orders where date(inserted_at at time zone 'UTC') = $1",
    "select i.*, o.status from order_items i join orders o on o.id = i.order_id where "
    "i.product_id = $1",
    "select count(*) from orders",
    "select user_id, max(inserted_at) from orders group by user_id",
    "select * from orders where id in (select order_id from order_items where product_id = $1) and "
    "status = 'cancelled'",
    "select max(inserted_at) from orders",
    "select * from users where country = 'US' and active",
    "select * from users where country = 'BR' and not active",
    "select o.id, sum(i.qty * i.price) from orders o join order_items i on i.order_id = o.id where "
    "o.user_id = $1 group by o.id",
    "delete from users where id = $1",
    "update orders set status = 'shipped' where id = $1",
    "select * from orders where user_id = $1 and status = $2",
    "select * from orders o where not exists (select 1 from order_items i where i.order_id = o.id)",
    "select * from orders where inserted_at > '2025-11-09' order by total desc limit 10",
};

static struct connection *
connect_to(const char *database)
{
    GError *error = NULL;
    struct connection *session = cluster_connect(cluster, database, &error);
    g_assert_no_error(error);
    return session;
}

static char *
make(const char *const *more, size_t count)
{
    GError *error = NULL;
    char *database = g_strdup(cluster_create_database(cluster, &error));
    g_assert_no_error(error);
    struct connection *session = connect_to(database);
    connection_run(session, schema, NULL, NULL, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < count; i++) {
        connection_query(session, more[i], NULL, 0, NULL, &error);
        g_assert_no_error(error);
    }
    connection_close(session);
    return database;
}

/* What the script of a DBA writes. */
static GString *export(const char *tier)
{
    GError *error = NULL;
    struct rows *rows = NULL;
    struct connection *session = connect_to(full);
    const char *sql = embedded_find("src/statistics/sql/export.sql")->text;
    connection_query(session, "SELECT pg_catalog.set_config('dbdoc.values', $1, false)", &tier, 1,
                     NULL, &error);
    g_assert_no_error(error);
    connection_query(session, sql, NULL, 0, &rows, &error);
    g_assert_no_error(error);
    GString *text = g_string_new(rows_value(rows, 0, rows_column(rows, "document")));
    rows_free(rows);
    connection_close(session);
    return text;
}

static struct row_statistics
read_file(const char *name, const char *text, GError **problem)
{
    GError *error = NULL;
    struct row_statistics statistics;
    g_autofree char *root = g_dir_make_tmp("dbdoc-statistics-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *path = g_build_filename(root, name, NULL);
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
    statistics_read(arena, root, name, &statistics, problem);
    tree_remove(root, &error);
    g_assert_no_error(error);
    return statistics;
}

static struct row_statistics
read_text(const char *name, const char *text)
{
    GError *error = NULL;
    const struct row_statistics statistics = read_file(name, text, &error);
    g_assert_no_error(error);
    return statistics;
}

static struct query_plans
plan_in(const char *database, const struct known_rows *known)
{
    GError *error = NULL;
    struct query *list = arena_array(arena, G_N_ELEMENTS(queries), sizeof *list);
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        const struct shape shape = shape_of(arena, queries[i]);
        list[i] = (struct query){.name = "q", .kind = SHAPE_SELECT, .text = shape.text};
        list[i].written = queries[i];
        list[i].references = shape.references;
    }
    const struct workload workload = {.count = G_N_ELEMENTS(queries), .queries = list};
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

static void
append_shape(GString *shape, const struct plan_node *node)
{
    g_string_append_printf(shape, "(%s %s %s", node->type, node->alias != NULL ? node->alias : "",
                           node->index != NULL ? node->index : "");
    for (size_t i = 0; i < node->count; i++)
        append_shape(shape, &node->children[i]);
    g_string_append_c(shape, ')');
}

static char *
shape_text(const struct query_plan *plan)
{
    GString *shape = g_string_new(NULL);
    g_assert_cmpstr(plan->problem, ==, NULL);
    append_shape(shape, plan->root);
    return g_string_free(shape, FALSE);
}

/* How many plans have the shape of those with rows. */
static unsigned
count_alike(const struct query_plans *real, const struct query_plans *plans)
{
    unsigned alike = 0;
    for (size_t i = 0; i < plans->count; i++) {
        g_autofree char *shape = shape_text(&plans->items[i]);
        g_autofree char *expected = shape_text(&real->items[i]);
        alike += g_str_equal(shape, expected);
    }
    return alike;
}

/* Into a database of its own. */
static struct query_plans
plan_with(const char *name, const char *text, struct known_rows *known)
{
    GError *error = NULL;
    const struct row_statistics statistics = read_text(name, text);
    g_autofree char *database = make(NULL, 0);
    statistics_import(&statistics, cluster, database, known, &error);
    g_assert_no_error(error);
    return plan_in(database, known);
}

static unsigned
import_and_count(const struct query_plans *real, const GString *document)
{
    struct known_rows known;
    const struct query_plans plans = plan_with("statistics.json", document->str, &known);
    g_assert_cmpuint(known.misfits, ==, 0);
    g_assert_true(known_rows_of(&known, "public", "orders"));
    g_assert_cmpint(plans.items[0].basis, ==, PLANS_BY_STATISTICS);
    known_rows_clear(&known);
    return count_alike(real, &plans);
}

static void
test_shapes(void)
{
    const struct known_rows there = {0};
    const struct query_plans real = plan_in(full, &there);
    const struct query_plans bare = plan_in(empty, NULL);
    g_autoptr(GString) all = export("all");
    g_autoptr(GString) safe = export("safe");
    g_autoptr(GString) none = export("none");
    g_assert_cmpuint(count_alike(&real, &bare), <, 20);
    g_assert_cmpuint(import_and_count(&real, all), ==, G_N_ELEMENTS(queries));
    g_assert_cmpuint(import_and_count(&real, safe), ==, G_N_ELEMENTS(queries));
    g_assert_cmpuint(import_and_count(&real, none), >=, 25);
}

static void
assert_hidden(const struct plan_node *node)
{
    g_assert_true(node->condition == NULL || strstr(node->condition, "canary") == NULL);
    g_assert_true(node->filter == NULL || strstr(node->filter, "canary") == NULL);
    for (size_t i = 0; i < node->count; i++)
        assert_hidden(&node->children[i]);
}

/* Values are in the export only when somebody asks for them, and never in what is told. */
static void
test_values(void)
{
    g_autoptr(GString) all = export("all");
    g_autoptr(GString) safe = export("safe");
    g_autoptr(GString) none = export("none");
    struct known_rows known;
    g_assert_nonnull(strstr(all->str, "canary"));
    g_assert_null(strstr(safe->str, "canary"));
    g_assert_nonnull(strstr(safe->str, "delivered"));
    g_assert_null(strstr(none->str, "canary"));
    g_assert_null(strstr(none->str, "delivered"));
    const struct query_plans plans = plan_with("all.json", all->str, &known);
    g_assert_true(text_is_day(plans.date));
    for (size_t i = 0; i < plans.count; i++)
        assert_hidden(plans.items[i].root);
    known_rows_clear(&known);
}

/* What does not fit these tables is left out. */
static void
test_misfits(void)
{
    struct known_rows known;
    const struct query_plans plans = plan_with(
        "misfits.json",
        "{\"dbdoc\": \"statistics\", \"format\": 1, \"settings\": {\"work_mem\": \"canary\", "
        "\"random_page_cost\": \"1.1\", \"data_directory\": \"x\"}, \"relations\": ["
        "{\"schema\": \"public\", \"name\": \"gone\", \"rows\": 5, \"pages\": 1},"
        "{\"schema\": \"pg_catalog\", \"name\": \"pg_class\", \"rows\": 5, \"pages\": 1},"
        "{\"schema\": \"public\", \"name\": \"orders\", \"rows\": 30000, \"pages\": 300, "
        "\"columns\": [{\"name\": \"gone\", \"distinct\": 5}, {\"name\": \"status\", "
        "\"distinct\": 5, \"values\": \"{canary,paid}\", \"frequencies\": \"{0.5,0.1}\"}, "
        "{\"name\": \"user_id\", \"distinct\": 6000}]}]}",
        &known);
    g_assert_cmpuint(known.misfits, ==, 1);
    g_assert_false(known_rows_of(&known, "public", "gone"));
    g_assert_false(known_rows_of(&known, "pg_catalog", "pg_class"));
    g_assert_null(plans.date);
    g_assert_cmpint(plans.items[0].basis, ==, PLANS_BY_ABILITY); /* users: not told of */
    g_assert_cmpint(plans.items[2].basis, ==, PLANS_BY_STATISTICS);
    known_rows_clear(&known);
}

/* More than a file of PostgreSQL holds; and a partitioned table, whose parts share its rows. */
static void
test_by_hand(void)
{
    struct known_rows known;
    const struct query_plans plans = plan_with("stats.yml",
                                               "date: 2026-11-27\n"
                                               "tables:\n"
                                               "  orders:\n"
                                               "    rows: 64000000\n"
                                               "    columns:\n"
                                               "      user_id: {distinct: 1000000}\n"
                                               "      note: {nulls: 0.25, width: 120}\n"
                                               "  public.events:\n"
                                               "    rows: 3000000\n"
                                               "    columns: {user_id: {distinct: -0.1}}\n",
                                               &known);
    const struct query_plan *count = &plans.items[2];
    const struct query_plan *events = &plans.items[10];
    g_assert_cmpstr(plans.date, ==, "2026-11-27");
    g_assert_cmpint(count->basis, ==, PLANS_BY_STATISTICS);
    g_assert_cmpfloat(count->root->children[0].rows, ==, 64);
    g_assert_cmpint(events->basis, ==, PLANS_BY_STATISTICS);
    /* 10 rows of each of three partitions */
    g_assert_cmpfloat(events->root->children[0].rows, ==, 30);
    g_assert_cmpfloat(plans.items[16].root->total_cost, >, 1e6);
    g_assert_cmpint(plans.items[5].basis, ==, PLANS_BY_ABILITY); /* users, too */
    known_rows_clear(&known);
}

static void
assert_refused(const char *name, const char *text, const char *expected)
{
    GError *error = NULL;
    read_file(name, text, &error);
    g_assert_error(error, FAILURE, FAILURE_USAGE);
    g_assert_cmpstr(error->message, ==, expected);
    g_error_free(error);
}

static void
test_refusals(void)
{
    assert_refused("s.json", "{\"dbdoc\": \"canary\", \n \"x\": canary}",
                   "s.json:2:12: this is no JSON. Export it again with the script of \"dbdoc stats "
                   "export\".");
    assert_refused("s.json", "{\"dbdoc\": \"canary\"}",
                   "s.json is no file of statistics. \"dbdoc stats export\" prints the script that "
                   "makes one.");
    assert_refused("s.json", "{\"dbdoc\": \"statistics\", \"format\": 2}",
                   "s.json has a format that this dbdoc does not read. Export it again with the "
                   "script of \"dbdoc stats export\".");
    assert_refused("s.yml", "tables: {orders: {rows: many}}",
                   "s.yml:1:25: rows: is how many there are, such as 120000.");
    assert_refused("s.yml", "tables: {orders: {rows: 5, columns: {id: {nulls: 25}}}}",
                   "s.yml:1:50: nulls: is the share of rows without a value, from 0 to 1.");
    assert_refused("s.yml", "tables: {a.b.c: {rows: 5}}",
                   "s.yml:1:10: this is no name of a table, such as blog.posts.");
    assert_refused("s.yml", "date: 2026-02-31\ntables: {}",
                   "s.yml:1:7: date: is the day of the figures, such as 2026-11-27.");
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
    full = make(rows_sql, G_N_ELEMENTS(rows_sql));
    empty = make(NULL, 0);
    g_test_add_func("/statistics/shapes", test_shapes);
    g_test_add_func("/statistics/values", test_values);
    g_test_add_func("/statistics/misfits", test_misfits);
    g_test_add_func("/statistics/by_hand", test_by_hand);
    g_test_add_func("/statistics/refusals", test_refusals);
    int failed = g_test_run();
    cluster_stop(cluster);
    g_free(full);
    g_free(empty);
    arena_free(arena);
    return failed;
}
