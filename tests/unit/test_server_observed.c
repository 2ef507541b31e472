/* test_server_observed.c - what is seen of a server beside its structure: sizes, counters, ages,
 * settings. Counters reach the server's own statistics some time later, so that no test waits for
 * one; that they are known is what is asked here. */
#include "base/text.h"
#include "server.h"

#include <string.h>

static struct connection *connection;
static struct database *database;
static struct database *stranger; /* as a role reads it that may see no row */

static struct database *
observe(const char *name, const char *role)
{
    GError *error = NULL;
    const struct introspect_options options = {.observe = OBSERVE_STATISTICS, .lock_timeout = 2000};
    struct database *result = server_read_as(name, role, &options, &error);
    g_assert_no_error(error);
    return result;
}

static const struct table_observation *
table_seen(const char *path)
{
    const struct table_observation_list *tables = &database->observations->tables;
    for (size_t i = 0; i < tables->count; i++)
        if (text_equal(tables->items[i].relation.path, path))
            return &tables->items[i];
    return NULL;
}

static const struct column_observation *
column_seen(const struct database *of, const char *path)
{
    const struct column_observation_list *columns = &of->observations->columns;
    for (size_t i = 0; i < columns->count; i++)
        if (text_equal(columns->items[i].column.path, path))
            return &columns->items[i];
    return NULL;
}

static int64_t
unanalyzed(const struct database *of, const char *path)
{
    const struct index_observation_list *indexes = &of->observations->indexes;
    for (size_t i = 0; i < indexes->count; i++)
        if (text_equal(indexes->items[i].index.path, path))
            return indexes->items[i].unanalyzed_expressions;
    g_assert_not_reached();
}

static void
assert_number(int64_t ours, const char *sql)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, ours);
    g_autofree char *theirs = server_ask(connection, sql);
    g_assert_cmpstr(text, ==, theirs);
}

static void
test_table(void)
{
    const struct table_observation *seen = table_seen("shop.items");
    g_assert_nonnull(seen);
    g_assert_cmpint(seen->row_estimate, ==, 1000);
    g_assert_cmpint(seen->live_rows, >=, 0);
    g_assert_cmpint(seen->dead_rows, >=, 0);
    g_assert_cmpint(seen->changed_since_analyze, >=, 0);
    assert_number(seen->transaction_age,
                  "SELECT greatest(age(relfrozenxid), (SELECT age(relfrozenxid) FROM pg_class o"
                  " WHERE o.oid = c.reltoastrelid)) FROM pg_class c WHERE relname = 'items'");
    assert_number(seen->multixact_age,
                  "SELECT mxid_age(relminmxid) FROM pg_class WHERE relname = 'items'");
    g_assert_nonnull(table_seen("shop.parts_1"));
    g_assert_null(table_seen("shop.parts")); /* has no rows of its own */
}

static void
test_columns(void)
{
    const struct column_observation *name = column_seen(database, "shop.items.name");
    g_assert_nonnull(name);
    g_assert_nonnull(name->column.object);
    g_assert_cmpint(name->distinct_values, ==, 5);
    g_assert_cmpint(name->nulls_per_thousand, ==, 0);
    g_assert_cmpint(name->average_width, ==, 3);
    const struct column_observation *seldom = column_seen(database, "shop.items.seldom");
    g_assert_cmpint(seldom->nulls_per_thousand, ==, 900);
    const struct column_observation *id = column_seen(database, "shop.items.id");
    g_assert_cmpint(id->distinct_values, ==, 1000); /* kept as a share of all rows */
    g_assert_cmpint(id->correlation_per_thousand, ==, -1000);
    const struct column_observation *at = column_seen(database, "shop.items.at");
    g_assert_cmpint(at->correlation_per_thousand, ==, NUMBER_UNKNOWN); /* has no order */
    const struct column_observation *part = column_seen(database, "shop.parts.id");
    g_assert_cmpint(part->distinct_values, ==, 9);
    g_assert_null(column_seen(database, "shop.parts_1.id"));
    g_assert_null(column_seen(stranger, "shop.items.name"));
    g_assert_nonnull(column_seen(stranger, "shop.items.seldom")); /* granted */
}

static void
test_expressions(void)
{
    g_assert_cmpint(unanalyzed(database, "shop.items_before"), ==, 0);
    g_assert_cmpint(unanalyzed(database, "shop.items_after"), ==, 2);
    g_assert_cmpint(unanalyzed(database, "shop.items_untold"), ==, 0); /* nobody wants them */
    g_assert_cmpint(unanalyzed(database, "shop.items_pkey"), ==, NUMBER_UNKNOWN);
    g_assert_cmpint(unanalyzed(stranger, "shop.items_after"), ==, NUMBER_UNKNOWN);
}

/* Both have scripts from one version to the next on every server; plpgsql has one version. */
static void
test_extensions(void)
{
    const struct extension_observation_list *extensions = &database->observations->extensions;
    g_assert_cmpuint(extensions->count, ==, 2);
    const struct extension_observation *old = &extensions->items[0];
    g_assert_cmpstr(old->extension.path, ==, "citext");
    g_autofree char *newest = server_ask(connection, "SELECT default_version FROM"
                                                     " pg_available_extensions"
                                                     " WHERE name = 'citext'");
    g_assert_cmpstr(old->default_version, ==, newest);
    g_assert_true(g_str_has_prefix(old->update_path, "1.4--1.5--1.6"));
    g_assert_true(g_str_has_suffix(old->update_path, newest));
    g_assert_cmpstr(extensions->items[1].extension.path, ==, "plpgsql");
    g_assert_nonnull(extensions->items[1].default_version);
    g_assert_null(extensions->items[1].update_path);
}

static void
test_settings(void)
{
    const struct names *settings = &database->observations->settings;
    bool found = false;
    for (size_t i = 0; i < settings->count; i++) {
        g_assert_nonnull(strchr(settings->items[i], '='));
        found = found || g_str_equal(settings->items[i], "autovacuum_freeze_max_age=200000000");
    }
    g_assert_true(found);
}

/* A reset makes another era. */
static void
test_identity(void)
{
    const struct observations *seen = database->observations;
    g_assert_cmpstr(seen->database, ==, "observed");
    g_autofree char *system = server_ask(connection,
                                         "SELECT system_identifier::text FROM pg_control_system()");
    g_assert_cmpstr(seen->system_identifier, ==, system);
    g_assert_cmpint(seen->standbys, ==, 0);
    g_assert_cmpuint(strlen(seen->started_at), ==, strlen("2026-01-02T03:04:05Z"));
    struct database *again = observe("observed", NULL);
    g_assert_cmpstr(again->observations->counters_era, ==, seen->counters_era);
    database_free(again);
    server_run(connection, "SELECT pg_stat_reset()");
    bool reset = false; /* on 13 and 14 a process of its own counts, and is asked again */
    for (unsigned i = 0; !reset && i < 1000; i++) {
        again = observe("observed", NULL);
        reset = !text_equal(again->observations->counters_era, seen->counters_era);
        database_free(again);
    }
    g_assert_true(reset);
}

/* Where the server keeps such functions to itself, the rest is read. */
static void
test_refused(void)
{
    server_run(connection, "CREATE ROLE observer LOGIN;"
                           "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
    GError *error = NULL;
    const struct introspect_options options = {.observe = OBSERVE_STATISTICS, .lock_timeout = 2000};
    struct database *result = server_read_as("observed", "observer", &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(result->observations->node, ==, "primary");
    g_assert_null(result->observations->system_identifier);
    g_assert_null(result->observations->counters_era);
    g_assert_cmpint(result->observations->standbys, ==, NUMBER_UNKNOWN);
    g_assert_cmpuint(result->observations->tables.count, ==, database->observations->tables.count);
    database_free(result);
    server_run(connection, "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC;"
                           "DROP ROLE observer");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("observed");
    server_run(connection,
               "CREATE EXTENSION citext VERSION '1.4';"
               "CREATE SCHEMA shop;"
               "CREATE TABLE shop.items (id int PRIMARY KEY, name text, seldom text, at point);"
               "INSERT INTO shop.items SELECT -n, 'n' || n % 5,"
               " CASE WHEN n % 10 = 0 THEN 'x' END, '(1,1)' FROM generate_series(1, 1000) n;"
               "CREATE INDEX items_before ON shop.items (lower(name), id);"
               "CREATE TABLE shop.parts (id int) PARTITION BY RANGE (id);"
               "CREATE TABLE shop.parts_1 PARTITION OF shop.parts FOR VALUES FROM (0) TO (9);"
               "INSERT INTO shop.parts SELECT n % 9 FROM generate_series(1, 900) n;"
               "ANALYZE;"
               "CREATE INDEX items_after ON shop.items (lower(name), id, upper(name));"
               "CREATE INDEX items_untold ON shop.items (upper(name));"
               "ALTER INDEX shop.items_untold ALTER COLUMN 1 SET STATISTICS 0;"
               "CREATE ROLE observed_stranger LOGIN;"
               "GRANT USAGE ON SCHEMA shop TO observed_stranger;"
               "GRANT SELECT (seldom) ON shop.items TO observed_stranger");
    database = observe("observed", NULL);
    stranger = observe("observed", "observed_stranger");
    g_test_add_func("/observed/table", test_table);
    g_test_add_func("/observed/columns", test_columns);
    g_test_add_func("/observed/expressions", test_expressions);
    g_test_add_func("/observed/extensions", test_extensions);
    g_test_add_func("/observed/settings", test_settings);
    g_test_add_func("/observed/identity", test_identity);
    g_test_add_func("/observed/refused", test_refused);
    int status = g_test_run();
    database_free(stranger);
    database_free(database);
    connection_close(connection);
    return status;
}
