/* test_server_introspect.c - the catalog of the kitchen sink beside what the server says itself:
 * its information_schema, its system views and functions, asked by names instead of by OIDs. */
#include "base/text.h"
#include "catalog/compare.h"
#include "server.h"

#include <string.h>

/* The one that loaded the fixture: its temporary tables live. */
static struct connection *connection;
static struct database *database;

struct collection {
    const struct kind *kind;
    char **facts;
    GPtrArray *lines;
};

/* "parent" is the name of the object around this one, "schema" also its schema; else a fact. */
static char *
fact(const struct object *object, const char *name)
{
    if (g_str_equal(name, "parent"))
        return g_strdup(object_name(object->parent));
    const struct field *field = kind_field(object->kind, name);
    if (field == NULL && g_str_equal(name, "schema"))
        return g_strdup(object_schema(object));
    g_assert_nonnull(field);
    if (field->type == BOOL)
        return g_strdup(field_truth(field, object) == YES ? "true" : "false");
    char *text = field_display(field, object);
    return text != NULL ? text : g_strdup("");
}

static void
collect(const struct object *object, void *data)
{
    struct collection *collection = data;
    if (object->kind != collection->kind)
        return;
    GString *line = g_string_new(NULL);
    for (char **name = collection->facts; *name != NULL; name++) {
        g_autofree char *text = fact(object, *name);
        g_string_append_printf(line, "%s%s", name > collection->facts ? "|" : "", text);
    }
    g_ptr_array_add(collection->lines, g_string_free(line, FALSE));
}

static gint
compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
catalog_facts(const struct kind *kind, const char *facts)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    struct collection collection = {kind, g_strsplit(facts, " ", -1), lines};
    object_walk(database->catalog, collect, &collection);
    g_strfreev(collection.facts);
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

/* Which schemas are ours: the fixture made the others for extensions. */
#define OURS(column)                                                                               \
    " " column " !~ '^pg_' AND " column " NOT IN ('information_schema', 'member_schema', "         \
    "'keepers')"
#define OURS_OR_GUEST(schema, name) " (" OURS(schema) " OR " name " = 'ours_among_theirs')"

enum extent { ALL, SOME }; /* whether the server's answer holds all objects of the kind */

static const struct question {
    const char *name;
    enum extent extent;
    const struct kind *kind;
    const char *facts;
    const char *sql;
} questions[] = {
    {"schemas", ALL, &kind_schema, "name comment",
     "SELECT schema_name, obj_description(quote_ident(schema_name)::regnamespace, 'pg_namespace')"
     " FROM information_schema.schemata WHERE" OURS("schema_name") " OR schema_name = 'keepers'"},
    {"extensions", ALL, &kind_extension, "name version comment",
     "SELECT name, installed_version, comment FROM pg_available_extensions"
     " WHERE installed_version IS NOT NULL"},
    {"tables", ALL, &kind_table, "schema name comment",
     "SELECT table_schema, table_name,"
     " obj_description(format('%I.%I', table_schema, table_name)::regclass, 'pg_class')"
     " FROM information_schema.tables WHERE table_type <> 'VIEW' AND (" OURS(
         "table_schema") " OR table_name = 'ours_among_theirs')"},
    {"kinds of tables", ALL, &kind_table, "schema name kind row_security",
     "SELECT schemaname, tablename, CASE WHEN EXISTS (SELECT FROM pg_partitioned_table p WHERE"
     " p.partrelid = format('%I.%I', schemaname, tablename)::regclass) THEN 'partitioned' ELSE"
     " 'ordinary' END, rowsecurity FROM pg_tables WHERE" OURS(
         "schemaname") " OR tablename = 'ours_among_theirs' UNION ALL SELECT foreign_table_schema,"
                       " foreign_table_name, 'foreign', false FROM "
                       "information_schema.foreign_tables"},
    {"servers of tables", ALL, &kind_table, "schema name server",
     "SELECT table_schema, table_name, (SELECT foreign_server_name FROM"
     " information_schema.foreign_tables WHERE foreign_table_schema = table_schema AND"
     " foreign_table_name = table_name) FROM information_schema.tables WHERE table_type <> 'VIEW'"
     " AND (" OURS("table_schema") " OR table_name = 'ours_among_theirs')"},
    {"columns", ALL, &kind_column, "schema parent name not_null identity",
     "SELECT table_schema, table_name, column_name,"
     " is_nullable = 'NO' AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid ="
     " format('%I.%I', table_schema, table_name)::regclass AND a.attname = column_name AND"
     " a.attnotnull), lower(coalesce(identity_generation, 'none'))"
     " FROM information_schema.columns WHERE" OURS(
         "table_schema") " OR table_name = 'ours_among_theirs'"
                         " UNION ALL SELECT schemaname, matviewname, attname, false, 'none' FROM "
                         "pg_matviews"
                         " JOIN pg_attribute ON attrelid = format('%I.%I', schemaname, "
                         "matviewname)::regclass"
                         " WHERE attnum > 0 AND NOT attisdropped"},
    {"places of columns", ALL, &kind_column, "schema parent position name",
     "SELECT table_schema, table_name, row_number() OVER (PARTITION BY table_schema, table_name"
     " ORDER BY ordinal_position), column_name"
     " FROM information_schema.columns WHERE" OURS(
         "table_schema") " OR table_name = 'ours_among_theirs'"
                         " UNION ALL SELECT schemaname, matviewname, attnum, attname FROM "
                         "pg_matviews"
                         " JOIN pg_attribute ON attrelid = format('%I.%I', schemaname, "
                         "matviewname)::regclass"
                         " WHERE attnum > 0"},
    {"views", ALL, &kind_view, "schema name definition",
     "SELECT schemaname, viewname, definition FROM pg_views WHERE" OURS(
         "schemaname") " UNION ALL SELECT schemaname, matviewname, definition FROM pg_matviews"},
    {"indexes", ALL, &kind_index, "schema parent name definition",
     "SELECT schemaname, tablename, indexname, indexdef FROM pg_indexes WHERE" OURS(
         "schemaname") " OR tablename = 'ours_among_theirs'"},
    {"sequences", ALL, &kind_sequence,
     "schema name type start minimum maximum increment cycle cache",
     "SELECT schemaname, sequencename, data_type, start_value, min_value, max_value, increment_by,"
     " cycle, cache_size FROM pg_sequences WHERE" OURS("schemaname")},
    {"policies", ALL, &kind_policy, "schema parent name permissive command using_expression",
     "SELECT schemaname, tablename, policyname, permissive = 'PERMISSIVE', cmd, qual"
     " FROM pg_policies WHERE" OURS("schemaname")},
    {"domains", ALL, &kind_domain, "schema name default_value",
     "SELECT domain_schema, domain_name, domain_default FROM information_schema.domains"
     " WHERE" OURS("domain_schema") " AND domain_name NOT IN ('earth')"},
    {"composite types", ALL, &kind_composite_type, "schema name",
     "SELECT user_defined_type_schema, user_defined_type_name"
     " FROM information_schema.user_defined_types WHERE" OURS("user_defined_type_schema")},
    {"attributes", ALL, &kind_attribute, "schema parent name",
     "SELECT udt_schema, udt_name, attribute_name FROM information_schema.attributes"
     " WHERE" OURS("udt_schema")},
    {"labels", ALL, &kind_enum_type, "schema name labels",
     "SELECT nspname, typname, (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder)"
     " FROM pg_enum WHERE enumtypid = y.oid) FROM pg_type y JOIN pg_namespace n"
     " ON n.oid = typnamespace WHERE typtype = 'e' AND" OURS("nspname")},
    {"ranges", ALL, &kind_range_type, "schema name subtype multirange",
     "SELECT nspname, typname, rngsubtype::regtype, rngmultitypid::regtype FROM pg_range"
     " JOIN pg_type y ON y.oid = rngtypid JOIN pg_namespace n ON n.oid = typnamespace"
     " WHERE" OURS("nspname")},
    {"base types", ALL, &kind_base_type, "schema name defined",
     "SELECT 'shop', 'shell', false UNION ALL SELECT 'shop', 'tiny', true"},
    {"keys", ALL, &kind_constraint, "schema parent name kind",
     "SELECT table_schema, table_name, constraint_name, lower(constraint_type)"
     " FROM information_schema.table_constraints t WHERE (" OURS(
         "table_schema") " OR table_name = 'ours_among_theirs') AND constraint_name !~ "
                         "'^[0-9]+_[0-9]+_[0-9]+_not_null$'"
                         " AND NOT (constraint_type = 'FOREIGN KEY' AND EXISTS (SELECT FROM "
                         "pg_constraint k"
                         " JOIN pg_class r ON r.oid = k.confrelid WHERE k.conname = "
                         "t.constraint_name AND"
                         " k.conrelid = format('%I.%I', t.table_schema, t.table_name)::regclass "
                         "AND r.relispartition))"
                         " UNION ALL SELECT 'shop', 'orders', 'orders_room_once', 'exclusion'"
                         " UNION ALL SELECT 'shop', 'abroad', 'abroad_check', 'check'"},
    {"rules of foreign keys", SOME, &kind_constraint, "schema name match on_update on_delete",
     "SELECT DISTINCT constraint_schema, constraint_name, CASE match_option WHEN 'NONE' THEN "
     "'simple'"
     " ELSE lower(match_option) END, lower(update_rule), lower(delete_rule)"
     " FROM information_schema.referential_constraints WHERE constraint_name IN ('orders_customer',"
     " 'orders_parent', 'select_user_fkey', 'event_notes_event', 'since_15_c')"},
    {"triggers", ALL, &kind_trigger, "schema parent name timing",
     "SELECT DISTINCT event_object_schema, event_object_table, trigger_name, action_timing"
     " FROM information_schema.triggers WHERE" OURS(
         "event_object_schema") " UNION ALL SELECT 'shop', 'customers', 'customers_truncate', "
                                "'AFTER'"},
    {"routines", SOME, &kind_function, "schema name kind language",
     "SELECT routine_schema, routine_name, lower(routine_type), lower(external_language)"
     " FROM information_schema.routines WHERE routine_schema = 'shop' AND routine_type IS NOT NULL"
     " AND routine_name NOT IN ('float_range', 'text_range', 'named_range', 'own_window',"
     " 'float_multirange', 'text_multirange', 'Many Ranges')"},
};

/* Ends the test with the first line of `lines` that is not among the others. */
static void
assert_within(const char *lines, const char *others, const char *where)
{
    g_auto(GStrv) known = g_strsplit(others, "\n", -1);
    g_auto(GStrv) asked = g_strsplit(lines, "\n", -1);
    for (char **line = asked; *line != NULL; line++)
        if (!g_strv_contains((const char *const *)known, *line))
            g_error("not in %s: %s", where, *line);
}

static void
assert_same(const char *ours, const char *theirs)
{
    assert_within(theirs, ours, "the catalog");
    assert_within(ours, theirs, "the server's answer");
    g_assert_cmpstr(ours, ==, theirs);
}

static void
test_question(gconstpointer data)
{
    const struct question *question = data;
    g_autofree char *theirs = server_ask(connection, question->sql);
    g_autofree char *ours = catalog_facts(question->kind, question->facts);
    g_assert_cmpstr(theirs, !=, "");
    if (question->extent == ALL)
        assert_same(ours, theirs);
    else
        assert_within(theirs, ours, "the catalog");
}

/* Every path of a function is what PostgreSQL takes for its identity, and none is missing. */
static void
test_functions(void)
{
    g_autoptr(GString) list = g_string_new("SELECT NULL::text AS f WHERE false");
    const struct function_list *functions = &database->catalog->functions;
    for (size_t i = 0; i < functions->count; i++) {
        g_autofree char *path = sql_quote_literal(functions->items[i].object.path);
        g_string_append_printf(list, " UNION ALL SELECT to_regprocedure(%s)::text", path);
    }
    g_autofree char *ours = server_ask(connection, list->str);
    g_autofree char *theirs = server_ask(
        connection, "SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON"
                    " n.oid = pronamespace WHERE (nspname = 'shop' AND NOT EXISTS (SELECT FROM"
                    " pg_range r JOIN pg_type y ON y.oid IN (rngtypid, rngmultitypid) WHERE"
                    " typname = proname AND typnamespace = pronamespace))");
    assert_same(ours, theirs);
    g_assert_cmpuint(functions->count, >, 20);
}

/* The text of every aggregate makes the same aggregate again. */
static void
test_aggregates(void)
{
    const char *count = "SELECT count(*) FROM pg_aggregate a JOIN pg_proc p ON p.oid = aggfnoid"
                        " WHERE pronamespace = 'shop'::regnamespace";
    g_autofree char *before = server_ask(connection, count);
    server_run(connection, "BEGIN; SET LOCAL search_path = ''");
    const struct function_list *functions = &database->catalog->functions;
    for (size_t i = 0; i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        if (function->kind != FUNCTION_AGGREGATE)
            continue;
        g_autofree char *name = sql_quote_qualified(function->schema, function->name);
        const char *arguments = *function->argument_types ? function->arguments : "*";
        g_autofree char *look = g_strdup_printf(
            "SELECT aggkind, aggnumdirectargs, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,"
            " aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn, aggfinalextra,"
            " aggmfinalextra, aggfinalmodify, aggmfinalmodify, aggsortop, aggtranstype,"
            " aggtransspace, aggmtranstype, aggmtransspace, agginitval, aggminitval, proparallel,"
            " proargtypes, provariadic FROM pg_catalog.pg_aggregate JOIN pg_catalog.pg_proc p ON"
            " p.oid = aggfnoid WHERE proname = (SELECT proname FROM pg_catalog.pg_proc WHERE"
            " oid = '%s(%s)'::pg_catalog.regprocedure) AND pronamespace::pg_catalog.regnamespace"
            "::text = 'shop'",
            name, function->argument_types);
        g_autofree char *drop = g_strdup_printf("DROP AGGREGATE %s(%s)", name, arguments);
        g_autofree char *was = server_ask(connection, look);
        server_run(connection, drop);
        server_run(connection, function->definition);
        g_autofree char *is = server_ask(connection, look);
        g_assert_cmpstr(is, ==, was);
        g_assert_cmpstr(is, !=, "");
    }
    g_autofree char *after = server_ask(connection, count);
    g_assert_cmpstr(after, ==, before);
    g_assert_cmpstr(after, ==, "7");
    server_run(connection, "ROLLBACK");
}

static void
test_reads(void)
{
    const struct view_list *views = &database->catalog->views;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < views->count; i++) {
        const struct view *view = &views->items[i];
        for (size_t j = 0; view->materialized == NO && j < view->reads.count; j++) {
            const struct object *relation = view->reads.items[j].object;
            g_assert_nonnull(relation);
            g_ptr_array_add(lines, g_strdup_printf("%s|%s|%s|%s", view->schema, view->name,
                                                   object_schema(relation), object_name(relation)));
        }
    }
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    g_autofree char *ours = g_strjoinv("\n", (char **)lines->pdata);
    g_autofree char *theirs = server_ask(
        connection, "SELECT view_schema, view_name, table_schema, table_name FROM"
                    " information_schema.view_table_usage WHERE" OURS("view_schema"));
    assert_same(ours, theirs);
    const struct view *totals = database_find(database, "view", "shop.on_totals");
    g_assert_cmpstr(totals->reads.items[0].path, ==, "shop.totals");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("sink");
    server_load(connection, "kitchen-sink");
    server_run(connection, "SET search_path = ''");
    database = server_read("sink");
    for (size_t i = 0; i < G_N_ELEMENTS(questions); i++) {
        g_autofree char *path = g_strdup_printf("/introspect/server/%s", questions[i].name);
        g_test_add_data_func(path, &questions[i], test_question);
    }
    g_test_add_func("/introspect/functions", test_functions);
    g_test_add_func("/introspect/aggregates", test_aggregates);
    g_test_add_func("/introspect/reads", test_reads);
    int status = g_test_run();
    database_free(database);
    connection_close(connection);
    return status;
}
