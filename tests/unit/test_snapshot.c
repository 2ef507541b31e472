/* test_snapshot.c - files that dbdoc wrote, that a newer dbdoc wrote, and that somebody else wrote.
 */
#include "catalog/compare.h"
#include "catalog/known.h"
#include "catalog/snapshot.h"
#include "fixture.h"
#include "support.h"

#include <jansson.h>
#include <string.h>

/* Quotes are written as '. */
static bool
read_text(const char *json, GPtrArray *warnings, GError **error)
{
    g_autoptr(GString) text = g_string_new(json);
    g_string_replace(text, "'", "\"", 0);
    struct database *database = database_new();
    bool done = snapshot_read(database, "s.json", text, warnings, error);
    database_free(database);
    return done;
}

#define ADVICE ". This is no file that dbdoc wrote; make it again with \"dbdoc snapshot\"."

static void
test_wrong_files(void)
{
    static const struct {
        const char *json;
        const char *message;
    } files[] = {
        {"{'dbdoc':'snapshot',", "s.json:1:20: this is not valid JSON: string or '}' expected near "
                                 "end of file."},
        {"[]", "s.json:1:1: dbdoc: missing" ADVICE},
        {"{}", "s.json:1:1: dbdoc: missing" ADVICE},
        {"{'dbdoc':'observations','format':'1.0'}",
         "s.json: this is a file of kind \"observations\", expected \"snapshot\"."},
        {"{'dbdoc':'snapshot','format':'2.0'}",
         "s.json is in format 2.0, this dbdoc reads 1.3. Use the dbdoc that wrote it, or make it "
         "again."},
        {"{'dbdoc':'snapshot','format':'1.0x'}",
         "s.json is in format 1.0x, this dbdoc reads 1.3. Use the dbdoc that wrote it, or make it "
         "again."},
        {"{" SNAPSHOT_HEAD ",\n 'tabels':[]}", "s.json:2:11: tabels: no such key" ADVICE},
        {"{" SNAPSHOT_HEAD ",\n 'tables':{}}", "s.json:2:11: tables: expected a list" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[\n{'schema':'a','name':'t'},\n  7]}",
         "s.json:3:3: tables[1]: expected an object" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[\n{'name':'t'}]}",
         "s.json:2:1: tables[0].schema: missing" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[{'schema':'a','name':'t',\n'kind':'odd'}]}",
         "s.json:2:8: tables[0].kind: not one of the known words" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[{'schema':'a','name':'t','unlogged':1}]}",
         "s.json:1:82: tables[0].unlogged: expected true, false or null" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[{'schema':'a','name':'t','options':[1]}]}",
         "s.json:1:81: tables[0].options: expected a list of texts" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[{'schema':'a','name':'t','columns':[\n{'name':'c','type':"
         "5}]}]}",
         "s.json:2:20: tables[0].columns[0].type: expected a text" ADVICE},
        {"{" SNAPSHOT_HEAD ",'tables':[{'schema':'a','name':'t','partition_of':[]}]}",
         "s.json:1:86: tables[0].partition_of: expected the path of an object" ADVICE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        GError *error = NULL;
        g_assert_false(read_text(files[i].json, NULL, &error));
        support_assert_failure(&error, FAILURE_USAGE, files[i].message);
    }
}

#define NEWER "{'dbdoc':'snapshot','format':'1.99',"

/* What a newer minor version added is left out, once in words. */
static void
test_newer_files(void)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    read_text(NEWER "'tables':[{'schema':'a','name':'t','moons':3,'kind':'round'},"
                    "{'schema':'a','name':'u','moons':[1]}],'stars':{}}",
              warnings, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(warnings->len, ==, 3);
    static const char *const words[] = {"moons", "round", "stars"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *warning = g_strdup_printf(
            "s.json: \"%s\" is newer than this dbdoc and was left out", words[i]);
        g_assert_cmpstr(warnings->pdata[i], ==, warning);
    }
    g_assert_false(read_text(NEWER "'tables':[{'schema':'a'}]}", warnings, &error));
    support_assert_failure_says(&error, FAILURE_USAGE, "tables[0].name: missing");
}

/* Format 1.0 knew nothing of owners, grants and roles: that is no claim that there are none. */
static void
test_older_files(void)
{
    struct database *older = fixture_read("'tables':[{'schema':'a','name':'t'}]", NULL);
    struct database *newer = fixture_read(
        "'access':'server','roles':[{'name':'app','login':true}],'default_privileges':[{'name':"
        "'tables in a made by o','role':'o','schema':'a','objects':'tables','grants':['app: "
        "SELECT']}],'tables':[{'schema':'a','name':'t','owner':'o','grants':['app: SELECT']}]",
        NULL);
    g_assert_cmpint(older->catalog->access, ==, access_source_UNKNOWN);
    g_assert_cmpint(newer->catalog->access, ==, ACCESS_OF_SERVER);
    g_autoptr(GPtrArray) there = catalog_compare(older->catalog, newer->catalog);
    g_autoptr(GPtrArray) back = catalog_compare(newer->catalog, older->catalog);
    g_assert_cmpuint(there->len, ==, 0);
    g_assert_cmpuint(back->len, ==, 0);
    newer->catalog->tables.items[0].row_security = YES;
    older->catalog->tables.items[0].row_security = NO;
    g_autoptr(GPtrArray) structure = catalog_compare(older->catalog, newer->catalog);
    g_assert_cmpuint(structure->len, ==, 1);
    database_free(older);
    database_free(newer);
}

/* Format 1.1 knew nothing of publications and rules: these are not known, also when it is written
 * again, and are no difference. */
static void
test_unknown_facts(void)
{
    GError *error = NULL;
    g_autoptr(GString) text = g_string_new("{\"dbdoc\":\"snapshot\",\"format\":\"1.1\",\"tables\":["
                                           "{\"schema\":\"a\",\"name\":\"t\"}]}");
    struct database *older = database_new();
    snapshot_read(older, "old.json", text, NULL, &error);
    g_assert_no_error(error);
    database_finish(older);
    g_assert_false(catalog_tells(older->catalog, &kind_catalog, "publications"));
    g_assert_false(catalog_tells(older->catalog, &kind_table, "rules"));
    g_assert_true(catalog_tells(older->catalog, &kind_table, "triggers"));
    g_autoptr(GString) again = snapshot_write(older->catalog);
    struct database *copy = database_new();
    snapshot_read(copy, "copy.json", again, NULL, &error);
    g_assert_no_error(error);
    database_finish(copy);
    g_assert_true(names_equal(&copy->catalog->unknown, &older->catalog->unknown));

    struct database *newer = fixture_read(
        "'publications':[{'name':'p'}],'tables':[{'schema':'a','name':'t','rules':[{'name':'r',"
        "'definition':'CREATE RULE'}],'triggers':[{'name':'g','definition':'CREATE TRIGGER'}]}]",
        NULL);
    g_autoptr(GPtrArray) there = catalog_compare(copy->catalog, newer->catalog);
    g_autoptr(GPtrArray) back = catalog_compare(newer->catalog, copy->catalog);
    g_assert_cmpuint(there->len, ==, 1);
    g_assert_cmpuint(back->len, ==, 1);
    g_assert_cmpstr(change_object(there->pdata[0])->kind->name, ==, "trigger");
    database_free(older);
    database_free(copy);
    database_free(newer);
}

/* Every text survives, every list and truth, and nothing is written twice. */
static void
test_round_trip(void)
{
    struct database *database = fixture_read(
        "'postgresql':15,'name':'x',"
        "'tables':[{'schema':'b','name':'t','comment':'a\\nb\\u0001\\u00e9\\\\'},"
        "{'schema':'a','name':'t','unlogged':null,'columns':["
        "{'name':'z','position':2,'type':'text'},{'name':'y','position':1,'type':'text',"
        "'not_null':true,'options':['','a,b']}]}]",
        NULL);
    g_autoptr(GString) text = snapshot_write(database->catalog);
    json_t *root = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(root);
    json_t *first = json_array_get(json_object_get(root, "tables"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(first, "schema")), ==, "a");
    g_assert_true(json_is_null(json_object_get(first, "unlogged")));
    json_t *column = json_array_get(json_object_get(first, "columns"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(column, "name")), ==, "y");
    g_assert_true(json_is_true(json_object_get(column, "not_null")));
    g_assert_cmpuint(json_array_size(json_object_get(column, "options")), ==, 2);
    json_decref(root);

    struct database *copy = database_new();
    GError *error = NULL;
    snapshot_read(copy, "copy.json", text, NULL, &error);
    g_assert_no_error(error);
    database_finish(copy);
    g_autoptr(GString) again = snapshot_write(copy->catalog);
    g_assert_cmpstr(again->str, ==, text->str);
    const struct table *table = database_find(copy, "table", "b.t");
    g_assert_cmpstr(table->comment, ==, "a\nb\001\xC3\xA9\\");
    database_free(copy);
    database_free(database);
}

static void
test_recognised(void)
{
    static const char *const yes[] = {"{\"dbdoc\": \"snapshot\"", " \n\t{ \"dbdoc\""};
    static const char *const no[] = {"", "{", "SELECT '{\"dbdoc\"'", "{\"other\": 1}",
                                     "[\"dbdoc\"]"};
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++)
        g_assert_true(snapshot_is(yes[i], strlen(yes[i])));
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
        g_assert_false(snapshot_is(no[i], strlen(no[i])));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/snapshot/wrong files", test_wrong_files);
    g_test_add_func("/snapshot/newer files", test_newer_files);
    g_test_add_func("/snapshot/older files", test_older_files);
    g_test_add_func("/snapshot/unknown facts", test_unknown_facts);
    g_test_add_func("/snapshot/round trip", test_round_trip);
    g_test_add_func("/snapshot/recognised", test_recognised);
    return g_test_run();
}
