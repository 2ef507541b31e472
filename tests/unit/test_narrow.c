/* test_narrow.c - a database without some of its objects holds nothing that points to them. */
#include "catalog/narrow.h"

#include "catalog/address.h"
#include "fixture.h"

static const char world[] =
    "'name':'x',"
    "'schemas':[{'name':'audit'},{'name':'blog'},{'name':'empty'}],"
    "'enum_types':[{'schema':'audit','name':'action','labels':['a','b']}],"
    "'sequences':["
    "{'schema':'blog','name':'events_id_seq','owned_by':'audit.events.id'},"
    "{'schema':'blog','name':'posts_id_seq','owned_by':'blog.posts.id'}],"
    "'tables':["
    "{'schema':'audit','name':'events','kind':'partitioned','columns':["
    "{'name':'id','position':1,'type':'bigint'}],"
    "'indexes':[{'name':'events_pkey','definition':'d'}]},"
    "{'schema':'blog','name':'events_2026','kind':'ordinary','partition_of':'audit.events'},"
    "{'schema':'blog','name':'posts','kind':'ordinary','columns':["
    "{'name':'event_id','position':2,'type':'bigint'},{'name':'id','position':1,'type':'bigint'}],"
    "'constraints':[{'name':'posts_event_id_fkey','kind':'foreign key','columns':['event_id'],"
    "'references':'audit.events','definition':'d'}],"
    "'indexes':[{'name':'posts_pkey','definition':'d'}]}]";

static const char seen[] = "'tables':[{'relation':'audit.events','row_estimate':1},"
                           "{'relation':'blog.posts','row_estimate':2}],"
                           "'indexes':[{'index':'audit.events_pkey','scans':3},"
                           "{'index':'blog.posts_pkey','scans':4}]";

static bool
is_not_audit(const char *schema, const char *name, const void *data)
{
    (void)name, (void)data;
    return !g_str_equal(schema, "audit");
}

static bool
is_anything(const char *schema, const char *name, const void *data)
{
    (void)schema, (void)name, (void)data;
    return true;
}

static bool
is_nothing(const char *schema, const char *name, const void *data)
{
    (void)schema, (void)name, (void)data;
    return false;
}

static void
test_schema(void)
{
    struct database *database = fixture_read(world, seen);
    const struct narrowing narrowing = {is_not_audit, NULL};
    database_narrow(database, &narrowing);
    const struct catalog *catalog = database->catalog;
    g_assert_cmpuint(catalog->tables.count, ==, 1); /* neither the root nor its partition */
    g_assert_cmpuint(catalog->enum_types.count, ==, 0);
    g_assert_cmpuint(catalog->sequences.count, ==, 1);
    g_assert_cmpuint(catalog->schemas.count, ==, 2); /* one had nothing to lose */
    g_assert_cmpstr(catalog->schemas.items[0].name, ==, "blog");
    g_assert_cmpstr(catalog->schemas.items[1].name, ==, "empty");
    const struct table *posts = database_find(database, "table", "blog.posts");
    g_assert_true(posts == &catalog->tables.items[0]);
    g_assert_true(posts->columns.items[0].object.parent == &posts->object);
    g_assert_cmpstr(posts->constraints.items[0].references.path, ==, "audit.events");
    g_assert_null(posts->constraints.items[0].references.object);
    g_assert_true(catalog->sequences.items[0].owned_by.object == &posts->columns.items[0]);
    g_assert_null(database_find(database, "table", "audit.events"));
    g_assert_null(database_find(database, "index", "audit.events_pkey"));
    g_assert_null(address_resolve(database, "table", "events"));
    g_assert_true(address_is_left_out(database, "table", "audit.events"));
    g_assert_true(address_is_left_out(database, "view", "Events"));
    g_assert_true(address_is_left_out(database, "schema", "audit"));
    g_assert_true(address_is_left_out(database, "column", "events.id"));
    g_assert_false(address_is_left_out(database, "table", "blog.posts"));
    g_assert_false(address_is_left_out(database, "table", "audit.gone"));
    const struct observations *observations = database->observations;
    g_assert_cmpuint(observations->tables.count, ==, 1);
    g_assert_true(observations->tables.items[0].relation.object == posts);
    g_assert_cmpuint(observations->indexes.count, ==, 1);
    g_assert_cmpint(observations->indexes.items[0].scans, ==, 4);
    database_free(database);
}

static void
test_bounds(void)
{
    struct database *database = fixture_read(world, seen);
    g_autoptr(GString) before = snapshot_write(database->catalog);
    const struct narrowing all = {is_anything, NULL};
    database_narrow(database, &all);
    g_autoptr(GString) after = snapshot_write(database->catalog);
    g_assert_cmpstr(before->str, ==, after->str);
    const struct narrowing none = {is_nothing, NULL};
    database_narrow(database, &none);
    g_assert_cmpuint(database->catalog->tables.count, ==, 0);
    g_assert_cmpuint(database->catalog->schemas.count, ==, 1);
    g_assert_cmpuint(database->observations->indexes.count, ==, 0);
    database_free(database);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/narrow/schema", test_schema);
    g_test_add_func("/narrow/bounds", test_bounds);
    return g_test_run();
}
