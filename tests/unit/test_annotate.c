/* test_annotate.c - words find their objects, and what finds none is told. */
#include "catalog/narrow.h"
#include "fixture.h"
#include "model/model.h"

#include <string.h>

#define COLUMN(name) "{'name':'" name "','type':'bigint'}"

/* clang-format off */
static const char blog[] =
    "'comment':'The whole.',"
    "'schemas':[{'name':'blog','comment':' \\n'},{'name':'old'}],"
    "'tables':["
    "{'schema':'blog','name':'posts','comment':'From the database.','columns':["
        "{'name':'id','type':'bigint','comment':'See [x](table:blog.gone).'},"
        COLUMN("author_id") "," COLUMN("editor_id") "," COLUMN("Odd\xE2\x80\xAEName") "],"
        "'constraints':[{'name':'c','kind':'check','definition':'…','comment':'Why.'}],"
        "'indexes':[{'name':'posts_pkey','definition':'…'}],"
        "'triggers':[{'name':'t','definition':'…'}],"
        "'policies':[{'name':'p'}]},"
    "{'schema':'blog','name':'users','columns':[" COLUMN("id") "]},"
    "{'schema':'old','name':'users','columns':[" COLUMN("id") "]},"
    "{'schema':'old','name':'invoices','columns':[" COLUMN("id") "]}],"
    "'views':[{'schema':'blog','name':'recent','definition':'…','columns':[" COLUMN("n") "]}],"
    "'functions':["
    "{'schema':'blog','name':'touch','argument_types':'integer','definition':'…'},"
    "{'schema':'blog','name':'touch','argument_types':'text','definition':'…'}]";
/* clang-format on */

struct world {
    struct database *database;
    struct model *model;
    struct notes notes;
    struct config config;
};

static void
world_new(struct world *world, struct note *items, size_t count, const char *intro)
{
    world->database = fixture_read(blog, NULL);
    world->notes = (struct notes){count, items};
    world->config = (struct config){.intro = intro == NULL ? NULL : "notes/intro.md"};
    const struct model_parts parts = {
        .database = world->database,
        .notes = &world->notes,
        .config = &world->config,
        .intro = intro,
    };
    world->model = model_new(&parts);
}

static void
world_free(struct world *world)
{
    model_free(world->model);
    database_free(world->database);
}

static struct note
note_about(const char *word, const char *path, const char *text)
{
    return (struct note){
        .file = "notes/a.md",
        .line = 4,
        .named_at = 2,
        .word = word,
        .path = path,
        .text = text,
    };
}

/* The texts about an object, "file: a|comment: b". */
static void
assert_words(const struct world *world, const void *object, const char *expected)
{
    g_assert_nonnull(object);
    const struct annotation *annotation = model_annotation(world->model, object);
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < annotation->count; i++)
        g_string_append_printf(
            all, "%s%s: %s", i == 0 ? "" : "|",
            annotation->notes[i]->origin == NOTE_FILE ? annotation->notes[i]->file : "comment",
            annotation->notes[i]->text);
    g_assert_cmpstr(all->str, ==, expected);
}

static void
assert_words_at(const struct world *world, const char *word, const char *path, const char *expected)
{
    assert_words(world, database_find(world->database, word, path), expected);
}

static void
test_comments(void)
{
    struct world world;
    world_new(&world, NULL, 0, NULL);
    assert_words_at(&world, "table", "blog.posts", "comment: From the database.");
    assert_words_at(&world, "constraint", "blog.posts.c", "comment: Why.");
    assert_words_at(&world, "schema", "blog", "");
    assert_words_at(&world, "table", "blog.users", "");
    assert_words(&world, world.model->catalog, "comment: The whole.");
    const struct note *note = model_annotation(world.model, database_find(world.database, "column",
                                                                          "blog.posts.id"))
                                  ->notes[0];
    g_assert_cmpstr(note->word, ==, "column");
    g_assert_cmpstr(note->path, ==, "blog.posts.id");
    g_assert_null(note->file);
    g_assert_cmpuint(world.model->orphan_count, ==, 0);
    world_free(&world);
}

static void
test_files_before_comments(void)
{
    struct world world;
    struct note notes[] = {
        note_about("table", "blog.posts", "One."),
        note_about("table", "Posts", "Two."),
        note_about("database", NULL, "All."),
        note_about("index", "posts_pkey", "Key."),
        note_about("trigger", "posts.t", "T."),
        note_about("policy", "blog.posts.p", "P."),
        note_about("view", "recent", "V."),
        note_about("column", "recent.n", "N."),
        note_about("function", "touch(int)", "F."),
        note_about("column", "blog.posts.\"Odd\xE2\x80\xAEName\"", "O."),
    };
    world_new(&world, notes, G_N_ELEMENTS(notes), NULL);
    assert_words_at(&world, "table", "blog.posts",
                    "notes/a.md: One.|notes/a.md: Two.|comment: From the database.");
    assert_words(&world, world.model->catalog, "notes/a.md: All.|comment: The whole.");
    assert_words_at(&world, "index", "blog.posts_pkey", "notes/a.md: Key.");
    assert_words_at(&world, "trigger", "blog.posts.t", "notes/a.md: T.");
    assert_words_at(&world, "policy", "blog.posts.p", "notes/a.md: P.");
    assert_words_at(&world, "view", "blog.recent", "notes/a.md: V.");
    assert_words_at(&world, "column", "blog.recent.n", "notes/a.md: N.");
    assert_words_at(&world, "function", "blog.touch(integer)", "notes/a.md: F.");
    assert_words_at(&world, "function", "blog.touch(text)", "");
    assert_words_at(&world, "column", "blog.posts.\"Odd\xE2\x80\xAEName\"", "notes/a.md: O.");
    g_assert_cmpuint(world.model->orphan_count, ==, 0);
    world_free(&world);
}

static void
assert_orphan(const char *word, const char *path, const char *nearest)
{
    struct world world;
    struct note note = note_about(word, path, "W");
    world_new(&world, &note, 1, NULL);
    g_assert_cmpuint(world.model->orphan_count, ==, 1);
    g_assert_true(world.model->orphans[0].note == &note);
    g_assert_cmpstr(world.model->orphans[0].nearest, ==, nearest);
    g_assert_false(world.model->orphans[0].ambiguous);
    world_free(&world);
}

static void
test_orphans(void)
{
    assert_orphan(NULL, NULL, NULL);
    assert_orphan("table", "blog.psots", "table blog.posts");
    assert_orphan("table", "psots", "table blog.posts");
    assert_orphan("table", "blog.recnt", "view blog.recent");
    assert_orphan("table", "blog.invoices", "table old.invoices");
    assert_orphan("tabel", "blog.posts", "table blog.posts");
    assert_orphan("table", "blog.posts_pkey", "index blog.posts_pkey");
    assert_orphan("index", "blog.posts_pk", "index blog.posts_pkey");
    assert_orphan("index", "blog.posts_slug", NULL);
    assert_orphan("column", "blog.posts.authorid", "column blog.posts.author_id");
    assert_orphan("column", "posts.authorid", "column blog.posts.author_id");
    assert_orphan("column", "blog.psots.author_id", "column blog.posts.author_id");
    assert_orphan("column", "blog.posts.x", NULL);
    assert_orphan("schema", "blug", "schema blog");
    assert_orphan("column", "author_id", NULL);
    assert_orphan("extension", "x", NULL);
    assert_orphan("key", "blog.posts_pkey.1", NULL);
    static const char *const hostile[] = {
        "", ".", "\"", "\"\"", "a..b", "<script>", "\xE2\x80\xAE", "(((", "a.b.c.d.e.f"};
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
        assert_orphan("table", hostile[i], NULL);
        assert_orphan("function", hostile[i], NULL);
        assert_orphan("column", hostile[i], NULL);
    }
    g_autofree char *long_name = g_strnfill(100000, 'a');
    assert_orphan("table", long_name, NULL);
    assert_orphan(long_name, "b", NULL);
}

static void
test_ambiguous_names(void)
{
    struct world world;
    struct note notes[] = {note_about("table", "users", "[a](column:users.id)"),
                           note_about("function", "blog.touch", "[b](function:touch)")};
    world_new(&world, notes, G_N_ELEMENTS(notes), NULL);
    g_assert_cmpuint(world.model->orphan_count, ==, 2);
    g_assert_true(world.model->orphans[0].ambiguous && world.model->orphans[1].ambiguous);
    g_assert_cmpstr(world.model->orphans[0].nearest, ==, "table blog.users");
    g_assert_null(world.model->orphans[1].nearest);
    g_assert_cmpuint(world.model->broken_link_count, ==, 3);
    g_assert_true(world.model->broken_links[0].ambiguous);
    g_assert_cmpstr(world.model->broken_links[0].target, ==, "column:users.id");
    g_assert_cmpstr(world.model->broken_links[0].nearest, ==, "column:blog.users.id");
    g_assert_true(world.model->broken_links[1].ambiguous);
    world_free(&world);
}

static void
assert_broken(const struct broken_link *link, const char *file, unsigned line, const char *target,
              const char *nearest)
{
    g_assert_cmpstr(link->note->file, ==, file);
    g_assert_cmpuint(link->line, ==, line);
    g_assert_cmpstr(link->target, ==, target);
    g_assert_cmpstr(link->nearest, ==, nearest);
    g_assert_false(link->ambiguous);
}

static void
test_broken_links(void)
{
    struct world world;
    struct note notes[] = {
        note_about("table", "blog.posts",
                   "[a](table:blog.posts) [b](posts.html) [c](https://x)\n\n"
                   "- [d](table:blog.psots)\n- [e](table:posts) `table:blog.gone`"),
        note_about("table", "blog.gone", "<index:blog.%01>"),
    };
    notes[1].line = 10;
    world_new(&world, notes, G_N_ELEMENTS(notes), "Go [on](view:blog.recent).\n[x](table:zzz)");
    g_assert_cmpuint(world.model->broken_link_count, ==, 4);
    const struct broken_link *links = world.model->broken_links;
    assert_broken(&links[0], "notes/a.md", 6, "table:blog.psots", "table:blog.posts");
    assert_broken(&links[1], "notes/a.md", 10, "index:blog.\xEF\xBF\xBD", NULL);
    assert_broken(&links[2], "notes/intro.md", 2, "table:zzz", NULL);
    assert_broken(&links[3], NULL, 1, "table:blog.gone", NULL);
    g_assert_cmpstr(links[3].note->path, ==, "blog.posts.id");
    world_free(&world);
}

static bool
is_not_old(const char *schema, const char *name, const void *data)
{
    (void)name, (void)data;
    return !g_str_equal(schema, "old");
}

/* What dbdoc.yml leaves out may have notes, and links to it may stay. */
static void
test_what_is_left_out(void)
{
    struct world world = {.database = fixture_read(blog, NULL)};
    struct note notes[] = {
        note_about("table", "old.invoices", "[a](table:old.users) [b](column:old.users.x)"),
        note_about("table", "invoices", "W"),
        note_about("table", "users", "Now [one](table:old.users).")};
    const struct narrowing narrowing = {is_not_old, NULL};
    database_narrow(world.database, &narrowing);
    world.notes = (struct notes){G_N_ELEMENTS(notes), notes};
    const struct model_parts parts = {.database = world.database, .notes = &world.notes};
    world.model = model_new(&parts);
    g_assert_cmpuint(world.model->orphan_count, ==, 0);
    g_assert_cmpuint(world.model->broken_link_count, ==, 1); /* the one of the comment */
    assert_words_at(&world, "table", "blog.users", "notes/a.md: Now [one](table:old.users).");
    world_free(&world);
}

static void
test_intro_is_no_orphan(void)
{
    struct world world;
    struct note notes[] = {{.file = "notes/intro.md", .line = 1, .text = "[x](table:zzz)"}};
    world_new(&world, notes, G_N_ELEMENTS(notes), "[x](table:zzz)");
    g_assert_cmpuint(world.model->orphan_count, ==, 0);
    g_assert_cmpuint(world.model->broken_link_count, ==, 2);
    world_free(&world);
    world_new(&world, notes, G_N_ELEMENTS(notes), NULL);
    g_assert_cmpuint(world.model->orphan_count, ==, 1);
    world_free(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/annotate/comments", test_comments);
    g_test_add_func("/annotate/files", test_files_before_comments);
    g_test_add_func("/annotate/orphans", test_orphans);
    g_test_add_func("/annotate/ambiguous", test_ambiguous_names);
    g_test_add_func("/annotate/links", test_broken_links);
    g_test_add_func("/annotate/left-out", test_what_is_left_out);
    g_test_add_func("/annotate/intro", test_intro_is_no_orphan);
    return g_test_run();
}
