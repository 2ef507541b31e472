/* test_server_access.c - who may do what, beside the answers of has_table_privilege() and its
 * sisters: every role with every object of the kitchen sink. */
#include "catalog/access.h"
#include "catalog/compare.h"
#include "catalog/snapshot.h"
#include "server.h"

#include <string.h>

static struct connection *connection;
static struct database *database;

/* The rows say whom and what the server lets: role, name of the object, one column a privilege. */
static const struct question {
    const char *name;
    const struct kind *kind;
    const char *objects; /* o.oid, o.place: the object's name as the test spells it */
    const char *function;
    const char *privileges;
} questions[] = {
    {"schemas", &kind_schema, "SELECT oid, nspname AS place FROM pg_namespace",
     "has_schema_privilege(r.oid, o.oid, p.word)", "USAGE CREATE"},
    {"tables", &kind_table,
     "SELECT c.oid, nspname || '/' || relname AS place FROM pg_class c JOIN pg_namespace n ON n.oid"
     " = relnamespace WHERE relkind IN ('r', 'p', 'f')",
     "has_table_privilege(r.oid, o.oid, p.word)",
     "SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN"},
    {"views", &kind_view,
     "SELECT c.oid, nspname || '/' || relname AS place FROM pg_class c JOIN pg_namespace n ON n.oid"
     " = relnamespace WHERE relkind IN ('v', 'm')",
     "has_table_privilege(r.oid, o.oid, p.word)",
     "SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN"},
    {"sequences", &kind_sequence,
     "SELECT c.oid, nspname || '/' || relname AS place FROM pg_class c JOIN pg_namespace n ON n.oid"
     " = relnamespace WHERE relkind = 'S'",
     "has_sequence_privilege(r.oid, o.oid, p.word)", "SELECT UPDATE USAGE"},
    {"functions", &kind_function,
     "SELECT p.oid, nspname || '/' || proname || '(' || oidvectortypes(proargtypes) || ')' AS place"
     " FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace",
     "has_function_privilege(r.oid, o.oid, p.word)", "EXECUTE"},
    {"types", NULL,
     "SELECT t.oid, nspname || '/' || typname AS place FROM pg_type t JOIN pg_namespace n ON n.oid"
     " = typnamespace WHERE typtype IN ('e', 'd', 'r', 'b', 'c', 'p')",
     "has_type_privilege(r.oid, o.oid, p.word)", "USAGE"},
    {"columns", &kind_column,
     "SELECT c.oid, attnum, nspname || '/' || relname || '/' || attname AS place FROM pg_class c"
     " JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = c.oid"
     " WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'f', 'v', 'm')",
     "has_column_privilege(r.oid, o.oid, o.attnum, p.word)", "SELECT INSERT UPDATE REFERENCES"},
    {"databases", &kind_catalog,
     "SELECT oid, datname AS place FROM pg_database WHERE datname = current_database()",
     "has_database_privilege(r.oid, o.oid, p.word)", "CONNECT TEMPORARY CREATE"},
};

static gint
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct collection {
    const struct question *question;
    const struct access *access;
    GHashTable *lines; /* "role|place|privilege" */
    GHashTable *places;
    char **roles; /* of the server: the catalog leaves out those that may do what all may */
};

static bool
is_of(const struct question *question, const struct kind *kind)
{
    if (question->kind != NULL)
        return kind == question->kind;
    return kind == &kind_enum_type || kind == &kind_domain || kind == &kind_composite_type ||
           kind == &kind_range_type || kind == &kind_base_type;
}

static char *
place_of(const struct object *object)
{
    if (object->kind == &kind_schema || object->kind == &kind_catalog)
        return g_strdup(object_name(object));
    if (object->kind == &kind_column)
        return g_strdup_printf("%s/%s/%s", object_schema(object), object_name(object->parent),
                               object_name(object));
    if (object->kind == &kind_function)
        return g_strdup_printf("%s/%s(%s)", object_schema(object), object_name(object),
                               ((const struct function *)(const void *)object)->argument_types);
    return g_strdup_printf("%s/%s", object_schema(object), object_name(object));
}

static void
collect(const struct object *object, void *data)
{
    struct collection *collection = data;
    if (!is_of(collection->question, object->kind))
        return;
    g_autofree char *place = g_strdelimit(place_of(object), "\n", ' ');
    g_hash_table_add(collection->places, g_strdup(place));
    for (char **role = collection->roles; *role != NULL; role++) {
        unsigned set = access_privileges(collection->access, *role, object);
        for (unsigned j = 0; j < PRIVILEGE_COUNT; j++)
            if ((set & 1U << j) != 0)
                g_hash_table_add(collection->lines,
                                 g_strdup_printf("%s|%s|%s", *role, place, privilege_word(j)));
    }
}

/* The privileges that this server knows, as an array of SQL. */
static char *
known_privileges(const struct question *question)
{
    GString *words = g_string_new(question->privileges);
    if (connection_server_version(connection) < 170000)
        g_string_replace(words, " MAINTAIN", "", 0);
    g_string_replace(words, " ", "','", 0);
    g_string_prepend(words, "ARRAY['");
    g_string_append(words, "']");
    return g_string_free(words, FALSE);
}

static void
test_matrix(gconstpointer data)
{
    const struct question *question = data;
    g_autofree char *words = known_privileges(question);
    g_autofree char *sql = g_strdup_printf(
        "SELECT rolname, replace(place, chr(10), ' '), word FROM pg_roles r CROSS JOIN (%s) o "
        "CROSS JOIN unnest(%s) "
        "p(word)"
        " WHERE rolname !~ '^pg_' AND place !~ '^(pg_|information_schema)' AND %s",
        question->objects, words, question->function);
    g_autofree char *answer = server_ask(connection, sql);
    g_auto(GStrv) expected = g_strsplit(answer, "\n", -1);
    g_autofree char *names = server_ask(connection,
                                        "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'");
    g_auto(GStrv) roles = g_strsplit(names, "\n", -1);
    struct access *access = access_new(database);
    struct collection collection = {
        question, access, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), roles};
    object_walk(database->catalog, collect, &collection);
    guint told = 0;
    for (char **line = expected; *line != NULL; line++) {
        g_auto(GStrv) parts = g_strsplit(*line, "|", 3);
        if (!g_hash_table_contains(collection.places, parts[1]))
            continue; /* of an extension */
        told++;
        if (!g_hash_table_contains(collection.lines, *line))
            g_test_message("the server allows %s", *line);
        g_assert_true(g_hash_table_remove(collection.lines, *line));
    }
    g_assert_cmpuint(told, >, 0);
    GHashTableIter iter;
    gpointer line = NULL;
    for (g_hash_table_iter_init(&iter, collection.lines);
         g_hash_table_iter_next(&iter, &line, NULL);)
        g_test_message("the server forbids %s", (const char *)line);
    g_assert_cmpuint(g_hash_table_size(collection.lines), ==, 0);
    g_hash_table_unref(collection.lines);
    g_hash_table_unref(collection.places);
    access_free(access);
}

/* Whom a role may become, and whose rights it has then alone, is what pg_has_role() says.
 * Superusers become whom they like. */
static void
test_becoming(void)
{
    bool asks_for_set = connection_server_version(connection) >= 160000;
    g_autofree char *sql = g_strdup_printf(
        "SELECT r.rolname, o.rolname FROM pg_roles r CROSS JOIN pg_roles o WHERE NOT r.rolsuper"
        " AND r.rolname ~ '^access_' AND o.rolname <> 'pg_database_owner'"
        " AND pg_has_role(r.oid, o.oid, '%s') AND NOT pg_has_role(r.oid, o.oid, 'USAGE')"
        " ORDER BY 1, 2",
        asks_for_set ? "SET" : "MEMBER");
    g_autofree char *expected = server_ask(connection, sql);
    struct access *access = access_new(database);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < database->catalog->roles.count; i++) {
        const struct role *role = &database->catalog->roles.items[i];
        g_autoptr(GPtrArray) becomes = access_becomes(access, role->name);
        for (guint j = 0; j < becomes->len && g_str_has_prefix(role->name, "access_"); j++)
            g_ptr_array_add(lines,
                            g_strdup_printf("%s|%s", role->name, (const char *)becomes->pdata[j]));
    }
    g_ptr_array_sort(lines, compare_texts);
    g_ptr_array_add(lines, NULL);
    g_autofree char *found = g_strjoinv("\n", (char **)lines->pdata);
    g_assert_cmpstr(found, ==, expected);
    g_assert_nonnull(strstr(found, "access_guest|access_reader"));
    access_free(access);
}

/* What roles are is what psql's \\du asks; each line ends with what a role is a member of. */
static void
test_roles(void)
{
    g_autofree char *expected = server_ask(
        connection,
        "SELECT rolname, rolcanlogin, rolsuper, rolinherit, rolcreaterole, rolcreatedb,"
        " rolreplication, rolbypassrls, (SELECT string_agg(g.rolname, ', ' ORDER BY g.rolname)"
        " FROM pg_roles g JOIN pg_auth_members m ON m.roleid = g.oid WHERE m.member = r.oid)"
        " FROM pg_roles r WHERE rolname ~ '^access_' AND rolname <> 'access_auditor'");
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < database->catalog->roles.count; i++) {
        const struct role *role = &database->catalog->roles.items[i];
        if (!g_str_has_prefix(role->name, "access_"))
            continue;
        const enum truth facts[] = {role->login,
                                    role->superuser,
                                    role->inherit,
                                    role->create_role,
                                    role->create_database,
                                    role->replication,
                                    role->bypass_row_security};
        GString *line = g_string_new(role->name);
        for (size_t j = 0; j < G_N_ELEMENTS(facts); j++)
            g_string_append(line, facts[j] == YES ? "|true" : "|false");
        for (size_t j = 0; j < role->memberships.count; j++)
            g_string_append_printf(line, "%s%s", j == 0 ? "|" : ", ",
                                   role->memberships.items[j].name);
        g_string_append(line, role->memberships.count == 0 ? "|" : "");
        g_ptr_array_add(lines, g_string_free(line, FALSE));
    }
    g_ptr_array_add(lines, NULL);
    g_autofree char *found = g_strjoinv("\n", (char **)lines->pdata);
    g_assert_cmpstr(found, ==, expected);
}

static const struct table *
find_table(const char *path)
{
    const struct table *table = database_find(database, "table", path);
    g_assert_nonnull(table);
    return table;
}

static void
assert_grants(const struct names *grants, const char *expected)
{
    GString *found = g_string_new(NULL);
    for (size_t i = 0; i < grants->count; i++)
        g_string_append_printf(found, "%s%s", i > 0 ? "; " : "", grants->items[i]);
    g_assert_cmpstr(found->str, ==, expected);
    g_string_free(found, TRUE);
}

static void
test_words(void)
{
    assert_grants(&find_table("shop.typed")->grants, "");
    assert_grants(&find_table("shop.numbers")->grants, "PUBLIC: SELECT");
    assert_grants(&find_table("shop.no_columns")->grants, "OWNER: nothing");
    assert_grants(&find_table("shop.orders")->grants,
                  "\"OWNER\": SELECT, INSERT; \"PUBLIC\": SELECT, INSERT; "
                  "\"access \"\"odd\"\": /=*,{}\": SELECT, INSERT; "
                  "access_reader: SELECT, INSERT");
    const struct schema *schema = database_find(database, "schema", "a");
    assert_grants(&schema->grants, "PUBLIC: USAGE; access_app: CREATE WITH GRANT OPTION; "
                                   "access_guest: CREATE");
    const struct default_privileges_list *defaults = &database->catalog->default_privileges;
    g_assert_cmpuint(defaults->count, ==, 3);
    g_assert_cmpstr(defaults->items[0].name, ==, "functions in any schema made by access_owner");
    assert_grants(&defaults->items[0].grants, "");
    g_assert_cmpstr(defaults->items[1].name, ==, "tables in any schema made by access_owner");
    assert_grants(&defaults->items[1].grants, "access_reader: SELECT");
    g_assert_cmpstr(defaults->items[2].name, ==, "tables in shop made by access_owner");
    assert_grants(&defaults->items[2].grants, "access_writer: INSERT");
}

static void
test_secrets(void)
{
    GString *text = snapshot_write(database->catalog);
    g_assert_null(strstr(text->str, "never shown"));
    g_assert_null(strstr(text->str, "canary-setting"));
    g_assert_nonnull(strstr(text->str, "app.api_token=***"));
    g_assert_nonnull(strstr(text->str, "statement_timeout=5s"));
    g_string_free(text, TRUE);
}

/* What REVOKE leaves behind is a difference where both were read alike, and none elsewhere. */
static void
test_comparison(void)
{
    static const struct {
        enum access_source before;
        enum access_source after;
        guint changes;
    } rows[] = {
        {ACCESS_OF_SERVER, ACCESS_OF_SERVER, 1},      {ACCESS_OF_DUMP, ACCESS_OF_DUMP, 1},
        {ACCESS_OF_SERVER, ACCESS_OF_MIGRATIONS, 0},  {ACCESS_OF_DUMP, ACCESS_OF_MIGRATIONS, 0},
        {access_source_UNKNOWN, ACCESS_OF_SERVER, 0}, {access_source_UNKNOWN, 0, 0},
    };
    server_run(connection, "GRANT UPDATE ON shop.numbers TO access_reader");
    struct database *later = server_read("access");
    server_run(connection, "REVOKE UPDATE ON shop.numbers FROM access_reader");
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        database->catalog->access = rows[i].before;
        later->catalog->access = rows[i].after;
        GPtrArray *changes = catalog_compare(database->catalog, later->catalog);
        g_assert_cmpuint(changes->len, ==, rows[i].changes);
        if (changes->len > 0) {
            const struct change *change = changes->pdata[0];
            g_assert_cmpstr(change->old_text, ==, "PUBLIC: SELECT");
            g_assert_cmpstr(change->new_text, ==, "PUBLIC: SELECT; access_reader: UPDATE");
        }
        g_ptr_array_unref(changes);
    }
    database->catalog->access = ACCESS_OF_SERVER;
    database_free(later);
}

/* In a throw-away cluster, what belongs to the reading role belongs to nobody known. */
static void
test_throw_away(void)
{
    GError *error = NULL;
    const struct introspect_options options = {OBSERVE_NOTHING, 2000, ACCESS_OF_DUMP};
    struct database *dump = server_read_as("access", NULL, &options, &error);
    g_assert_no_error(error);
    const struct table *own = database_find(dump, "table", "shop.orders");
    const struct table *given = database_find(dump, "table", "shop.words");
    g_assert_null(own->owner);
    g_assert_cmpstr(given->owner, ==, "access_owner");
    g_assert_null(dump->catalog->owner);
    g_assert_cmpuint(dump->catalog->settings.count, ==, 0);
    g_assert_null(database_find(dump, "role", "postgres"));
    const struct role *role = database_find(dump, "role", "access_app");
    g_assert_nonnull(role);
    g_assert_cmpint(role->login, ==, UNKNOWN);
    g_assert_cmpuint(role->memberships.count, ==, 0);
    g_assert_cmpuint(role->settings.count, ==, 0);
    database_free(dump);
}

/* Who may read nothing but the catalog sees the same of it. */
static void
test_without_rights(void)
{
    GError *error = NULL;
    const struct introspect_options options = {OBSERVE_NOTHING, 2000, access_source_UNKNOWN};
    struct database *seen = server_read_as("access", "access_app", &options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(seen->catalog->roles.count, ==, database->catalog->roles.count);
    g_assert_cmpuint(seen->catalog->grants.count, ==, database->catalog->grants.count);
    GPtrArray *changes = catalog_compare(database->catalog, seen->catalog);
    for (guint i = 0; i < changes->len; i++)
        g_test_message("%s", change_object(changes->pdata[i])->path);
    g_assert_cmpuint(changes->len, ==, 0);
    g_ptr_array_unref(changes);
    database_free(seen);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("access");
    server_load(connection, "kitchen-sink");
    server_load(connection, "access");
    database = server_read("access");
    for (size_t i = 0; i < G_N_ELEMENTS(questions); i++) {
        g_autofree char *path = g_strdup_printf("/access/%s", questions[i].name);
        g_test_add_data_func(path, &questions[i], test_matrix);
    }
    g_test_add_func("/access/roles", test_roles);
    g_test_add_func("/access/becoming", test_becoming);
    g_test_add_func("/access/words", test_words);
    g_test_add_func("/access/secrets", test_secrets);
    g_test_add_func("/access/comparison", test_comparison);
    g_test_add_func("/access/without-rights", test_without_rights);
    g_test_add_func("/access/throw-away", test_throw_away);
    int status = g_test_run();
    database_free(database);
    connection_close(connection);
    return status;
}
