/* test_checks.c - the catalogue of rules, and the texts that findings are made of. */
#include "base/embedded.h"
#include "checks/checks.h"
#include "checks/elixir_text.h"
#include "checks/fix.h"
#include "findings_world.h"

#include <string.h>

static void
test_catalogue(void)
{
    for (size_t i = 0; rules[i].slug != NULL; i++) {
        g_assert_true(rule_find(rules[i].slug) == &rules[i]);
        g_assert_true(i == 0 || strcmp(rules[i - 1].slug, rules[i].slug) < 0);
        g_assert_nonnull(rules[i].title);
        g_assert_true(rules[i].check != NULL || g_str_equal(rules[i].slug, "acceptance-unused"));
    }
    g_assert_null(rule_find("fk-without-idex"));
    g_assert_null(rule_find(""));
}

/* Every rule is explained, with what to read and an example of each kind. */
static void
test_help(void)
{
    static const char *const parts[] = {
        "\n## Why it matters\n", "\n## When it is fine\n", "\n## Bad\n",
        "\n## Good\n",           "\n## Source\n",          "\n```sql\n",
        "\n```elixir\n",
    };
    size_t count = 0;
    for (const struct rule *rule = rules; rule->slug != NULL; rule++, count++) {
        const char *help = rule_help(rule);
        for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
            if (strstr(help, parts[i]) == NULL)
                g_test_message("%s lacks %s", rule->slug, parts[i]);
            g_assert_nonnull(strstr(help, parts[i]));
        }
        g_assert_true(g_utf8_validate(help, -1, NULL));
        g_assert_cmpint(help[0], !=, '#');
    }
    for (const struct embedded *file = embedded_files; file->path != NULL; file++)
        count -= g_str_has_prefix(file->path, "src/checks/help/");
    g_assert_cmpuint(count, ==, 0); /* no help without a rule */
}

static void
assert_elixir(void (*append)(GString *target, const char *text), const char *text,
              const char *expected)
{
    g_autoptr(GString) elixir = g_string_new(NULL);
    append(elixir, text);
    g_assert_cmpstr(elixir->str, ==, expected);
}

static void
test_elixir(void)
{
    assert_elixir(elixir_append_atom, "author_id", ":author_id");
    assert_elixir(elixir_append_atom, "_x9", ":_x9");
    assert_elixir(elixir_append_atom, "9lives", ":\"9lives\"");
    assert_elixir(elixir_append_atom, "", ":\"\"");
    assert_elixir(elixir_append_atom, "two words", ":\"two words\"");
    assert_elixir(elixir_append_atom, "what?", ":\"what?\"");
    assert_elixir(elixir_append_atom, "größe", ":\"größe\"");
    assert_elixir(elixir_append_string, "a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"");
    assert_elixir(elixir_append_string, "#{System.halt()}", "\"\\#{System.halt()}\"");
    assert_elixir(elixir_append_string, "# no", "\"# no\"");
    assert_elixir(elixir_append_string, "a\nb\tc\x1b", "\"a\\nb\\tc\\x1B\"");
}

static void
test_sql(void)
{
    const char *items[] = {"id", "Odd \"one\"", "select"};
    const struct names names = {3, items};
    g_autofree char *sql = sql_text("%I (%N) %L %S", "user", &names, "it's", "a = 1");
    g_assert_cmpstr(sql, ==, "\"user\" (id, \"Odd \"\"one\"\"\", \"select\") 'it''s' a = 1");
}

static void
test_number(void)
{
    const struct model english = {.config = NULL};
    struct check_run run = {.model = &english, .arena = arena_new()};
    g_assert_cmpstr(check_number(&run, 0), ==, "0");
    g_assert_cmpstr(check_number(&run, 999), ==, "999");
    g_assert_cmpstr(check_number(&run, 1000), ==, "1,000");
    g_assert_cmpstr(check_number(&run, 421870), ==, "421,870");
    g_assert_cmpstr(check_number(&run, -1234567), ==, "-1,234,567");
    const struct config config = {.language = language_find("de")};
    const struct model german = {.config = &config};
    run.model = &german;
    g_assert_cmpstr(check_number(&run, 421870), ==, "421.870");
    g_assert_cmpstr(check_code(&run, "a`b\nc\x1b"), ==,
                    "`a\xCB\x8B"
                    "b\xEF\xBF\xBD"
                    "c\xEF\xBF\xBD`");
    arena_free(run.arena);
}

/* One parent, and one table with a foreign key that nothing serves. Names are written as in JSON.
 */
static struct world
world_of_key(const char *schema, const char *table, const char *column, const char *more)
{
    g_autofree char *catalog = g_strdup_printf(
        "'tables':[{'schema':'a','name':'parents','kind':'ordinary','comment':'x','columns':"
        "[{'name':'id','type':'bigint','not_null':true}],'constraints':[{'name':'parents_pkey',"
        "'kind':'primary key','columns':['id'],'definition':'PRIMARY KEY (id)'}]},"
        "{'schema':'%s','name':'%s','kind':'ordinary','columns':[{'name':'%s','type':'bigint'}],"
        "'constraints':[{'name':'to_parents','kind':'foreign key','columns':['%s'],"
        "'references':'a.parents','referenced_columns':['id'],'definition':'FOREIGN KEY'}]%s}]",
        schema, table, column, column, more);
    return world_new(catalog, NULL);
}

static void
assert_fix(struct world world, const char *sql, const char *migration)
{
    const struct finding *finding = world_find(&world, "fk-without-index", 0);
    g_assert_nonnull(finding);
    g_assert_cmpstr(finding->fix_sql, ==, sql);
    g_assert_cmpstr(finding->fix_migration, ==, migration);
    world_free(&world);
}

#define CONCURRENTLY "@disable_ddl_transaction true\n@disable_migration_lock true\n\n"
#define CREATE(call) CONCURRENTLY "def change do\n  create " call "\nend"

static void
test_index_names(void)
{
    assert_fix(world_of_key("public", "comments", "author_id", ""),
               "CREATE INDEX CONCURRENTLY comments_author_id_index ON public.comments (author_id);",
               CREATE("index(:comments, [:author_id], concurrently: true)"));
    assert_fix(world_of_key("blog", "comments", "author_id", ""),
               "CREATE INDEX CONCURRENTLY comments_author_id_index ON blog.comments (author_id);",
               CREATE("index(:comments, [:author_id], prefix: \"blog\", concurrently: true)"));
    /* Ecto's name is taken by an index on something else. */
    assert_fix(
        world_of_key("blog", "comments", "author_id",
                     ",'indexes':[{'name':'comments_author_id_index','method':'btree',"
                     "'definition':'CREATE INDEX','keys':[{'position':1,'expression':'1'}]}]"),
        "CREATE INDEX CONCURRENTLY comments_author_id_index2 ON blog.comments (author_id);",
        CREATE("index(:comments, [:author_id], name: :comments_author_id_index2, "
               "prefix: \"blog\", concurrently: true)"));
    /* Ecto would make another name of it. */
    assert_fix(world_of_key("public", "Größe", "id", ""),
               "CREATE INDEX CONCURRENTLY \"Größe_id_index\" ON public.\"Größe\" (id);",
               CREATE("index(:\"Größe\", [:id], name: :\"Größe_id_index\", concurrently: true)"));
    /* At most 63 bytes, and no letter is cut in two. */
    assert_fix(world_of_key("public", "größegrößegrößegrößegröße", "xgrößegrößegrößegröße", ""),
               "CREATE INDEX CONCURRENTLY \"größegrößegrößegrößegröße_xgrößegrößegrö_index2\" ON "
               "public.\"größegrößegrößegrößegröße\" (\"xgrößegrößegrößegröße\");",
               CREATE("index(:\"größegrößegrößegrößegröße\", [:\"xgrößegrößegrößegröße\"], name: "
                      ":\"größegrößegrößegrößegröße_xgrößegrößegrö_index2\", concurrently: true)"));
}

static void
test_hostile_names(void)
{
    struct world world = world_of_key("Odd #{x}", "\\\"><script>", "a`b\\nc", "");
    const struct finding *finding = world_find(&world, "fk-without-index", 0);
    g_assert_cmpstr(finding->title, ==,
                    "Foreign key `\"Odd #{x}\".\"\"\"><script>\".\"a\xCB\x8B"
                    "b\xEF\xBF\xBD"
                    "c\"` has no index");
    g_assert_null(strchr(finding->detail, '\n'));
    world_free(&world);
    assert_fix(world_of_key("Odd #{x}", "\\\"><script>", "#{a} b", ""),
               "CREATE INDEX CONCURRENTLY \"\"\"><script>_#{a} b_index\" ON \"Odd "
               "#{x}\".\"\"\"><script>\" (\"#{a} b\");",
               CREATE("index(:\"\\\"><script>\", [:\"\\#{a} b\"], name: "
                      ":\"\\\"><script>_\\#{a} b_index\", prefix: \"Odd \\#{x}\", concurrently: "
                      "true)"));
}

/* A name that cannot be shown as it is must not be copied in another form. */
static void
test_unshowable_names(void)
{
    assert_fix(world_of_key("public", "comments", "a\\u001bb", ""), NULL, NULL);
}

static void
append_index(GString *catalog, const char *name, const char *where)
{
    g_string_append_printf(
        catalog,
        "{'name':'%s','method':'btree','valid':true,'ready':true,'keys':[{'position':1,"
        "'column':'a','operator_class':'int8_ops','default_operator_class':true,"
        "'default_collation':true}],'definition':'CREATE INDEX %s ON blog.posts USING btree (a)",
        name, name);
    if (where != NULL)
        g_string_append_printf(catalog, " WHERE %s','predicate':'%s", where, where);
    g_string_append(catalog, "'},");
}

/* What goes can come back: with what Ecto can say, and otherwise with the server's own words. An
 * index may be called what SQL is made of. */
static void
test_dropped_indexes(void)
{
    g_autoptr(GString) catalog = g_string_new(
        "'tables':[{'schema':'blog','name':'posts','kind':'ordinary','columns':[{'name':'a',"
        "'type':'bigint'}],'indexes':[");
    append_index(catalog, "posts_a_1", NULL);
    append_index(catalog, "posts_a_2", NULL);
    append_index(catalog, "an_index", "(a > 0)");
    append_index(catalog, "index", "(a > 0)");
    g_string_truncate(catalog, catalog->len - 1);
    g_string_append(catalog, "]}]");
    struct world world = world_new(catalog->str, NULL);
    const struct finding *partial = world_find(&world, "index-duplicate", 0);
    g_assert_cmpstr(partial->object->path, ==, "blog.index");
    g_assert_cmpstr(partial->fix_migration, ==,
                    CONCURRENTLY "def change do\n  execute(\n"
                                 "    \"DROP INDEX CONCURRENTLY blog.index\",\n"
                                 "    \"CREATE INDEX CONCURRENTLY index ON blog.posts USING "
                                 "btree (a) WHERE (a > 0)\"\n  )\nend");
    const struct finding *plain = world_find(&world, "index-duplicate", 1);
    g_assert_cmpstr(plain->object->path, ==, "blog.posts_a_2");
    g_assert_cmpstr(plain->fix_sql, ==, "DROP INDEX CONCURRENTLY blog.posts_a_2;");
    g_assert_cmpstr(plain->fix_migration, ==,
                    CONCURRENTLY "def change do\n  drop index(:posts, [:a], name: :posts_a_2, "
                                 "prefix: \"blog\", concurrently: true)\nend");
    world_free(&world);
}

/* A snapshot that somebody made by hand may lack what a server always says. */
static void
test_bare_snapshot(void)
{
    struct world world = world_new(
        "'tables':[{'schema':'a','name':'t','columns':[{'name':'x'},{'name':'y'}],"
        "'constraints':[{'name':'k','kind':'foreign key','definition':''},"
        "{'name':'l','kind':'foreign "
        "key','columns':['x','gone'],'references':'b.gone','definition':''},"
        "{'name':'m','kind':'foreign key','columns':['x'],'references':'a.t',"
        "'referenced_columns':['y','z'],'definition':'','on_delete':'set null','validated':false}],"
        "'indexes':[{'name':'i','definition':''},{'name':'j','definition':'','valid':false,"
        "'unique':true,'keys':[{'position':1},{'position':2}]},"
        "{'name':'o','definition':'','method':'gin','unique':true,'valid':true,'ready':true,'keys':"
        "[{'position':1},{'position':2}]},"
        "{'name':'p','definition':'','method':'gin','unique':true,'valid':true,'ready':true,'keys':"
        "[{'position':1},{'position':2}]}],"
        "'triggers':[{'name':'g','definition':'','enabled':'disabled'}],'policies':[{'name':'p'}]}]"
        ","
        "'sequences':[{'schema':'a','name':'s'}],"
        "'functions':[{'schema':'a','name':'f','argument_types':'','definition':'','security_"
        "definer':true}]",
        NULL);
    g_assert_nonnull(world_find(&world, "table-no-pk", 0));
    g_assert_nonnull(world_find(&world, "index-invalid", 0));
    world_free(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/checks/catalogue", test_catalogue);
    g_test_add_func("/checks/help", test_help);
    g_test_add_func("/checks/elixir", test_elixir);
    g_test_add_func("/checks/sql", test_sql);
    g_test_add_func("/checks/number", test_number);
    g_test_add_func("/checks/index_names", test_index_names);
    g_test_add_func("/checks/hostile_names", test_hostile_names);
    g_test_add_func("/checks/unshowable_names", test_unshowable_names);
    g_test_add_func("/checks/dropped_indexes", test_dropped_indexes);
    g_test_add_func("/checks/bare_snapshot", test_bare_snapshot);
    return g_test_run();
}
