/* test_structure.c - what is left of a database where only its structure may be known. */
#include "catalog/structure.h"

#include "catalog/address.h"
#include "fixture.h"

static const struct {
    const char *sql;
    const char *kept;
} texts[] = {
    {"DEFAULT 'a''b'::text", "DEFAULT '…'::text"},
    {"status = ANY (ARRAY['x'::text, E'\\'y'])", "status = ANY (ARRAY['…'::text, '…'])"},
    {"''::text || 12 || \"it's\"", "''::text || 12 || \"it's\""},
    {"nextval('app.\"a''b\"'::regclass)", "nextval('app.\"a''b\"'::regclass)"},
    {"to_tsvector('english'::regconfig, body)", "to_tsvector('english'::regconfig, body)"},
    {"pg_has_role('bob'::regrole, 'x')", "pg_has_role('…'::regrole, '…')"},
    {"AS $f$ SELECT 'a' $f$", "AS '…'"},
    {"1 /* a */ + B'101' -- b", "1  + '…' "},
    {"U&'\\0041' 'open", "'…' '…'"},
};

static void
test_texts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *kept = structure_of_sql(texts[i].sql);
        g_assert_cmpstr(kept, ==, texts[i].kept);
    }
}

static const char world[] =
    "'name':'x','access':'server','owner':'ann','settings':['a=b'],"
    "'roles':[{'name':'ann'}],'schemas':[{'name':'app','owner':'ann','grants':['ann=UC/ann']}],"
    "'enum_types':[{'schema':'app','name':'state','labels':['new','old']}],"
    "'tables':[{'schema':'app','name':'t','kind':'ordinary','owner':'ann','comment':'what',"
    "'columns':[{'name':'id','position':1,'type':'text','default_value':'lower(\\u0027A\\u0027)'}],"
    "'policies':[{'name':'p','command':'all','permissive':true,'roles':['ann']}]}],"
    "'views':[{'schema':'app','name':'v','definition':'SELECT 1'}],"
    "'functions':["
    "{'schema':'app','name':'f','argument_types':'','settings':['search_path=app','a.b=c'],"
    "'definition':'CREATE FUNCTION f()\\n LANGUAGE sql\\nAS $f$ SELECT 1 $f$'},"
    "{'schema':'app','name':'g','argument_types':'','sql_body':true,"
    "'definition':'CREATE FUNCTION g()\\n LANGUAGE sql\\nBEGIN ATOMIC\\n SELECT 1;\\nEND\\n'},"
    "{'schema':'app','name':'h','argument_types':'','sql_body':true,"
    "'definition':'CREATE FUNCTION h()\\n LANGUAGE sql\\nRETURN 17\\n'},"
    "{'schema':'app','name':'i','argument_types':'','sql_body':true,'definition':'17'}]";

static const char seen[] =
    "'node':'db1','tables':[{'relation':'app.t','row_estimate':1449,'bytes':96,'deleted':7}]";

static void
test_facts(void)
{
    struct database *database = fixture_read(world, seen);
    const struct catalog *catalog = database->catalog;
    const struct table *table = database_find(database, "table", "app.t");
    database_keep_structure(database);
    g_assert_true(database_find(database, "table", "app.t") == table);
    g_assert_true(catalog->access == access_source_UNKNOWN);
    g_assert_null(catalog->owner);
    g_assert_cmpuint(catalog->settings.count, ==, 0);
    g_assert_cmpuint(catalog->roles.count, ==, 0);
    g_assert_null(database_find(database, "role", "ann"));
    g_assert_true(address_is_left_out(database, "role", "ann"));
    g_assert_null(catalog->schemas.items[0].owner);
    g_assert_cmpuint(catalog->schemas.items[0].grants.count, ==, 0);
    g_assert_cmpuint(catalog->enum_types.items[0].labels.count, ==, 2);
    g_assert_cmpstr(catalog->enum_types.items[0].labels.items[1], ==, "…");
    g_assert_null(table->owner);
    g_assert_cmpstr(table->comment, ==, "what");
    g_assert_cmpstr(table->columns.items[0].default_value, ==, "lower('…')");
    g_assert_cmpuint(table->policies.items[0].roles.count, ==, 0);
    g_assert_cmpstr(catalog->views.items[0].definition, ==, "…");
    database_free(database);
}

static void
test_functions(void)
{
    struct database *database = fixture_read(world, NULL);
    const struct function *functions = database->catalog->functions.items;
    g_assert_false(database_is_structure(database));
    database_keep_structure(database);
    database_keep_structure(database); /* as of a snapshot that was narrowed before */
    g_assert_true(database_is_structure(database));
    g_assert_cmpstr(functions[0].definition, ==, "CREATE FUNCTION f()\n LANGUAGE sql\nAS '…'");
    g_assert_cmpstr(functions[0].settings.items[0], ==, "search_path=app");
    g_assert_cmpstr(functions[0].settings.items[1], ==, "a.b=…");
    g_assert_cmpstr(functions[1].definition, ==, "CREATE FUNCTION g()\n LANGUAGE sql\n…");
    g_assert_cmpstr(functions[2].definition, ==, "CREATE FUNCTION h()\n LANGUAGE sql\n…");
    g_assert_cmpstr(functions[3].definition, ==, "…"); /* its body is not found: nothing of it */
    database_free(database);
}

static void
test_observations(void)
{
    struct database *database = fixture_read(world, seen);
    const struct observations *observations = database->observations;
    database_keep_structure(database);
    g_assert_null(observations->node);
    g_assert_cmpint(observations->tables.items[0].row_estimate, ==, 1000);
    g_assert_cmpint(observations->tables.items[0].bytes, ==, 100);
    g_assert_cmpint(observations->tables.items[0].deleted, ==, NUMBER_UNKNOWN);
    database_free(database);
}

/* Kinds that are yet to come, too. */
static void
test_kinds(void)
{
    static const char *const people[] = {"owner", "grants", NULL};
    for (size_t i = 0; all_kinds[i] != NULL; i++)
        for (size_t j = 0; j < all_kinds[i]->field_count; j++) {
            const struct field *field = &all_kinds[i]->fields[j];
            enum structure_part part = structure_part_of(all_kinds[i], field);
            g_test_message("%s.%s", all_kinds[i]->name, field->name);
            if (g_strv_contains(people, field->name))
                g_assert_true(part == PART_NOTHING);
            if (field->type == SQL && !g_str_has_suffix(field->name, "type"))
                g_assert_true(part != PART_WHOLE);
        }
    g_assert_true(structure_part_of(&kind_membership, &kind_membership.fields[0]) == PART_NOTHING);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/structure/texts", test_texts);
    g_test_add_func("/structure/facts", test_facts);
    g_test_add_func("/structure/functions", test_functions);
    g_test_add_func("/structure/observations", test_observations);
    g_test_add_func("/structure/kinds", test_kinds);
    return g_test_run();
}
