/* test_address.c - names as people write them, and the objects they mean. */
#include "catalog/address.h"
#include "catalog/signature.h"
#include "fixture.h"

#include <string.h>

#define COLUMNS(name) "'columns':[{'name':'" name "','type':'bigint'}]"
#define FUNCTION(schema, name, types)                                                              \
    "{'schema':'" schema "','name':'" name "','argument_types':'" types "','definition':'…'}"

/* clang-format off */
static const char catalog[] =
    "'schemas':[{'name':'a'},{'name':'b'},{'name':'Odd.One'}],"
    "'extensions':[{'name':'posts'}],"
    "'tables':["
    "{'schema':'a','name':'posts'," COLUMNS("id") ","
        "'indexes':[{'name':'posts_pkey','definition':'…'}]},"
    "{'schema':'a','name':'users'," COLUMNS("id") "},"
    "{'schema':'b','name':'users'," COLUMNS("Name") "},"
    "{'schema':'b','name':'Posts'," COLUMNS("x.y") "},"
    "{'schema':'Odd.One','name':'\xC3\x89t\xC3\xA9'," COLUMNS("\xC3\xA9") "}],"
    "'views':[{'schema':'a','name':'recent'," COLUMNS("n") ",'definition':'…'},"
             "{'schema':'b','name':'old','definition':'…'},"
             "{'schema':'a','name':'old','definition':'…'}],"
    "'functions':["
    FUNCTION("a", "one", "integer, timestamp with time zone") ","
    FUNCTION("a", "two", "integer") ","
    FUNCTION("a", "two", "text[]") ","
    FUNCTION("b", "two", "b.status") ","
    FUNCTION("b", "none", "") "]";
/* clang-format on */

static struct database *database;

/* The path of what is found; "-" for nothing, "?" when several are meant. */
static const char *
resolve(const char *word, const char *path)
{
    const struct object *object = address_resolve(database, word, path);
    bool ambiguous = address_is_ambiguous(database, word, path);
    g_assert_false(object != NULL && ambiguous);
    return object != NULL ? object->path : ambiguous ? "?" : "-";
}

static void
test_whole_paths(void)
{
    g_assert_cmpstr(resolve("table", "a.posts"), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "\"a\".\"posts\""), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "A.POSTS"), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "\"A\".posts"), ==, "-");
    g_assert_cmpstr(resolve("table", "b.Posts"), ==, "b.\"Posts\"");
    g_assert_cmpstr(resolve("table", "B.\"Posts\""), ==, "b.\"Posts\"");
    g_assert_cmpstr(resolve("table", "b.posts"), ==, "-");
    g_assert_cmpstr(resolve("column", "b.\"Posts\".\"x.y\""), ==, "b.\"Posts\".\"x.y\"");
    g_assert_cmpstr(resolve("column", "\"Odd.One\".\xC3\x89T\xC3\x89.\xC3\xA9"), ==, "-");
    g_assert_cmpstr(resolve("column", "\"Odd.One\".\xC3\x89t\xC3\xA9.\xC3\xA9"), ==,
                    "\"Odd.One\".\"\xC3\x89t\xC3\xA9\".\"\xC3\xA9\"");
    g_assert_cmpstr(resolve("index", "a.posts_pkey"), ==, "a.posts_pkey");
    g_assert_cmpstr(resolve("schema", "A"), ==, "a");
    g_assert_cmpstr(resolve("extension", "posts"), ==, "posts");
    static const char *const wrong[] = {"",        ".",        "a.",        "\"",
                                        "a.b.c.d", "a..posts", "a.posts()", "\"a\"posts"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_cmpstr(resolve("table", wrong[i]), ==, "-");
    g_assert_cmpstr(resolve("tables", "a.posts"), ==, "-");
}

static void
test_without_schema(void)
{
    g_assert_cmpstr(resolve("table", "posts"), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "Posts"), ==, "b.\"Posts\"");
    g_assert_cmpstr(resolve("table", "POSTS"), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "users"), ==, "?");
    g_assert_cmpstr(resolve("table", "Users"), ==, "?");
    g_assert_cmpstr(resolve("column", "posts.id"), ==, "a.posts.id");
    g_assert_cmpstr(resolve("column", "users.id"), ==, "a.users.id");
    g_assert_cmpstr(resolve("column", "id"), ==, "-");
    g_assert_cmpstr(resolve("index", "posts_pkey"), ==, "a.posts_pkey");
    g_assert_cmpstr(resolve("table", "\xC3\x89t\xC3\xA9"), ==, "\"Odd.One\".\"\xC3\x89t\xC3\xA9\"");
}

static void
test_tables_and_views(void)
{
    g_assert_cmpstr(resolve("view", "a.posts"), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "a.recent"), ==, "a.recent");
    g_assert_cmpstr(resolve("table", "recent"), ==, "a.recent");
    g_assert_cmpstr(resolve("relation", "recent"), ==, "a.recent");
    g_assert_cmpstr(resolve("relation", "a.posts"), ==, "a.posts");
    g_assert_cmpstr(resolve("table", "old"), ==, "?");
    g_assert_cmpstr(resolve("column", "recent.n"), ==, "a.recent.n");
}

static void
test_functions(void)
{
    static const char one[] = "a.one(integer, timestamp with time zone)";
    g_assert_cmpstr(resolve("function", one), ==, one);
    g_assert_cmpstr(resolve("function", "one(int,timestamptz)"), ==, one);
    g_assert_cmpstr(resolve("function", "A.One( INT4 , TimestampTZ )"), ==, one);
    g_assert_cmpstr(resolve("function", "a.one"), ==, one);
    g_assert_cmpstr(resolve("function", "one"), ==, one);
    g_assert_cmpstr(resolve("function", "a.one()"), ==, "-");
    g_assert_cmpstr(resolve("function", "a.two"), ==, "?");
    g_assert_cmpstr(resolve("function", "two"), ==, "?");
    g_assert_cmpstr(resolve("function", "b.two"), ==, "b.two(b.status)");
    g_assert_cmpstr(resolve("function", "two(TEXT[])"), ==, "a.two(text[])");
    g_assert_cmpstr(resolve("function", "none"), ==, "b.none()");
    g_assert_cmpstr(resolve("function", "none()"), ==, "b.none()");
    g_assert_cmpstr(resolve("function", "none("), ==, "-");
}

static void
assert_signature(const char *written, const char *expected)
{
    g_autofree char *actual = signature_normalize(written);
    g_assert_cmpstr(actual, ==, expected);
}

static void
test_signatures(void)
{
    assert_signature("", "");
    assert_signature("int", "integer");
    assert_signature(" bool[][] ,\"a,b\" , a.int", "boolean[][], \"a,b\", a.int");
    assert_signature("character varying", "character varying");
    assert_signature("\"int\"", "\"int\"");
}

static void
add_table(GString *tables, const char *schema, const char *name)
{
    g_string_append_printf(tables, "%s{'schema':'%s','name':'%s'}", tables->len > 0 ? "," : "",
                           schema, name);
}

static const char *
slug_at(const struct database *tables, const char *path, char **slug)
{
    const struct object *object = database_find(tables, "table", path);
    g_assert_nonnull(object);
    g_free(*slug);
    return *slug = slug_of(object);
}

#define TEN(x) x x x x x x x x x x

/* Each object its own file name, which no file system has trouble with. */
static void
test_slugs(void)
{
    g_autoptr(GString) list = g_string_new(NULL);
    add_table(list, "a", "b.c");
    add_table(list, "a.b", "c");
    add_table(list, "a", "Users");
    add_table(list, "a", "users");
    add_table(list, "..", "..");
    add_table(list, "a", "\xC3\xA9/~x");
    add_table(list, TEN("abcdef"), TEN("vwxyz") "0123456789");
    add_table(list, TEN("abcdef"), TEN("vwxyz") "0123456780");
    add_table(list, TEN("ABCDEF"), TEN("VWXYZ"));
    g_autofree char *json = g_strdup_printf("'tables':[%s]", list->str);
    struct database *tables = fixture_read(json, NULL);
    g_autofree char *slug = NULL;
    g_assert_cmpstr(slug_at(tables, "a.\"b.c\"", &slug), ==, "a.b~2ec");
    g_assert_cmpstr(slug_at(tables, "\"a.b\".c", &slug), ==, "a~2eb.c");
    g_assert_cmpstr(slug_at(tables, "a.\"Users\"", &slug), ==, "a.~55sers");
    g_assert_cmpstr(slug_at(tables, "a.users", &slug), ==, "a.users");
    g_assert_cmpstr(slug_at(tables, "\"..\".\"..\"", &slug), ==, "~2e~2e.~2e~2e");
    g_assert_cmpstr(slug_at(tables, "a.\"\xC3\xA9/~x\"", &slug), ==, "a.~c3~a9~2f~7ex");
    g_autoptr(GHashTable) slugs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < tables->catalog->tables.count; i++) {
        char *each = slug_of(&tables->catalog->tables.items[i].object);
        g_assert_cmpuint(strlen(each), <=, 120);
        g_assert_true(g_hash_table_add(slugs, each));
    }
    /* A name made to look like a cut one. */
    g_autofree char *cut = g_strdup(
        slug_at(tables, TEN("abcdef") "." TEN("vwxyz") "0123456789", &slug));
    g_assert_cmpuint(strlen(cut), ==, 118);
    g_autofree char *twin = g_strdup_printf("'tables':[{'schema':'%s','name':'%s'}]", TEN("abcdef"),
                                            cut + strlen(TEN("abcdef") "."));
    struct database *other = fixture_read(twin, NULL);
    g_autofree char *twins = slug_of(&other->catalog->tables.items[0].object);
    g_assert_cmpstr(twins, !=, cut);
    database_free(other);
    database_free(tables);
}

static void
test_parents(void)
{
    static const char *const parents[][2] = {
        {"blog.posts.title", "blog.posts"},
        {"blog.posts.\"a.b\"", "blog.posts"},
        {"blog.\"x\"\"y.z\".\"a.b\"", "blog.\"x\"\"y.z\""},
        {"\"a.b\".posts", "\"a.b\""},
        {"\"a.b\"", NULL},
        {"blog", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parents); i++) {
        g_autofree char *parent = address_parent(parents[i][0]);
        g_assert_cmpstr(parent, ==, parents[i][1]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    database = fixture_read(catalog, NULL);
    g_test_add_func("/address/whole-paths", test_whole_paths);
    g_test_add_func("/address/without-schema", test_without_schema);
    g_test_add_func("/address/tables-and-views", test_tables_and_views);
    g_test_add_func("/address/functions", test_functions);
    g_test_add_func("/address/signatures", test_signatures);
    g_test_add_func("/address/slugs", test_slugs);
    g_test_add_func("/address/parents", test_parents);
    int status = g_test_run();
    database_free(database);
    return status;
}
