/* test_releases.c - the order of releases, and since when objects are there. */
#include "fixture.h"
#include "model/releases.h"

static void
test_order(void)
{
    /* Each before all that follow. */
    static const char *const names[] = {
        "",
        "0.9",
        "v1.0.0-alpha",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0",
        "v1.0.1",
        "1.2",
        "1.2.0",
        "1.9",
        "1.10",
        "v2",
        "10",
        "2025-03-10",
        "2025-04-01",
        "99999999999999999999999999",
        "100000000000000000000000000",
        "next",
        "vNext",
        "\xff",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        for (size_t j = 0; j < G_N_ELEMENTS(names); j++) {
            int order = release_compare_names(names[i], names[j]);
            g_assert_cmpint((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
}

/* Two names of one version are two releases, always in the same order. */
static void
test_twins(void)
{
    g_assert_cmpint(release_compare_names("1.0", "v1.0"), <, 0);
    g_assert_cmpint(release_compare_names("v1.0", "1.0"), >, 0);
    g_assert_cmpint(release_compare_names("1.01", "1.1"), !=, 0);
    g_assert_cmpint(release_compare_names("1.1", "1.1"), ==, 0);
}

/* A table, and one that is called "t.a" and stays as it is. */
#define DATABASE(table, first, second)                                                             \
    "'tables':[{'schema':'b','name':'" table "','kind':'ordinary','columns':["                     \
    "{'name':'" first "','position':1,'type':'text'},"                                             \
    "{'name':'" second "','position':2,'type':'bigint'}]},"                                        \
    "{'schema':'b','name':'t.a','kind':'ordinary','columns':["                                     \
    "{'name':'a','position':1,'type':'bigint'}]}]"

static void
add(struct releases *releases, const char *name, const char *lists)
{
    g_autoptr(GString) text = g_string_new(lists);
    releases_add(releases, name, NULL, fixture_read(lists, NULL), text);
}

static const char *
since(const struct releases *releases, const struct database *database, const char *word,
      const char *path)
{
    const struct object *object = database_find(database, word, path);
    g_assert_nonnull(object);
    const struct release *release = releases_since(releases, object);
    return release == NULL ? NULL : release->name;
}

/* The table was renamed once, one of its columns before and once more behind that. */
static void
test_since(void)
{
    struct releases *releases = releases_new();
    struct database *now = fixture_read(DATABASE("u", "z", "new"), NULL);
    add(releases, "1", DATABASE("t", "x", "gone"));
    add(releases, "2", DATABASE("t", "y", "gone"));
    add(releases, "3", DATABASE("u", "y", "gone"));
    add(releases, "4",
        "'tables':[{'schema':'b','name':'u','kind':'ordinary','columns':["
        "{'name':'y','position':1,'type':'text'}]},"
        "{'schema':'b','name':'t.a','kind':'ordinary','columns':["
        "{'name':'a','position':1,'type':'bigint'}]}]");
    releases_finish(releases, now);
    g_assert_cmpstr(since(releases, now, "table", "b.u"), ==, "1");
    g_assert_cmpstr(since(releases, now, "column", "b.u.z"), ==, "1");
    g_assert_cmpstr(since(releases, now, "column", "b.u.new"), ==, NULL);
    g_assert_cmpstr(since(releases, now, "table", "b.\"t.a\""), ==, "1");
    g_assert_cmpstr(since(releases, now, "column", "b.\"t.a\".a"), ==, "1");
    database_free(now);
    releases_free(releases);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/releases/order", test_order);
    g_test_add_func("/releases/twins", test_twins);
    g_test_add_func("/releases/since", test_since);
    return g_test_run();
}
