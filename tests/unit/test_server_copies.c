/* test_server_copies.c - the kitchen sink leaves dbdoc and comes back: as a snapshot, as a restored
 * copy, as addresses and file names. Nothing may be lost, and equal things must count as equal. */
#include "catalog/address.h"
#include "catalog/compare.h"
#include "catalog/snapshot.h"
#include "report/report.h"
#include "server.h"

#include <string.h>

static struct connection *connection;
static struct database *database;

static void
assert_equal(const struct database *before, const struct database *after)
{
    g_autoptr(GPtrArray) changes = catalog_compare(before->catalog, after->catalog);
    const struct changes_report report = {.changes = changes};
    GString *text = report_changes_text(&report, COLOUR_NONE);
    g_assert_cmpstr(text->str, ==, "");
    g_string_free(text, TRUE);
    g_assert_cmpuint(changes->len, ==, 0);
}

/* Says the first line that differs, not both texts. */
static void
assert_same_text(const char *one, const char *other)
{
    g_auto(GStrv) lines = g_strsplit(one, "\n", -1);
    g_auto(GStrv) others = g_strsplit(other, "\n", -1);
    for (size_t i = 0; lines[i] != NULL && others[i] != NULL; i++)
        g_assert_cmpstr(lines[i], ==, others[i]);
    g_assert_true(g_str_equal(one, other));
}

static struct database *
read_snapshot(const GString *text)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    struct database *copy = database_new();
    snapshot_read(copy, "snapshot.json", text, warnings, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(warnings->len, ==, 0);
    database_finish(copy);
    return copy;
}

static void
test_snapshot(void)
{
    g_autoptr(GString) written = snapshot_write(database->catalog);
    struct database *copy = read_snapshot(written);
    g_autoptr(GString) again = snapshot_write(copy->catalog);
    assert_same_text(written->str, again->str);
    assert_equal(database, copy);
    g_assert_cmpuint(g_hash_table_size(copy->directory), ==,
                     g_hash_table_size(database->directory));
    database_free(copy);
}

static void
test_same_bytes(void)
{
    g_autoptr(GString) first = snapshot_write(database->catalog);
    struct database *again = server_read("sink");
    g_autoptr(GString) second = snapshot_write(again->catalog);
    assert_same_text(first->str, second->str);
    database_free(again);
}

/* The rows of migration tools do not travel with pg_dump -s; all else does. */
static void
test_restored(void)
{
    server_copy("sink", "restored");
    struct database *restored = server_read("restored");
    assert_equal(database, restored);
    assert_equal(restored, database);
    server_copy("restored", "restored_again");
    struct database *again = server_read("restored_again");
    g_autoptr(GString) first = snapshot_write(restored->catalog);
    g_autoptr(GString) second = snapshot_write(again->catalog);
    /* The first line holds the name of the database. */
    assert_same_text(strchr(first->str, '\n'), strchr(second->str, '\n'));
    database_free(again);
    database_free(restored);
}

struct addresses {
    GHashTable *slugs; /* "kind slug" → struct object */
    unsigned count;
};

static void
check_address(const struct object *object, void *data)
{
    struct addresses *addresses = data;
    if (object->path == NULL)
        return;
    addresses->count++;
    g_assert_true(database_find(database, object->kind->word, object->path) == object);
    if (object->kind != &kind_key)
        g_assert_true(address_resolve(database, object->kind->word, object->path) == object);
    if (object->parent == NULL || object->parent->kind != &kind_catalog)
        return;
    g_autofree char *slug = slug_of(object);
    g_assert_cmpuint(strlen(slug), <=, 120);
    g_assert_cmpuint(strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789_-~."), ==, strlen(slug));
    g_assert_true(g_hash_table_insert(addresses->slugs,
                                      g_strdup_printf("%s %s", object->kind->word, slug),
                                      (gpointer)(guintptr)object));
}

/* Whatever it is called, each object is found under its path, and has a file name of its own. */
static void
test_addresses(void)
{
    struct addresses addresses = {
        .slugs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    object_walk(database->catalog, check_address, &addresses);
    g_assert_cmpuint(addresses.count, >=, 500);
    g_hash_table_unref(addresses.slugs);
}

/* A database whose statements the server logs. */
static void
create_logged(const char *name, const char *sql)
{
    struct connection *maker = server_create(name);
    g_autofree char *set = g_strdup_printf("ALTER DATABASE %s SET log_statement = 'all'", name);
    server_run(maker, sql);
    server_run(maker, set);
    connection_close(maker);
}

static unsigned
statements_of_reading(const char *name)
{
    static const char logged[] = "LOG:  execute ";
    g_autofree char *before = server_log();
    database_free(server_read(name));
    g_autofree char *after = server_log();
    unsigned count = 0;
    for (const char *at = after + strlen(before); (at = strstr(at, logged)) != NULL; at++)
        count++;
    return count;
}

static void
test_statements(void)
{
    create_logged("few", "CREATE TABLE t1 (id int)");
    create_logged(
        "many",
        "DO $$ BEGIN FOR i IN 1..60 LOOP EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY,"
        " up int REFERENCES t1, word text CHECK (word <> ''''));"
        " CREATE INDEX ON t%1$s (lower(word)); CREATE VIEW v%1$s AS SELECT * FROM t%1$s;"
        " CREATE FUNCTION f%1$s() RETURNS int LANGUAGE sql AS ''SELECT 1'';"
        " CREATE TYPE e%1$s AS ENUM (''a''); COMMENT ON TABLE t%1$s IS ''x''', i); END LOOP; END"
        " $$");
    unsigned few = statements_of_reading("few");
    g_assert_cmpuint(few, >, 10);
    g_assert_cmpuint(statements_of_reading("many"), ==, few);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("sink");
    server_load(connection, "kitchen-sink");
    database = server_read("sink");
    g_test_add_func("/copies/snapshot", test_snapshot);
    g_test_add_func("/copies/same bytes", test_same_bytes);
    g_test_add_func("/copies/restored", test_restored);
    g_test_add_func("/copies/addresses", test_addresses);
    g_test_add_func("/copies/statements", test_statements);
    int status = g_test_run();
    database_free(database);
    connection_close(connection);
    return status;
}
