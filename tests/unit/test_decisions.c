/* test_decisions.c - what files say under `decision:`, and the objects that they name. */
#include "fixture.h"
#include "model/model.h"
#include "support.h"

#include <string.h>

/* clang-format off */
static const char blog[] =
    "'schemas':[{'name':'blog'},{'name':'old'}],"
    "'sequences':[{'schema':'blog','name':'numbers'}],"
    "'tables':["
    "{'schema':'blog','name':'posts','columns':[{'name':'id','type':'bigint'}]},"
    "{'schema':'blog','name':'views','columns':[{'name':'at','type':'date'}],"
        "'partition_key':'RANGE (at)'},"
    "{'schema':'blog','name':'views_1','columns':[{'name':'at','type':'date'}],"
        "'partition_of':'blog.views','partition_bound':'DEFAULT'},"
    "{'schema':'blog','name':'users','columns':[{'name':'id','type':'bigint'}]},"
    "{'schema':'old','name':'users','columns':[{'name':'id','type':'bigint'}]}]";
/* clang-format on */

struct world {
    struct arena *arena;
    struct database *database;
    struct model *model;
    struct notes notes;
    struct note_problems problems;
};

static void
world_read(struct world *world)
{
    GError *error = NULL;
    world->arena = arena_new();
    world->database = fixture_read(blog, NULL);
    notes_read(world->arena, ".", "notes", &world->notes, &world->problems, &error);
    g_assert_no_error(error);
    const struct model_parts parts = {.database = world->database, .notes = &world->notes};
    world->model = model_new(&parts);
}

static void
world_free(struct world *world)
{
    model_free(world->model);
    database_free(world->database);
    arena_free(world->arena);
}

static const struct decided *
find_decided(const struct world *world, const char *file)
{
    for (size_t i = 0; i < world->model->decision_count; i++)
        if (g_str_equal(world->model->decisions[i].note->file, file))
            return &world->model->decisions[i];
    return NULL;
}

/* "title, title": those that an object's page names. */
static void
assert_told(const struct world *world, const char *word, const char *path, const char *expected)
{
    const void *object = database_find(world->database, word, path);
    g_assert_nonnull(object);
    const struct decisions *decisions = model_decisions(world->model, object);
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < decisions->count; i++)
        g_string_append_printf(all, "%s%s", i == 0 ? "" : ", ",
                               decisions->items[i]->note->decision->title);
    g_assert_cmpstr(all->str, ==, expected);
}

#define DECISION(keys) "---\ndecision:\n  status: accepted\n  date: 2026-01-02\n" keys "---\n"

/* ---- reading ---- */

static void
assert_only(const char *text, const char *title, unsigned line, const char *words)
{
    struct world world;
    support_enter();
    support_write("notes/d/7-a.md", text);
    world_read(&world);
    g_assert_cmpuint(world.problems.count, ==, 0);
    g_assert_cmpuint(world.model->decision_count, ==, 1);
    if (world.model->decision_count == 1) {
        const struct note *note = world.model->decisions[0].note;
        g_assert_cmpstr(note->decision->title, ==, title);
        g_assert_cmpuint(note->line, ==, line);
        g_assert_cmpstr(note->text, ==, words);
    }
    world_free(&world);
    support_leave();
}

/* The heading is the title; words before it, and headings after it, stay in the text. */
static void
test_titles(void)
{
    assert_only(DECISION("") "# One *per* `month`\n\nWhy.\n\n## Column id\nX", "One per month", 8,
                "Why.\n\n## Column id\nX");
    assert_only(DECISION("") "<!-- x -->\nOne\n===\nWhy.", "One", 9, "Why.");
    assert_only(DECISION("") "Why.\n\n# One", "7-a", 6, "Why.\n\n# One");
    assert_only(DECISION("") "## One\nWhy.", "7-a", 6, "## One\nWhy.");
    assert_only(DECISION("") "# One\n# Two", "One", 7, "# Two");
    assert_only(DECISION("") "#\nWhy.", "7-a", 7, "Why.");
    assert_only(DECISION(""), "7-a", 6, "");
    assert_only(DECISION("") "# \"><script>alert(1)</script>\xE2\x80\xAE\nX",
                "\"><script>alert(1)</script>\xE2\x80\xAE", 7, "X");
}

static void
test_keys(void)
{
    struct world world;
    support_enter();
    support_write("notes/a.md", "---\nowner: me\ntags: [x]\ndecision:\n  status: superseded\n"
                                "  date: 2026-01-02\n  superseded-by: d/b.md\n"
                                "  alternatives: [\" Nothing.\\x01\", More.]\n"
                                "  objects: [database, Table  blog.posts]\n---\n# A");
    support_write("notes/d/b.md", DECISION("  objects:\n  - column posts.id\n"));
    world_read(&world);
    g_assert_cmpstr(world.problems.count > 0 ? world.problems.items[0].words : NULL, ==, NULL);
    const struct decided *decided = find_decided(&world, "notes/a.md");
    g_assert_nonnull(decided);
    const struct decision *decision = decided->note->decision;
    g_assert_cmpstr(decided->note->facts.owner, ==, "me");
    g_assert_null(decided->note->word);
    g_assert_cmpint(decision->status, ==, DECISION_SUPERSEDED);
    g_assert_cmpstr(decision->date, ==, "2026-01-02");
    g_assert_cmpuint(decision->alternatives.count, ==, 2);
    g_assert_cmpstr(decision->alternatives.items[0], ==, "Nothing.\xEF\xBF\xBD");
    g_assert_true(decided->successor == find_decided(&world, "notes/d/b.md"));
    g_assert_cmpuint(decided->object_count, ==, 2);
    g_assert_true(decided->objects[0] == &world.model->catalog->object);
    g_assert_cmpstr(decision->objects[1].word, ==, "table");
    g_assert_cmpuint(decision->objects[1].line, ==, 9);
    assert_told(&world, "column", "blog.posts.id", "b");
    assert_told(&world, "table", "blog.posts", "A");
    g_assert_cmpuint(world.model->orphan_count + world.model->broken_link_count, ==, 0);
    world_free(&world);
    support_leave();
}

/* The file is no note, for this reason. */
static void
assert_bad(const char *text, unsigned line, const char *words)
{
    struct world world;
    support_enter();
    support_write("notes/a.md", text);
    world_read(&world);
    g_assert_cmpuint(world.model->decision_count, ==, 0);
    g_assert_cmpuint(world.problems.count, ==, 1);
    if (world.problems.count == 1) {
        g_assert_cmpuint(world.problems.items[0].line, ==, line);
        g_assert_cmpstr(world.problems.items[0].words, ==, words);
    }
    world_free(&world);
    support_leave();
}

static void
test_bad_values(void)
{
    assert_bad("---\ndecision: yes\n---\n", 2, "\"decision\" takes a group of keys, found a text.");
    assert_bad("---\ndecision:\n  date: 2026-01-02\n---\n", 3, "\"status\" is missing here.");
    assert_bad("---\ndecision:\n  status: done\n  date: 2026-01-02\n---\n", 3,
               "\"status\" is proposed, accepted, rejected, deprecated or superseded.");
    assert_bad("---\ndecision:\n  status: accepted\n  date: 2.1.2026\n---\n", 4,
               "\"date\" takes a day such as 2025-05-06.");
    assert_bad("---\ndecision:\n  status: accepted\n  date: 2026-13-41\n---\n", 4,
               "\"date\" takes a day such as 2025-05-06.");
    assert_bad(DECISION("  objects: [table]\n"), 5,
               "\"objects\" takes words and names, such as \"table blog.posts\".");
    assert_bad(DECISION("  objects:\n  - table a\n  - tabel b\n"), 7,
               "\"objects\" takes words and names, such as \"table blog.posts\".");
    assert_bad(DECISION("  alternatives: [a, ' ']\n"), 5,
               "an alternative is empty. Say what else was thought of.");
    assert_bad(DECISION("  superseded-by: b.md\n"), 5,
               "\"superseded-by\" goes with \"status: superseded\".");
    assert_bad(DECISION("  object: [table a]\n"), 5,
               "there is no key \"object\". Did you mean \"objects\"?");
    assert_bad(DECISION("object: table a\n"), 5,
               "a decision names what it is about in its \"objects\".");
    assert_bad(DECISION("accept: [\"x: y\"]\n"), 5,
               "\"accept\" goes with \"object\": write it where that object's note is.");
}

/* ---- what they name ---- */

#define NAMES(status, objects)                                                                     \
    "---\ndecision:\n  status: " status "\n  date: 2026-01-02\n  objects: [" objects "]\n---\n"

/* Only a decision in force has to name what is there. */
static void
test_missing_objects(void)
{
    struct world world;
    support_enter();
    support_write("notes/a.md", NAMES("accepted", "table blog.psots, table users, table posts"));
    support_write("notes/b.md", NAMES("proposed", "table blog.later"));
    support_write("notes/c.md", NAMES("rejected", "table blog.never"));
    support_write("notes/d.md", NAMES("deprecated", "table blog.gone"));
    world_read(&world);
    g_assert_cmpuint(world.model->orphan_count, ==, 2);
    if (world.model->orphan_count == 2) {
        const struct orphan_note *orphans = world.model->orphans;
        g_assert_cmpstr(orphans[0].note->file, ==, "notes/a.md");
        g_assert_cmpstr(orphans[0].note->path, ==, "blog.psots");
        g_assert_cmpstr(orphans[0].nearest, ==, "table blog.posts");
        g_assert_cmpuint(orphans[0].note->named_at, ==, 5);
        g_assert_true(orphans[1].ambiguous);
    }
    assert_told(&world, "table", "blog.posts", "a");
    assert_told(&world, "table", "blog.users", "");
    world_free(&world);
    support_leave();
}

static void
test_no_place_of_its_own(void)
{
    struct world world;
    support_enter();
    support_write("notes/a.md", NAMES("accepted", "table blog.views_1, column blog.views_1.at, "
                                                  "table blog.views, sequence blog.numbers"));
    world_read(&world);
    g_assert_cmpuint(find_decided(&world, "notes/a.md")->object_count, ==, 4);
    assert_told(&world, "table", "blog.views", "a");
    assert_told(&world, "column", "blog.views.at", "");
    assert_told(&world, "schema", "blog", "a");
    world_free(&world);
    support_leave();
}

#define REPLACED(file)                                                                             \
    "---\ndecision:\n  status: superseded\n  date: 2026-01-02\n  superseded-by: " file "\n---\n"

/* Circles stay what they are; a file that is none, or the note itself, leads nowhere. */
static void
test_successors(void)
{
    struct world world;
    support_enter();
    support_write("notes/a.md", REPLACED("b.md"));
    support_write("notes/b.md", REPLACED("./x/../a.md"));
    support_write("notes/c.md", REPLACED("c.md"));
    support_write("notes/d.md", REPLACED("../../../etc/passwd"));
    support_write("notes/e.md", REPLACED("words.md"));
    support_write("notes/words.md", "---\nobject: table blog.posts\n---\nW");
    world_read(&world);
    g_assert_true(find_decided(&world, "notes/a.md")->successor ==
                  find_decided(&world, "notes/b.md"));
    g_assert_true(find_decided(&world, "notes/b.md")->successor ==
                  find_decided(&world, "notes/a.md"));
    g_assert_cmpuint(world.model->broken_link_count, ==, 3);
    for (size_t i = 0; i < world.model->broken_link_count; i++) {
        g_assert_null(find_decided(&world, world.model->broken_links[i].note->file)->successor);
        g_assert_cmpuint(world.model->broken_links[i].line, ==, 5);
    }
    world_free(&world);
    support_leave();
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/decisions/titles", test_titles);
    g_test_add_func("/decisions/keys", test_keys);
    g_test_add_func("/decisions/bad-values", test_bad_values);
    g_test_add_func("/decisions/missing-objects", test_missing_objects);
    g_test_add_func("/decisions/no-place", test_no_place_of_its_own);
    g_test_add_func("/decisions/successors", test_successors);
    return g_test_run();
}
