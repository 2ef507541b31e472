/* test_server_kinds.c - what dbdoc must say of the kinds that few databases have: facts of the
 * kitchen sink written down by hand, and the server's own definitions. */
#include "base/text.h"
#include "catalog/compare.h"
#include "catalog/known.h"
#include "catalog/snapshot.h"
#include "server.h"

#include <string.h>

static struct connection *connection;
static struct database *database;

/* Facts as a diff would print them; from `major` on. */
static const struct fact {
    int major;
    const char *word;
    const char *path;
    const char *name;
    const char *text;
} facts[] = {
    {13, "event trigger", "noticing", "event", "ddl_command_end"},
    {13, "event trigger", "noticing", "function", "shop.note()"},
    {13, "event trigger", "noticing", "enabled", "always"},
    {13, "event trigger", "noticing", "comment", "Notices every change."},
    {13, "event trigger", "\"On \"\"tags\"\"\"", "tags", "DROP TABLE, DROP VIEW"},
    {13, "event trigger", "\"On \"\"tags\"\"\"", "enabled", "disabled"},
    {13, "rule", "shop.words.words_rule", "event", "DELETE"},
    {13, "rule", "shop.words.words_rule", "instead", "yes"},
    {13, "rule", "shop.first_orders.view_rule", "comment", "Elsewhere instead."},
    {13, "rule", "shop.words.\"Odd \"\"rule\"\" <b>\"", "enabled", "disabled"},
    {13, "rule", "shop.words.\"Odd \"\"rule\"\" <b>\"", "instead", "no"},
    {13, "statistics", "shop.customers_together", "gathered", "dependencies, ndistinct"},
    {13, "statistics", "shop.customers_together", "columns", "status, price"},
    {13, "statistics", "shop.customers_together", "target", "200"},
    {13, "statistics", "shop.customers_together", "comment", "The price follows the status."},
    {13, "statistics", "a.customers_together", "gathered", "mcv"},
    {13, "statistics", "a.customers_together", "target", NULL},
    {14, "statistics", "shop.expression_statistics", "columns", "price"},
    {13, "publication", "everything", "all_tables", "no"},
    {13, "publication", "everything", "operations", "insert, update, delete, truncate"},
    {13, "publication", "everything", "comment", "For the warehouse."},
    {13, "publication", "\"All \"\"tables\"\" <i>\"", "all_tables", "yes"},
    {13, "publication", "\"All \"\"tables\"\" <i>\"", "operations", "insert, truncate"},
    {13, "publication", "\"All \"\"tables\"\" <i>\"", "via_root", "yes"},
    {13, "published table", "everything.\"shop.customers\"", "table", "shop.customers"},
    {13, "published table", "everything.\"shop.customers\"", "columns", NULL},
    {13, "published table", "everything.\"shop.events_eu_rest_0\"", "row_filter", NULL},
    {15, "publication", "some_schemas", "schemas", "A, empty"},
    {15, "published table", "some_rows.\"shop.since_15\"", "columns", "id, a"},
    {15, "published table", "some_rows.\"shop.since_15\"", "row_filter", "(id > 10)"},
    {13, "operator", "shop.\"<+>\"(integer, integer)", "comment", "Adds, too."},
    {13, "operator", "shop.\"<+>\"(integer, integer)", "function", "int4pl"},
    {13, "operator", "shop.\"!!!\"(integer)", "result", "integer"},
    {13, "operator", "shop.\"===\"(integer, integer)", "commutator", "shop.===(integer,integer)"},
    {13, "operator", "shop.\"===\"(integer, integer)", "hashes", "yes"},
    {13, "operator", "shop.\"===\"(integer, integer)", "restriction", "eqsel"},
    {13, "operator class", "shop.\"Odd \"\"ops\"\"\"(btree)", "family", "shop.numbers"},
    {13, "operator class", "shop.\"Odd \"\"ops\"\"\"(btree)", "type", "integer"},
    {13, "operator class", "shop.\"Odd \"\"ops\"\"\"(btree)", "members",
     "OPERATOR 1 <(integer,integer), OPERATOR 2 <=(integer,integer), "
     "OPERATOR 3 =(integer,integer), OPERATOR 4 >=(integer,integer), "
     "OPERATOR 5 >(integer,integer), FUNCTION 1 "
     "btint4cmp(integer,integer)"},
    {13, "operator class", "shop.\"Odd \"\"ops\"\"\"(btree)", "comment", "Just integers."},
    {13, "operator family", "shop.numbers(btree)", "members",
     "OPERATOR 1 <(integer,bigint), FUNCTION 1 btint48cmp(integer,bigint)"},
    {13, "operator family", "shop.numbers(btree)", "comment", "Numbers of any size."},
    {13, "cast", "\"(shop.tiny AS integer)\"", "method", "without function"},
    {13, "cast", "\"(shop.tiny AS integer)\"", "comment", "It is one."},
    {13, "cast", "\"(shop.nothing AS text)\"", "function", "shop.to_word(shop.nothing)"},
    {13, "cast", "\"(shop.nothing AS text)\"", "applies", "in assignments"},
    {13, "conversion", "shop.from_latin", "source", "LATIN1"},
    {13, "conversion", "shop.from_latin", "comment", "Old files."},
    {13, "collation", "shop.german", "provider", "libc"},
    {13, "collation", "shop.german", "locale", "C"},
    {13, "collation", "shop.german", "deterministic", "yes"},
    {13, "text search template", "shop.own_template", "functions",
     "INIT dsimple_init, LEXIZE dsimple_lexize"},
    {13, "text search dictionary", "shop.\"Own \"\"words\"\"\"", "template", "shop.own_template"},
    {13, "text search dictionary", "shop.\"Own \"\"words\"\"\"", "options", "accept = 'false'"},
    {13, "text search configuration", "shop.own_config", "parser", "shop.own_parser"},
    {13, "text search configuration", "shop.own_config", "mappings",
     "asciiword: shop.\"Own \"\"words\"\"\", simple, email: shop.\"Own "
     "\"\"words\"\"\", simple"},
    {13, "text search parser", "shop.own_parser", "comment", "Like the default."},
    {13, "language", "own_language", "handler", "shop.own_handler"},
    {13, "language", "own_language", "trusted", "no"},
    {13, "language", "own_language", "comment", "It is plpgsql."},
    {13, "transform", "\"for shop.tiny language own_language\"", "from_sql",
     "shop.from_tiny(internal)"},
    {13, "transform", "\"for shop.tiny language own_language\"", "comment", "Nearly nothing."},
    {13, "access method", "own_heap", "type", "tables"},
    {13, "access method", "own_heap", "comment", "A heap."},
    {13, "table", "shop.in_own_heap", "access_method", "own_heap"},
    {13, "foreign-data wrapper", "nowhere", "comment", "Leads nowhere."},
    {13, "server", "far", "wrapper", "nowhere"},
    {13, "server", "far", "options", "host"},
    {13, "server", "far", "grants", "PUBLIC: USAGE"},
    {13, "server", "\"Far \"\"away\"\"\"", "options", "password, port"},
    {13, "server", "\"Far \"\"away\"\"\"", "version", "1 <b>"},
    {13, "table", "shop.abroad", "server", "far"},
    {13, "table", "shop.abroad", "foreign_options", "table_name"},
    {13, "column", "shop.abroad.word", "foreign_options", "column_name"},
};

static void
test_facts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        const struct fact *fact = &facts[i];
        if (fact->major > database->catalog->postgresql)
            continue;
        const struct object *object = database_find(database, fact->word, fact->path);
        if (object == NULL)
            g_error("%s %s is missing", fact->word, fact->path);
        g_autofree char *text = field_display(kind_field(object->kind, fact->name), object);
        if (!text_equal(text, fact->text))
            g_error("%s %s, %s: %s instead of %s", fact->word, fact->path, fact->name, text,
                    fact->text);
    }
}

/* "kind path" and what its definition is, a line each. */
struct definitions {
    const struct kind *kind;
    GPtrArray *lines;
};

static void
note_definition(const struct object *object, void *data)
{
    struct definitions *definitions = data;
    if (object->kind == definitions->kind)
        g_ptr_array_add(definitions->lines,
                        g_strdup(field_text(kind_field(object->kind, "definition"), object)));
}

static int
compare_lines(const void *a, const void *b)
{
    return text_compare(*(const char *const *)a, *(const char *const *)b);
}

/* Definitions are the server's own text, and there are as many as it has. */
static void
test_definitions(void)
{
    static const struct {
        const struct kind *kind;
        const char *sql;
    } kinds[] = {
        {&kind_rewrite_rule, "SELECT string_agg(pg_get_ruledef(oid), E'\\n' ORDER BY"
                             " pg_get_ruledef(oid) COLLATE \"C\") FROM pg_rewrite WHERE rulename <>"
                             " '_RETURN' AND oid >= 16384"},
        {&kind_statistics, "SELECT string_agg(pg_get_statisticsobjdef(oid), E'\\n' ORDER BY"
                           " pg_get_statisticsobjdef(oid) COLLATE \"C\") FROM pg_statistic_ext"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        struct definitions definitions = {kinds[i].kind, lines};
        object_walk(database->catalog, note_definition, &definitions);
        g_ptr_array_sort(lines, compare_lines);
        g_ptr_array_add(lines, NULL);
        g_autofree char *ours = g_strjoinv("\n", (char **)lines->pdata);
        g_autofree char *theirs = server_ask(connection, kinds[i].sql);
        g_assert_cmpstr(ours, ==, g_strchomp(theirs));
    }
}

/* What pg_identify_object calls the kinds, and what dbdoc does. */
static const struct {
    const char *theirs;
    const char *ours;
} words[] = {
    {"materialized view", "view"},       {"foreign table", "table"},
    {"composite type", "type"},          {"aggregate", "function"},
    {"procedure", "function"},           {"table constraint", "constraint"},
    {"domain constraint", "constraint"}, {"statistics object", "statistics"},
};

/* What dbdoc has no object for, and where it stands instead. */
static const struct {
    const char *kind;
    const char *path; /* NULL: all of that kind */
    const char *where;
} exceptions[] = {
    {"type", "of a relation", "it is the table, view or composite type"},
    {"type", "array", "PostgreSQL makes one for each type"},
    {"type", "multirange", "a fact of the range type"},
    {"function", "made with a type", "a range type brings its constructors"},
    {"cast", "made with a type", "a range type brings that to its multirange"},
    {"rule", "of a view", "its definition"},
    {"trigger", "of a foreign key", "the constraint"},
    {"table constraint", "of a trigger", "the constraint trigger"},
    {"table constraint", "of a partition that is referred to", "the constraint, once"},
    {"table constraint", "not null", "a fact of the column; its name is not read"},
    {"domain constraint", "not null", "a fact of the domain; its name is not read"},
    {"default value", NULL, "a fact of the column"},
    {"operator of access method", NULL, "members of the operator class or family"},
    {"function of access method", NULL, "members of the operator class or family"},
    {"publication relation", NULL, "tables of the publication"},
    {"publication namespace", NULL, "schemas of the publication"},
    {"default acl", NULL, "default privileges, which have other names"},
    {"user mapping", NULL, "never read: they hold passwords"},
    {"extension", NULL, "tested with their members"},
};

static bool
is_exception(const char *kind, const char *path)
{
    for (size_t i = 0; i < G_N_ELEMENTS(exceptions); i++)
        if (g_str_equal(exceptions[i].kind, kind) &&
            (exceptions[i].path == NULL || g_str_equal(exceptions[i].path, path)))
            return true;
    return false;
}

static bool
has_object(const char *kind, const char *path)
{
    const char *word = kind;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i].theirs, kind))
            word = words[i].ours;
    g_auto(GStrv) lines = g_strsplit(path, "\v", -1);
    g_autofree char *name = g_strjoinv("\n", lines);
    return database_find(database, word, name) != NULL;
}

/* Every object that the server has a name for is in the catalog, or an exception says why not. */
static void
test_completeness(void)
{
    server_load(connection, "objects");
    g_autofree char *all = server_ask(
        connection, "SELECT kind, translate(path, chr(10), chr(11)) FROM pg_temp.objects()");
    g_auto(GStrv) rows = g_strsplit(g_strchomp(all), "\n", -1);
    size_t found = 0;
    g_autoptr(GString) missing = g_string_new(NULL);
    for (char **row = rows; *row != NULL; row++) {
        char *path = strchr(*row, '|');
        *path++ = '\0';
        if (has_object(*row, path))
            found++;
        else if (!is_exception(*row, path))
            g_string_append_printf(missing, "%s %s\n", *row, path);
    }
    g_assert_cmpstr(missing->str, ==, "");
    g_assert_cmpuint(found, >, 250);
}

/* Entries of a dump that are no objects of their own, and where dbdoc has them. */
static const struct {
    const char *type;
    const char *where;
} entries[] = {
    {"ACL", "grants"},
    {"COMMENT", "a fact of what it is about"},
    {"INDEX ATTACH", "a fact of the index: partition of"},
    {"ROW SECURITY", "a fact of the table"},
    {"SEQUENCE OWNED BY", "a fact of the sequence"},
    {"SHELL TYPE", "the base type, which is made in two steps"},
    {"TABLE ATTACH", "a fact of the table: partition of"},
    {"USER MAPPING", "never read: they hold passwords"},
};

static bool
is_entry_of_fact(const char *type)
{
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++)
        if (g_str_has_prefix(type, entries[i].type))
            return true;
    return false;
}

/* The numbers "class object" of what test_completeness asks for, and of extensions. */
static GHashTable *
find_numbers(void)
{
    GHashTable *numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *all = server_ask(
        connection, "SELECT class || ' ' || object FROM pg_temp.objects() UNION SELECT "
                    "'pg_extension'::regclass::oid || ' ' || oid FROM pg_extension UNION "
                    "SELECT 'pg_namespace'::regclass::oid || ' ' || oid FROM pg_namespace "
                    "WHERE nspname = 'public'");
    g_auto(GStrv) rows = g_strsplit(g_strchomp(all), "\n", -1);
    for (char **row = rows; *row != NULL; row++)
        g_hash_table_add(numbers, g_strdup(*row));
    return numbers;
}

/* Every entry of what pg_restore lists is an object that completeness asks for, or a fact. */
static void
test_contents(void)
{
    g_autofree char *contents = server_contents(connection, "kinds");
    if (contents == NULL) {
        g_test_skip("pg_dump is too old for this server");
        return;
    }
    g_autoptr(GHashTable) numbers = find_numbers();
    g_autoptr(GRegex) regex = g_regex_new("^\\d+; (\\d+ \\d+) (.*)$", G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GString) missing = g_string_new(NULL);
    size_t found = 0;
    g_regex_match(regex, contents, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *number = g_match_info_fetch(match, 1);
        g_autofree char *entry = g_match_info_fetch(match, 2);
        if (g_hash_table_contains(numbers, number))
            found++;
        else if (!g_str_has_prefix(number, "0 ") || !is_entry_of_fact(entry))
            g_string_append_printf(missing, "%s %s\n", number, entry);
    }
    g_assert_cmpstr(missing->str, ==, "");
    g_assert_cmpuint(found, >, 150);
}

/* Not the options of anything foreign, and nothing of user mappings. */
static void
test_secrets(void)
{
    g_autoptr(GString) text = snapshot_write(database->catalog);
    g_assert_null(strstr(text->str, "canary"));
    g_assert_null(strstr(text->str, "db.example.org"));
}

/* Never the folder that it is in. */
static void
test_tablespaces(void)
{
    g_autofree char *data = server_ask(connection, "SELECT current_setting('data_directory')");
    g_autofree char *folder = g_strdup_printf("%s/kept_here", g_strchomp(data));
    /* Its output is read: a program that is written to may end before it reads. */
    g_autofree char *make = g_strdup_printf("CREATE TEMPORARY TABLE said (line text);"
                                            "COPY said FROM PROGRAM 'mkdir %s';"
                                            "DROP TABLE said",
                                            folder);
    g_autofree char *create = g_strdup_printf(
        "CREATE TABLESPACE \"Slow \"\"disks\"\"\" LOCATION '%s'", folder);
    server_run(connection, make);
    server_run(connection, create);
    server_run(connection, "COMMENT ON TABLESPACE \"Slow \"\"disks\"\"\" IS 'Old.';"
                           "CREATE TABLE a.kept (id int) TABLESPACE \"Slow \"\"disks\"\"\";"
                           "CREATE INDEX kept_id ON a.kept (id) TABLESPACE \"Slow \"\"disks\"\"\"");
    struct database *now = server_read("kinds");
    server_run(connection, "DROP TABLE a.kept");
    server_run(connection, "DROP TABLESPACE \"Slow \"\"disks\"\"\"");
    const struct tablespace *tablespace = database_find(now, "tablespace",
                                                        "\"Slow \"\"disks\"\"\"");
    const struct table *table = database_find(now, "table", "a.kept");
    g_assert_cmpstr(tablespace->comment, ==, "Old.");
    g_assert_cmpstr(table->tablespace, ==, "Slow \"disks\"");
    g_assert_cmpstr(table->indexes.items[0].tablespace, ==, "Slow \"disks\"");
    g_autoptr(GString) text = snapshot_write(now->catalog);
    g_assert_null(strstr(text->str, "kept_here"));
    database_free(now);
}

/* Of a subscription everything but where it connects to. */
static void
test_subscriptions(void)
{
    server_run(connection, "CREATE SUBSCRIPTION \"From \"\"far\"\"\" CONNECTION 'host=far.example "
                           "password=opensesame' PUBLICATION one, two WITH (connect = false, "
                           "enabled = false, slot_name = NONE, create_slot = false)");
    struct database *now = server_read("kinds");
    server_run(connection, "DROP SUBSCRIPTION \"From \"\"far\"\"\"");
    const struct subscription *subscription = database_find(now, "subscription",
                                                            "\"From \"\"far\"\"\"");
    g_assert_nonnull(subscription);
    g_assert_cmpint(subscription->enabled, ==, NO);
    g_assert_cmpuint(subscription->publications.count, ==, 2);
    g_autoptr(GString) text = snapshot_write(now->catalog);
    g_assert_null(strstr(text->str, "opensesame"));
    g_assert_null(strstr(text->str, "far.example"));
    bool tells = catalog_tells(now->catalog, &kind_subscription, "options");
    g_assert_cmpint(tells, ==, now->catalog->postgresql >= 14);
    database_free(now);
}

/* A snapshot holds all of it. */
static void
test_round_trip(void)
{
    GError *error = NULL;
    g_autoptr(GString) text = snapshot_write(database->catalog);
    struct database *copy = database_new();
    snapshot_read(copy, "copy.json", text, NULL, &error);
    g_assert_no_error(error);
    database_finish(copy);
    g_autoptr(GPtrArray) changes = catalog_compare(database->catalog, copy->catalog);
    g_assert_cmpuint(changes->len, ==, 0);
    g_autoptr(GString) again = snapshot_write(copy->catalog);
    g_assert_cmpstr(again->str, ==, text->str);
    database_free(copy);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("kinds");
    server_load(connection, "kitchen-sink");
    database = server_read("kinds");
    g_test_add_func("/kinds/facts", test_facts);
    g_test_add_func("/kinds/definitions", test_definitions);
    g_test_add_func("/kinds/completeness", test_completeness);
    g_test_add_func("/kinds/contents", test_contents);
    g_test_add_func("/kinds/secrets", test_secrets);
    g_test_add_func("/kinds/tablespaces", test_tablespaces);
    g_test_add_func("/kinds/subscriptions", test_subscriptions);
    g_test_add_func("/kinds/round trip", test_round_trip);
    int status = g_test_run();
    database_free(database);
    connection_close(connection);
    return status;
}
