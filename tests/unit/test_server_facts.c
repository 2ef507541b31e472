/* test_server_facts.c - what dbdoc must say of the kitchen sink, written down by hand: facts that
 * no system view of the server tells in the same words. */
#include "base/text.h"
#include "catalog/compare.h"
#include "server.h"

#include <string.h>

static struct connection *connection;
static struct database *database;

static void
count_comments(const struct object *object, void *data)
{
    const struct field *field = kind_field(object->kind, "comment");
    if (field != NULL && object->kind != &kind_extension && object->kind != &kind_catalog)
        *(unsigned *)data += field_text(field, object) != NULL;
}

/* As many as COMMENT statements of the fixture reached the server, and each where it belongs. */
static void
test_comments(void)
{
    unsigned count = 0;
    object_walk(database->catalog, count_comments, &count);
    g_autofree char *ours = g_strdup_printf("%u", count);
    g_autofree char *theirs = server_ask(
        connection, "SELECT count(*) FROM pg_description d WHERE (objoid >= 16384 OR objoid ="
                    " 'public'::regnamespace) AND classoid <> 'pg_extension'::regclass AND NOT"
                    " EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid ="
                    " d.objoid AND e.deptype = 'e')");
    g_assert_cmpstr(ours, ==, theirs);
    static const struct {
        const char *word;
        const char *path;
        const char *comment;
    } some[] = {
        {"schema", "public", "Where people begin."},
        {"type", "shop.positive", "Above zero."},
        {"constraint", "shop.positive.positive_only", "Zero would be free."},
        {"attribute", "shop.point.x", "East."},
        {"type", "shop.shell", "Never finished."},
        {"type", "shop.float_range", "From and to."},
        {"sequence", "shop.counter", "Counts by five."},
        {"constraint", "shop.customers.customers_pkey", "Who is who."},
        {"index", "shop.customers_pkey", "The same, as an index."},
        {"constraint", "shop.orders.orders_room_once", "One order per room and time."},
        {"column", "shop.typed.x", "Of a type."},
        {"table", "shop.abroad", "Elsewhere."},
        {"column", "shop.open_orders.email", "Of the customer."},
        {"view", "shop.totals", "By status."},
        {"column", "shop.totals.orders", "How many."},
        {"index", "shop.totals_status", "For REFRESH CONCURRENTLY."},
        {"function", "shop.add(integer, integer)", "Adds."},
        {"function", "shop.tidy(integer, text)", "Tidies up."},
        {"function", "shop.plus(numeric)", "Sums."},
        {"trigger", "shop.customers.customers_touch", "Touches."},
        {"trigger", "shop.open_orders.view_trigger", "Instead."},
        {"policy", "shop.customers.reading", "Own rows only."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(some); i++) {
        const struct object *object = database_find(database, some[i].word, some[i].path);
        g_assert_nonnull(object);
        g_assert_cmpstr(field_text(kind_field(object->kind, "comment"), object), ==,
                        some[i].comment);
    }
}

static void
refuse_hidden(const struct object *object, void *data)
{
    (void)data;
    const char *name = object_name(object);
    const char *schema = object_schema(object);
    if (object->kind == &kind_extension || schema == NULL)
        return;
    if (strstr(name, "member_") != NULL || strstr(name, "passing") != NULL ||
        g_str_equal(schema, "member_schema") || g_str_has_prefix(schema, "pg_") ||
        (g_str_equal(schema, "keepers") && object->kind != &kind_schema &&
         strstr(object->path, "ours_among_theirs") == NULL))
        g_error("%s %s should be hidden", object->kind->word, object->path);
}

static void
test_hidden(void)
{
    object_walk(database->catalog, refuse_hidden, NULL);
    const struct extension *citext = database_find(database, "extension", "citext");
    const char *const members[] = {
        "schema member_schema",           "table member_schema.member_table",
        "view member_schema.member_view", "function member_schema.member_function()",
        "type member_schema.member_enum", "type public.citext",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        bool found = false;
        for (size_t j = 0; j < citext->members.count; j++)
            found = found || g_str_equal(citext->members.items[j], members[i]);
        if (!found)
            g_error("%s is not listed", members[i]);
    }
    g_assert_nonnull(database_find(database, "index", "keepers.ours_among_theirs_pkey"));
}

static void
note_dangling(const struct object *object, void *data)
{
    GHashTable *dangling = data;
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        if (field->type == REF && field_ref(field, object)->path != NULL &&
            field_ref(field, object)->object == NULL)
            g_hash_table_add(
                dangling, g_strdup_printf("%s %s", field->target, field_ref(field, object)->path));
        if (field->type != REFS)
            continue;
        for (size_t j = 0; j < field_refs(field, object)->count; j++)
            g_assert_nonnull(field_refs(field, object)->items[j].object);
    }
}

/* References lead somewhere, but for what belongs to extensions and to PostgreSQL. */
static void
test_references(void)
{
    g_autoptr(GHashTable) dangling = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    object_walk(database->catalog, note_dangling, dangling);
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(dangling), (GCompareFunc)strcmp);
    g_autoptr(GString) text = g_string_new(NULL);
    for (GList *name = names; name != NULL; name = name->next)
        g_string_append_printf(text, "%s\n", (const char *)name->data);
    g_assert_cmpstr(text->str, ==,
                    database->catalog->postgresql < 14
                        ? "function pg_catalog.tsvector_update_trigger()\n"
                          "type public.citext\n"
                        : "function pg_catalog.tsvector_update_trigger()\n"
                          "type public.citext\n"
                          "type shop.\"Many Ranges\"\n");
}

static const char *
text_of(const char *word, const char *path, const char *name)
{
    const struct object *object = database_find(database, word, path);
    if (object == NULL)
        g_error("%s %s is missing", word, path);
    g_autofree char *text = field_display(kind_field(object->kind, name), object);
    return text == NULL ? NULL : arena_intern(database->arena, text);
}

/* Facts that no system view tells, written down by hand. */
static const struct fact {
    const char *word;
    const char *path;
    const char *name;
    const char *text;
} facts[] = {
    {"column", "shop.customers.status", "type_object", "shop.order_status"},
    {"column", "shop.customers.history", "type_object", "shop.order_status"},
    {"column", "shop.customers.states", "type_object", "shop.states"},
    {"column", "shop.customers.place", "type_object", "shop.point"},
    {"column", "shop.customers.german", "collation", "shop.german"},
    {"column", "shop.customers.plain", "collation", "C"},
    {"column", "shop.customers.name", "collation", NULL},
    {"column", "shop.customers.name", "options", "statistics=500"},
    {"column", "shop.customers.score", "options", "n_distinct=-0.5, n_distinct_inherited=7"},
    {"column", "shop.customers.doc", "options", "storage=external"},
    {"column", "shop.customers.email", "options", NULL},
    {"column", "shop.customers.seen", "default_value",
     "'2020-01-01 10:00:00+00'::timestamp with time zone"},
    {"column", "shop.customers.total", "generated", "stored"},
    {"column", "shop.customers.total", "generation_expression", "(price * (2)::numeric)"},
    {"column", "shop.customers.total", "default_value", NULL},
    {"column", "shop.numbers.always", "identity", "always"},
    {"column", "shop.numbers.by_default", "identity", "by default"},
    {"column", "shop.numbers.plain_serial", "identity", "none"},
    {"column", "shop.child.id", "inherited", "yes"},
    {"column", "shop.child.own", "inherited", "no"},
    {"column", "shop.open_orders.number", "default_value", "5"},
    {"table", "shop.typed", "of_type", "shop.point"},
    {"table", "shop.child", "inherits", "shop.parent_two, shop.parent_one"},
    {"table", "shop.scratch", "unlogged", "yes"},
    {"table", "shop.scratch", "options",
     "autovacuum_enabled=false, fillfactor=70, toast.autovacuum_enabled=false"},
    {"table", "shop.scratch", "replica_identity", "nothing"},
    {"table", "shop.orders", "replica_identity", "index"},
    {"table", "shop.orders", "forced_row_security", "yes"},
    {"table", "shop.events", "partition_key", "LIST (region)"},
    {"table", "shop.events_eu", "partition_of", "shop.events"},
    {"table", "shop.events_eu", "partition_bound", "FOR VALUES IN ('de', 'it''s', NULL)"},
    {"table", "shop.events_eu_rest", "partition_bound", "DEFAULT"},
    {"table", "shop.events_eu_rest_1", "partition_bound",
     "FOR VALUES WITH (modulus 2, remainder 1)"},
    {"table", "shop.by_expression", "partition_key",
     "RANGE (lower(a) COLLATE \"C\" text_pattern_ops, ((b + 1)))"},
    {"sequence", "shop.customers_id_seq", "owned_by", "shop.customers.id"},
    {"sequence", "shop.customers_id_seq", "identity", "no"},
    {"sequence", "shop.numbers_always_seq", "owned_by", "shop.numbers.always"},
    {"sequence", "shop.numbers_always_seq", "identity", "yes"},
    {"sequence", "shop.owned_by_hand", "owned_by", "shop.numbers.owned"},
    {"sequence", "shop.downwards", "minimum", "-9223372036854775808"},
    {"sequence", "shop.old_downwards", "minimum", "-9223372036854775807"},
    {"constraint", "shop.orders.orders_customer", "deferrable", "yes"},
    {"constraint", "shop.orders.orders_customer", "initially_deferred", "yes"},
    {"constraint", "shop.orders.orders_customer", "on_update", "set default"},
    {"constraint", "shop.orders.orders_parent", "match", "full"},
    {"constraint", "shop.orders.orders_parent", "validated", "no"},
    {"constraint", "shop.orders.orders_parent", "columns", "parent_customer, parent_number"},
    {"constraint", "shop.orders.orders_parent", "referenced_columns", "customer_id, number"},
    {"constraint", "shop.orders.orders_room_once", "kind", "exclusion"},
    {"constraint", "shop.orders.orders_once", "index", "shop.orders_once"},
    {"constraint", "shop.events_us.events_customer_id_fkey", "inherited", "yes"},
    {"constraint", "shop.grandchild.parent_check", "inherited", "yes"},
    {"index", "shop.orders_once", "clustered", "yes"},
    {"index", "shop.orders_once", "replica_identity", "yes"},
    {"index", "shop.orders_pkey", "immediate", "no"},
    {"index", "shop.orders_pkey", "included", "room"},
    {"index", "shop.orders_room_once", "exclusion", "yes"},
    {"index", "shop.events_only", "valid", "no"},
    {"index", "shop.events_customer", "valid", "yes"},
    {"index", "shop.events_us_customer_id_idx", "partition_of", "shop.events_customer"},
    {"index", "shop.customers_mixed", "included", "email, score"},
    {"index", "shop.customers_mixed", "options", "deduplicate_items=off, fillfactor=60"},
    {"index", "shop.customers_mixed", "predicate", "((price > 1.5) AND (plain IS NOT NULL))"},
    {"key", "shop.customers_mixed.1", "column", "status"},
    {"key", "shop.customers_mixed.1", "descending", "yes"},
    {"key", "shop.customers_mixed.1", "nulls_first", "yes"},
    {"key", "shop.customers_mixed.2", "collation", "C"},
    {"key", "shop.customers_mixed.2", "operator_class", "varchar_pattern_ops"},
    {"key", "shop.customers_mixed.2", "default_operator_class", "no"},
    {"key", "shop.customers_mixed.2", "nulls_first", "yes"},
    {"key", "shop.customers_mixed.3", "column", NULL},
    {"key", "shop.customers_mixed.3", "expression", "lower(plain)"},
    {"key", "shop.customers_mixed.3", "nulls_first", "no"},
    {"key", "shop.customers_trigram.1", "operator_class", "public.gist_trgm_ops"},
    {"key", "shop.customers_german.1", "collation", "shop.german"},
    {"key", "shop.customers_german.1", "default_collation", "yes"},
    {"key", "shop.customers_german.2", "default_collation", "no"},
    {"trigger", "shop.customers.customers_constraint", "constraint", "yes"},
    {"trigger", "shop.customers.customers_batch", "enabled", "replica"},
    {"trigger", "shop.customers.customers_truncate", "enabled", "disabled"},
    {"trigger", "shop.customers.customers_truncate", "events", "TRUNCATE"},
    {"trigger", "shop.customers.customers_touch", "events", "INSERT, UPDATE"},
    {"trigger", "shop.customers.customers_touch", "for_each_row", "yes"},
    {"trigger", "shop.customers.\"Odd \"\"trigger\"\"\"", "enabled", "always"},
    {"trigger", "shop.events_eu_rest_0.events_touch", "inherited", "yes"},
    {"trigger", "shop.open_orders.view_trigger", "timing", "INSTEAD OF"},
    {"policy", "shop.customers.reading", "roles", "pg_monitor, pg_read_all_stats"},
    {"policy", "shop.customers.changing", "check_expression", "(id > 0)"},
    {"policy", "shop.orders.\"All \"\"of\"\" it\"", "roles", "public"},
    {"view", "shop.first_orders", "options", "check_option=local, security_barrier=true"},
    {"view", "shop.totals", "materialized", "yes"},
    {"type", "shop.odd_labels", "labels", ", a,b, \", {, \\, NULL, null,  , ä, <b>"},
    {"type", "shop.no_labels", "labels", NULL},
    {"type", "shop.small_positive", "type", "shop.positive"},
    {"type", "shop.small_positive", "type_object", "shop.positive"},
    {"type", "shop.states", "type_object", "shop.order_status"},
    {"type", "shop.positive", "not_null", "yes"},
    {"type", "shop.word", "collation", "C"},
    {"constraint", "shop.late.late_check", "validated", "no"},
    {"type", "shop.float_range", "difference_function", "shop.float_difference"},
    {"type", "shop.text_range", "operator_class", "text_pattern_ops"},
    {"type", "shop.tiny", "input_function", "shop.tiny_in"},
    {"attribute", "shop.point.status", "position", "4"},
    {"attribute", "shop.point.label", "collation", "C"},
    {"function", "shop.add(numeric, numeric)", "leakproof", "yes"},
    {"function", "shop.tabular(integer)", "security_definer", "yes"},
    {"function", "shop.tabular(integer)", "settings", "search_path=shop, pg_temp, work_mem=8MB"},
    {"function", "shop.tabular(integer)", "parallel", "restricted"},
    {"function", "shop.own_window(anyelement)", "kind", "window"},
    {"function", "shop.tidy(integer, text)", "kind", "procedure"},
    {"function", "shop.tidy(integer, text)", "result", NULL},
    {"function", "shop.\"f(x)\"(integer)", "result", "integer"},
};

static const struct {
    int major;
    struct fact fact;
} newer_facts[] = {
    {14, {"type", "shop.float_range", "multirange", "shop.float_multirange"}},
    {15, {"constraint", "shop.since_15.since_15_c", "set_columns", "c"}},
    {15,
     {"constraint", "shop.since_15.since_15_once", "definition",
      "UNIQUE NULLS NOT DISTINCT (a, b)"}},
    {15, {"index", "shop.since_15_index", "nulls_not_distinct", "yes"}},
};

static void
check_fact(const struct fact *fact)
{
    const char *text = text_of(fact->word, fact->path, fact->name);
    if (!text_equal(text, fact->text))
        g_error("%s %s, %s: %s instead of %s", fact->word, fact->path, fact->name, text,
                fact->text);
}

static void
test_facts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        check_fact(&facts[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(newer_facts); i++)
        if (newer_facts[i].major <= database->catalog->postgresql)
            check_fact(&newer_facts[i].fact);
}

/* A foreign key to a partitioned table is one, however many partitions there are. */
static void
test_foreign_keys_to_partitions(void)
{
    const struct table *notes = database_find(database, "table", "shop.event_notes");
    g_assert_cmpuint(notes->constraints.count, ==, 1);
    const struct table *part = database_find(database, "table", "shop.event_marks_1");
    g_assert_cmpuint(part->constraints.count, ==, 1);
    g_assert_cmpint(part->constraints.items[0].inherited, ==, YES);
}

/* INCLUDE keeps the name that a column had when the index was made; dbdoc shows today's. */
static void
test_renamed_columns(void)
{
    server_run(connection, "CREATE TABLE a.renamed (x int, y int);"
                           "CREATE INDEX renamed_index ON a.renamed (x) INCLUDE (y);"
                           "ALTER TABLE a.renamed RENAME x TO key_now;"
                           "ALTER TABLE a.renamed RENAME y TO included_now;");
    struct database *now = server_read("sink");
    const struct index *index = database_find(now, "index", "a.renamed_index");
    g_assert_cmpstr(index->included.items[0], ==, "included_now");
    g_assert_cmpstr(index->keys.items[0].column, ==, "key_now");
    database_free(now);
    server_run(connection, "DROP TABLE a.renamed");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    connection = server_create("sink");
    server_load(connection, "kitchen-sink");
    database = server_read("sink");
    g_test_add_func("/facts/comments", test_comments);
    g_test_add_func("/facts/hidden", test_hidden);
    g_test_add_func("/facts/references", test_references);
    g_test_add_func("/facts/facts", test_facts);
    g_test_add_func("/facts/partitioned targets", test_foreign_keys_to_partitions);
    g_test_add_func("/facts/renamed columns", test_renamed_columns);
    int status = g_test_run();
    database_free(database);
    connection_close(connection);
    return status;
}
