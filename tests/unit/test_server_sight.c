/* test_server_sight.c - a role that may not use a part of the server's own catalog reads all the
 * rest: each part is taken away in turn. */
#include "catalog/access.h"
#include "catalog/catalog.h"
#include "catalog/known.h"
#include "catalog/snapshot.h"
#include "checks/checks.h"
#include "introspect/statements.h"
#include "server.h"

#include <string.h>

static const struct introspect_options options = {
    .observe = OBSERVE_STATISTICS,
    .lock_timeout = 2000,
};

static struct connection *connection;

static struct database *
read_as(const char *role)
{
    GError *error = NULL;
    struct database *database = server_read_as("sight", role, &options, &error);
    g_assert_no_error(error);
    return database;
}

/* ---- what there is to take away ---- */

/* What looks into the catalog; without the server's arithmetic there is no session to speak of. */
static bool
looks_into_catalog(const char *name)
{
    static const char *const others[] = {
        "acldefault", "age", "format_type", "mxid_age", "oidvectortypes", "ts_token_type", NULL};
    static const char *const not [] = {"pg_backend_pid", "pg_char_to_encoding", "pg_stat_activity",
                                       "pg_locks", NULL};
    return g_strv_contains(others, name) ||
           (g_str_has_prefix(name, "pg_") && !g_strv_contains(not, name));
}

/* "pg_class", "pg_get_viewdef()": all that any statement names. */
static GHashTable *
find_names(void)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GRegex) regex = g_regex_new("(?<!::)(?<!')pg_catalog\\.([a-z_]+)(\\(?)", 0, 0, NULL);
    g_autoptr(GPtrArray) statements = statements_list(OBSERVE_FILES);
    for (guint i = 0; i < statements->len; i++) {
        const struct statement *statement = statements->pdata[i];
        g_autoptr(GMatchInfo) match = NULL;
        g_regex_match(regex, statement->sql, 0, &match);
        for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
            g_autofree char *name = g_match_info_fetch(match, 1);
            g_autofree char *bracket = g_match_info_fetch(match, 2);
            if (looks_into_catalog(name))
                g_hash_table_add(names, g_strconcat(name, *bracket != '\0' ? "()" : "", NULL));
        }
    }
    return names;
}

static void
set_right(const char *verb, const char *direction, const char *name)
{
    g_autofree char *sql = NULL;
    if (g_str_has_suffix(name, "()"))
        sql = g_strdup_printf(
            "DO $$ DECLARE f text; BEGIN FOR f IN SELECT oid::regprocedure::text FROM pg_proc "
            "WHERE proname || '()' = '%s' AND pronamespace = 'pg_catalog'::regnamespace LOOP "
            "EXECUTE '%s EXECUTE ON FUNCTION ' || f || ' %s PUBLIC'; END LOOP; END $$",
            name, verb, direction);
    else
        sql = g_strdup_printf("DO $$ BEGIN IF to_regclass('pg_catalog.%s') IS NOT NULL THEN "
                              "%s SELECT ON pg_catalog.%s %s PUBLIC; END IF; END $$",
                              name, verb, name, direction);
    server_run(connection, sql);
}

/* ---- what remains ---- */

static void
clear_fact(const struct field *field, struct object *object, const struct catalog *like)
{
    void *place = (char *)object + field->offset;
    g_autofree char *words = unseen_words(like);
    g_autofree char *comment = g_strdup_printf("/* %s */", words);
    switch (field->type) {
    case TEXT:
    case SQL:
        *(const char **)place = (field->flags & REQUIRED) != 0 ? g_intern_string(comment) : NULL;
        break;
    case BOOL:
    case ENUM:
        memset(place, 0, sizeof(unsigned));
        break;
    case NUMBER:
        *(int64_t *)place = NUMBER_UNKNOWN;
        break;
    case NAMES:
        memset(place, 0, sizeof(struct names));
        break;
    case REF:
        memset(place, 0, sizeof(struct ref));
        break;
    case REFS:
        memset(place, 0, sizeof(struct refs));
        break;
    case LIST:
        memset(place, 0, sizeof(struct list));
        break;
    }
}

static void
clear_unseen(const struct object *object, void *data)
{
    const struct catalog *like = data;
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        g_autofree char *fact = g_strdup_printf("%s.%s", object->kind->name, field->name);
        if (names_contain(&like->unseen, fact))
            clear_fact(field, (struct object *)(guintptr)object, like);
    }
}

/* Whether all that the one does not know is all in which it differs from the whole. */
static void
check_same(struct database *whole, const struct database *part, const char *name)
{
    whole->catalog->unknown = part->catalog->unknown;
    whole->catalog->unseen = part->catalog->unseen;
    whole->catalog->unseen_by = part->catalog->unseen_by;
    object_walk(whole->catalog, clear_unseen, part->catalog);
    g_autoptr(GString) wanted = snapshot_write(whole->catalog);
    g_autoptr(GString) got = snapshot_write(part->catalog);
    if (!g_str_equal(wanted->str, got->str))
        g_error("without %s, more differs than what is not visible:\n%s\n\n%s", name, wanted->str,
                got->str);
}

static char *
finding_key(const struct finding *finding)
{
    const struct object *object = finding->object;
    return g_strdup_printf("%s %s", finding->slug, object == NULL ? "" : object->path);
}

/* Nothing is found to be missing that is only not visible. */
static void
check_findings(struct database *whole, struct database *part, const char *name)
{
    const struct config config = {.profile = PROFILE_STRICT};
    const struct model_parts whole_parts = {.database = whole, .config = &config};
    const struct model_parts parts = {.database = part, .config = &config};
    struct model *whole_model = model_new(&whole_parts);
    struct model *model = model_new(&parts);
    struct findings *all = findings_new(whole_model, NULL, NULL);
    struct findings *findings = findings_new(model, NULL, NULL);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < all->count; i++)
        g_hash_table_add(known, finding_key(&all->items[i]));
    for (size_t i = 0; i < findings->count; i++) {
        g_autofree char *key = finding_key(&findings->items[i]);
        if (!g_hash_table_contains(known, key))
            g_error("without %s, there is a finding: %s", name, key);
    }
    findings_free(findings);
    findings_free(all);
    model_free(model);
    model_free(whole_model);
}

static struct database *
copy_of(const GString *snapshot)
{
    GError *error = NULL;
    struct database *copy = database_new();
    snapshot_read(copy, "whole.json", snapshot, NULL, &error);
    g_assert_no_error(error);
    database_finish(copy);
    return copy;
}

static void
test_each(void)
{
    g_autoptr(GHashTable) names = find_names();
    g_autoptr(GList) list = g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);
    struct database *whole = read_as("bare");
    g_assert_cmpuint(whole->catalog->unseen.count, ==, 0);
    g_autoptr(GString) snapshot = snapshot_write(whole->catalog);
    size_t lost = 0;
    for (GList *item = list; item != NULL; item = item->next) {
        const char *name = item->data;
        set_right("REVOKE", "FROM", name);
        struct database *part = read_as("bare");
        set_right("GRANT", "TO", name);
        lost += part->catalog->unseen.count > 0;
        struct database *copy = copy_of(snapshot);
        check_findings(copy, part, name);
        check_same(copy, part, name);
        database_free(copy);
        database_free(part);
    }
    database_free(whole);
    g_assert_cmpuint(lost, >, 60);
}

/* A role that may do nothing but connect reads what a superuser reads, but for rows. */
static void
test_bare(void)
{
    struct database *whole = read_as(NULL);
    struct database *bare = read_as("bare");
    whole->catalog->histories.count = 0;
    bare->catalog->histories.count = 0;
    g_autoptr(GString) wanted = snapshot_write(whole->catalog);
    g_autoptr(GString) got = snapshot_write(bare->catalog);
    g_assert_true(g_str_equal(got->str, wanted->str));
    g_assert_true(access_is_seen(bare->catalog));
    database_free(whole);
    database_free(bare);
}

/* One column of a catalog is hidden, and in it one fact. */
static void
test_column(void)
{
    struct database *before = read_as("bare");
    server_run(connection,
               "REVOKE SELECT ON pg_catalog.pg_proc FROM PUBLIC; DO $$ BEGIN EXECUTE (SELECT "
               "format('GRANT SELECT (%s) ON pg_catalog.pg_proc TO PUBLIC', string_agg(attname, "
               "', ')) FROM pg_attribute WHERE attrelid = 'pg_catalog.pg_proc'::regclass AND "
               "attname NOT IN ('proconfig', 'prosrc')); END $$");
    struct database *after = read_as("bare");
    server_run(connection, "GRANT SELECT ON pg_catalog.pg_proc TO PUBLIC");
    g_assert_cmpuint(after->catalog->unseen.count, ==, 1);
    g_assert_cmpstr(after->catalog->unseen.items[0], ==, "function.settings");
    g_assert_cmpstr(after->catalog->unseen_by, ==, "bare");
    check_same(before, after, "pg_proc.proconfig");
    database_free(before);
    database_free(after);
}

/* What stands where a definition must be, whatever the role is called. */
static void
test_words(void)
{
    server_run(connection, "DROP ROLE IF EXISTS \"a*/b\"; CREATE ROLE \"a*/b\" LOGIN; "
                           "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_get_viewdef(oid) FROM PUBLIC; "
                           "REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC");
    struct database *database = read_as("a*/b");
    server_run(connection, "GRANT EXECUTE ON FUNCTION pg_catalog.pg_get_viewdef(oid) TO PUBLIC; "
                           "GRANT SELECT ON pg_catalog.pg_policy TO PUBLIC; DROP ROLE \"a*/b\"");
    const struct view *view = database_find(database, "view", "shop.first_orders");
    g_assert_cmpstr(view->definition, ==, "/* not visible to a* /b */");
    g_assert_false(catalog_tells(database->catalog, &kind_table, "policies"));
    g_assert_false(catalog_sees(database->catalog, &kind_table, "policies"));
    g_assert_false(access_is_seen(database->catalog));
    g_assert_true(catalog_sees(database->catalog, &kind_table, "triggers"));
    g_autofree char *facts = unseen_facts(database->catalog, NULL);
    g_assert_cmpstr(facts, ==, "policies, definition");
    database_free(database);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("sight");
    server_load(connection, "kitchen-sink");
    server_run(connection, "DROP ROLE IF EXISTS bare; CREATE ROLE bare LOGIN");
    g_test_add_func("/sight/bare", test_bare);
    g_test_add_func("/sight/column", test_column);
    g_test_add_func("/sight/words", test_words);
    g_test_add_func("/sight/each", test_each);
    int status = g_test_run();
    connection_close(connection);
    return status;
}
