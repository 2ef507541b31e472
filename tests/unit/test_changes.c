/* test_changes.c - differences as text and JSON, for friendly and for hostile names. */
#include "catalog/compare.h"
#include "catalog/snapshot.h"
#include "report/report.h"

#include <jansson.h>
#include <string.h>

static struct database *
database_of(const char *lists)
{
    struct database *database = database_new();
    g_autofree char *json = g_strdup_printf(
        "{\"dbdoc\": \"snapshot\", \"format\": \"1.0\", \"postgresql\": 15, %s}", lists);
    GString *text = g_string_new(json);
    GError *error = NULL;
    g_assert_true(snapshot_read(database, "test.json", text, NULL, &error));
    g_assert_no_error(error);
    g_string_free(text, TRUE);
    database_finish(database);
    return database;
}

static char *
render(const char *old_lists, const char *new_lists,
       GString *(*report)(const struct changes_report *report))
{
    struct database *before = database_of(old_lists);
    struct database *after = database_of(new_lists);
    GPtrArray *changes = catalog_compare(before->catalog, after->catalog);
    const struct changes_report whole = {changes, NULL};
    GString *text = report(&whole);
    g_ptr_array_unref(changes);
    database_free(before);
    database_free(after);
    return g_string_free(text, FALSE);
}

static GString *
plain(const struct changes_report *report)
{
    return report_changes_text(report, COLOUR_NONE);
}

static GString *
coloured(const struct changes_report *report)
{
    return report_changes_text(report, COLOUR_ANSI);
}

#define COMMENT(text) ", \"comment\": \"" text "\""
#define TABLE(name, type, more)                                                                    \
    "\"tables\": [{\"schema\": \"blog\", \"name\": \"" name "\", \"kind\": \"ordinary\", "         \
    "\"columns\": [{\"name\": \"id\", \"type\": \"" type "\"" more "}]}]"
#define VIEW(definition)                                                                           \
    "\"views\": [{\"schema\": \"blog\", \"name\": \"v\", \"definition\": \"" definition "\"}]"

static void
test_equal(void)
{
    g_autofree char *text = render(TABLE("posts", "integer", COMMENT("x")),
                                   TABLE("posts", "integer", COMMENT("x")), plain);
    g_assert_cmpstr(text, ==, "");
}

static void
test_text(void)
{
    g_autofree char *changed = render(TABLE("posts", "integer", COMMENT("key")),
                                      TABLE("posts", "bigint", ""), plain);
    g_assert_cmpstr(changed, ==,
                    "~ column blog.posts.id\n"
                    "    Type: integer -> bigint\n"
                    "    Comment: key -> none\n");
    g_autofree char *renamed = render(TABLE("posts", "integer", ""), TABLE("pages", "integer", ""),
                                      plain);
    g_assert_cmpstr(renamed, ==,
                    "- table blog.posts\n"
                    "+ table blog.pages\n");
}

/* Of long texts only the lines that differ. */
static void
test_lines(void)
{
    g_autofree char *text = render(VIEW("SELECT a,\\n  b\\nFROM t;"),
                                   VIEW("SELECT a,\\n  c,\\n  d\\nFROM t;"), plain);
    g_assert_cmpstr(text, ==,
                    "~ view blog.v\n"
                    "    Definition:\n"
                    "    -   b\n"
                    "    +   c,\n"
                    "    +   d\n");
}

static void
test_colour(void)
{
    g_autofree char *text = render(TABLE("posts", "integer", ""), TABLE("pages", "integer", ""),
                                   coloured);
    g_assert_cmpstr(text, ==,
                    "\033[31m- table blog.posts\033[0m\n"
                    "\033[32m+ table blog.pages\033[0m\n");
}

/* A name cannot pretend to be another line, nor a command to the terminal. */
static void
test_hostile_text(void)
{
    g_autofree char *text = render(TABLE("posts", "integer", ""),
                                   TABLE("x\\n- table blog.users\\u001b[2J\\u202e\\\"><script>",
                                         "integer", COMMENT("a\\n+ b")),
                                   plain);
    g_assert_cmpstr(text, ==,
                    "- table blog.posts\n"
                    "+ table blog.\"x\\n- table blog.users\xef\xbf\xbd[2J\xef\xbf\xbd\"\""
                    "><script>\"\n");
    g_autofree char *comment = render(TABLE("posts", "integer", COMMENT("a\\n- table blog.users")),
                                      TABLE("posts", "integer", COMMENT("b\\tc\\u009bm")), plain);
    g_assert_cmpstr(comment, ==,
                    "~ column blog.posts.id\n"
                    "    Comment:\n"
                    "    - a\n"
                    "    - - table blog.users\n"
                    "    + b\\tc\xef\xbf\xbdm\n");
}

static void
test_json(void)
{
    g_autofree char *text = render(TABLE("posts", "integer", COMMENT("key")),
                                   TABLE("posts", "bigint", ""), report_changes_json);
    g_assert_cmpstr(text, ==,
                    "{\"dbdoc\": \"changes\", \"format\": \"1.2\", \"changes\": [\n"
                    "{\"change\": \"changed\", \"kind\": \"column\", \"word\": \"column\", "
                    "\"path\": \"blog.posts.id\", \"field\": \"type\", \"before\": \"integer\", "
                    "\"after\": \"bigint\"},\n"
                    "{\"change\": \"changed\", \"kind\": \"column\", \"word\": \"column\", "
                    "\"path\": \"blog.posts.id\", \"field\": \"comment\", \"before\": \"key\", "
                    "\"after\": null}\n"
                    "]\n"
                    "}\n");
    g_autofree char *none = render(TABLE("posts", "integer", ""), TABLE("posts", "integer", ""),
                                   report_changes_json);
    json_t *document = json_loads(none, 0, NULL);
    g_assert_cmpuint(json_array_size(json_object_get(document, "changes")), ==, 0);
    json_decref(document);
}

/* What goes in comes out, through an ordinary reader. */
static void
test_hostile_json(void)
{
    g_autofree char *text = render(TABLE("posts", "integer", ""),
                                   TABLE("a\\\"}],\\n\\u2028\\u202e</script>", "integer", ""),
                                   report_changes_json);
    json_t *document = json_loads(text, 0, NULL);
    g_assert_nonnull(document);
    const json_t *changes = json_object_get(document, "changes");
    g_assert_cmpuint(json_array_size(changes), ==, 2);
    const json_t *added = json_array_get(changes, 1);
    g_assert_cmpstr(json_string_value(json_object_get(added, "path")), ==,
                    "blog.\"a\"\"}],\n\xe2\x80\xa8\xe2\x80\xae</script>\"");
    json_decref(document);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/changes/equal", test_equal);
    g_test_add_func("/changes/text", test_text);
    g_test_add_func("/changes/lines", test_lines);
    g_test_add_func("/changes/colour", test_colour);
    g_test_add_func("/changes/hostile-text", test_hostile_text);
    g_test_add_func("/changes/json", test_json);
    g_test_add_func("/changes/hostile-json", test_hostile_json);
    return g_test_run();
}
