/* test_server_lineage.c - what depends on a column, beside what the server does when it is dropped.
 */
#include "catalog/dependants.h"
#include "server.h"

#include <string.h>

static struct connection *connection;
static struct database *database;
static struct dependants *dependants;

static const void *
find(const char *word, const char *path)
{
    const void *object = database_find(database, word, path);
    g_assert_nonnull(object);
    return object;
}

/* "view shop.notes, ? function shop.f()": what depends on it, "?" before what only has its name. */
static char *
dependants_of(const char *word, const char *path)
{
    g_autoptr(GArray) found = dependants_find(dependants, find(word, path));
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        g_string_append_printf(text, "%s%s%s %s", i > 0 ? ", " : "",
                               dependant->dependence == MENTIONS ? "? " : "",
                               dependant->object->kind->word, dependant->object->path);
    }
    return g_string_free(text, FALSE);
}

static void
assert_dependants(const char *word, const char *path, const char *expected)
{
    g_autofree char *found = dependants_of(word, path);
    g_assert_cmpstr(found, ==, expected);
}

static void
test_columns(void)
{
    assert_dependants("column", "shop.orders.note", "view shop.notes");
    assert_dependants("column", "shop.customers.note", "policy shop.orders.guarded");
    assert_dependants("column", "shop.customers.\"Odd \"\"name\"\"\"", "view shop.notes");
    assert_dependants("column", "shop.customers.name", "view shop.names");
    assert_dependants("column", "shop.orders.name", "");
    assert_dependants("column", "shop.notes.note", "view shop.short_notes");
    assert_dependants("column", "shop.orders.number", "index shop.orders_number");
    assert_dependants("column", "shop.orders.told", "trigger shop.orders.told");
    assert_dependants("column", "shop.orders.watched", "trigger shop.orders.watched");
    assert_dependants("column", "shop.orders.guarded", "policy shop.orders.guarded");
    assert_dependants("column", "shop.orders.tax", "column shop.orders.gross");
    assert_dependants("column", "shop.orders.state",
                      "constraint shop.orders.known_state, index shop.orders_open");
}

/* A body in standard SQL is proof, any other is words. */
static void
test_bodies(void)
{
    if (connection_server_version(connection) < 140000) {
        g_test_skip("no bodies in standard SQL before 14");
        return;
    }
    assert_dependants("column", "shop.orders.body", "function shop.bodies()");
    assert_dependants("function", "shop.bodies()", "function shop.outer_bodies()");
    g_autofree char *readers = dependants_of("table", "shop.customers");
    g_assert_nonnull(strstr(readers, ", function shop.bodies()"));
    g_autofree char *orders = dependants_of("table", "shop.orders");
    g_assert_nonnull(strstr(orders, ", function shop.bodies(), ? function shop.tell()"));
}

/* Everything that can go with a column, by name. */
static GHashTable *
what_is_there(void)
{
    g_autofree char *answer = server_ask(
        connection,
        "SELECT 'constraint', conname FROM pg_constraint k JOIN pg_namespace n ON n.oid"
        " = connamespace WHERE nspname = 'shop' AND contype <> 'n'"
        " UNION ALL SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'index' END, relname"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'shop' AND relkind IN ('i', 'S')"
        " UNION ALL SELECT 'column', attrelid::regclass::text || '.' || attname FROM pg_attribute "
        "WHERE attnum > 0 AND NOT "
        "attisdropped"
        " AND attrelid IN ('shop.orders'::regclass, 'shop.customers'::regclass)");
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        g_hash_table_add(names, g_strdup(*line));
    return names;
}

static char *
entry_of(const struct object *object)
{
    if (object->kind == &kind_column)
        return g_strdup_printf("column|%s.%s", object->parent->path, object_name(object));
    return g_strconcat(object->kind->word, "|", object_name(object), NULL);
}

/* What our list says goes with it; its indexes go with their constraints. */
static void
take_out(GHashTable *names, const GArray *found)
{
    for (guint i = 0; i < found->len; i++) {
        const struct object *object = g_array_index(found, struct dependant, i).object;
        g_autofree char *entry = entry_of(object);
        g_autofree char *index = g_strconcat("index|", object_name(object), NULL);
        if (!g_hash_table_remove(names, entry))
            g_test_fail_printf("%s would go, but is not there", object->path);
        g_hash_table_remove(names, index);
    }
}

static bool
drop(const struct column *column)
{
    GError *error = NULL;
    g_autofree char *sql = g_strdup_printf("ALTER TABLE %s DROP COLUMN \"%s\"",
                                           column->object.parent->path, column->name);
    GString *text = g_string_new(sql);
    if (strchr(column->name, '"') != NULL)
        g_string_replace(text, column->name, "Odd \"\"name\"\"", 1);
    bool done = connection_run(connection, text->str, NULL, NULL, &error);
    g_string_free(text, TRUE);
    if (!done)
        g_assert_cmpstr(connection_error(connection)->state, ==, "2BP01");
    g_clear_error(&error);
    return done;
}

/* The server refuses exactly where we say so; what goes is what we say. */
static void
try_column(const struct column *column)
{
    g_autoptr(GArray) found = dependants_find(dependants, &column->object);
    bool stops = false;
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        stops = stops || (dependant->dependence == DEPENDS &&
                          dependant_stops_drop(dependant->object, column));
    }
    g_autoptr(GHashTable) before = what_is_there();
    server_run(connection, "BEGIN");
    bool done = drop(column);
    if (done == stops)
        g_test_fail_printf("%s: dropped %d, but we said %d", column->object.path, done, !stops);
    if (done && !stops) {
        g_autoptr(GHashTable) after = what_is_there();
        take_out(before, found);
        g_autofree char *own = entry_of(&column->object);
        g_hash_table_remove(before, own);
        g_assert_cmpuint(g_hash_table_size(before), ==, g_hash_table_size(after));
    }
    server_run(connection, "ROLLBACK");
}

static void
test_drops(void)
{
    static const char *const tables[] = {"shop.customers", "shop.orders"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        const struct table *table = find("table", tables[i]);
        for (size_t j = 0; j < table->columns.count; j++)
            try_column(&table->columns.items[j]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("lineage");
    server_load(connection, "lineage");
    database = server_read("lineage");
    dependants = dependants_new(database->catalog);
    g_test_add_func("/lineage/columns", test_columns);
    g_test_add_func("/lineage/bodies", test_bodies);
    g_test_add_func("/lineage/drops", test_drops);
    int failed = g_test_run();
    dependants_free(dependants);
    database_free(database);
    connection_close(connection);
    return failed;
}
