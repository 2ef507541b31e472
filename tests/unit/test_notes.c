/* test_notes.c - files become notes, and hostile ones problems. */
#include "notes/notes.h"

#include "support.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    struct arena *arena;
    struct notes notes;
    struct note_problems problems;
};

static void
world_read(struct world *world)
{
    GError *error = NULL;
    world->arena = arena_new();
    notes_read(world->arena, ".", "notes", &world->notes, &world->problems, &error);
    g_assert_no_error(error);
}

static void
world_free(struct world *world)
{
    arena_free(world->arena);
}

/* "file:line word path @named_at [owner] #tag: text", a line for each note. */
static char *
list_notes(const struct world *world)
{
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < world->notes.count; i++) {
        const struct note *note = &world->notes.items[i];
        g_assert_cmpint(note->origin, ==, NOTE_FILE);
        g_string_append_printf(list, "%s:%u %s %s @%u", note->file, note->line,
                               note->word == NULL ? "-" : note->word,
                               note->path == NULL ? "-" : note->path, note->named_at);
        if (note->facts.owner != NULL)
            g_string_append_printf(list, " [%s]", note->facts.owner);
        for (size_t j = 0; j < note->facts.tags.count; j++)
            g_string_append_printf(list, " #%s", note->facts.tags.items[j]);
        g_string_append_printf(list, ": %s\n", note->text);
    }
    return g_string_free(list, FALSE);
}

/* One file, which holds these notes and has no problem. */
static void
assert_notes(const char *text, const char *expected)
{
    struct world world;
    support_enter();
    support_write("notes/a.md", text);
    world_read(&world);
    g_autofree char *list = list_notes(&world);
    g_assert_cmpuint(world.problems.count, ==, 0);
    g_assert_cmpstr(list, ==, expected);
    world_free(&world);
    support_leave();
}

static void
assert_only_problem(const struct world *world, const char *file, unsigned line, const char *words)
{
    g_assert_cmpuint(world->notes.count, ==, 0);
    g_assert_cmpuint(world->problems.count, ==, 1);
    g_assert_cmpstr(world->problems.items[0].file, ==, file);
    g_assert_cmpuint(world->problems.items[0].line, ==, line);
    g_assert_cmpstr(world->problems.items[0].words, ==, words);
}

/* One file, which is no note for this reason. */
static void
assert_problem(const char *text, size_t length, unsigned line, const char *words)
{
    struct world world;
    support_enter();
    g_assert_cmpint(mkdir("notes", 0700), ==, 0);
    g_assert_true(g_file_set_contents("notes/a.md", text, (gssize)length, NULL));
    world_read(&world);
    assert_only_problem(&world, "notes/a.md", line, words);
    world_free(&world);
    support_leave();
}

static void
test_front_matter(void)
{
    assert_notes("---\nobject: table blog.posts\nowner: the team\ntags: [a, b c]\n---\n\nWords.\n",
                 "notes/a.md:7 table blog.posts @2 [the team] #a #b c: Words.\n");
    assert_notes("---\n# why\n\nobject:  Function  audit.log(integer, text) \n--- \nW\n\nX\n",
                 "notes/a.md:6 function audit.log(integer, text) @4: W\n\nX\n");
    assert_notes("---\nobject: database\n---\nW", "notes/a.md:4 database - @2: W\n");
    assert_notes("---\nobject: 'table \"Odd Name\".\"x\"\"y\"'\n---\nW",
                 "notes/a.md:4 table \"Odd Name\".\"x\"\"y\" @2: W\n");
    assert_notes("---\n---\nW", "notes/a.md:3 - - @0: W\n");
    assert_notes("---\nobject:\nowner: \"\"\n---\nW", "notes/a.md:5 - - @0: W\n");
    assert_notes("W\n---\nobject: table x\n---\n", "notes/a.md:1 - - @0: W\n---\nobject: table x\n"
                                                   "---\n");
}

static void
test_bytes(void)
{
    assert_notes("\xEF\xBB\xBF---\r\nobject: table a.b\r\n---\r\n\r\nW\r\nX\r\n",
                 "notes/a.md:5 table a.b @2: W\nX\n");
    assert_notes("---\nobject: \"table a.\\x01b\"\nowner: \"a\\u202E\\nb\"\n---\n\x1b[31mW",
                 "notes/a.md:5 table a.\xEF\xBF\xBD"
                 "b @2 [a\xE2\x80\xAE\nb]: \xEF\xBF\xBD[31mW\n");
    assert_notes("", "");
    assert_notes("\n \n\t\n", "");
    assert_notes("\n\n    code\n", "notes/a.md:3 - - @0:     code\n");
    assert_notes("---\nobject: table a.b\n---\n", "");
}

#define ABOUT(object) "---\nobject: " object "\n---\n"

static void
test_parts(void)
{
    assert_notes(ABOUT("table blog.posts") "W\n\n## Column author_id\n\nX\n\n### More\n\nY\n## "
                                           "index posts_slug_index\nZ",
                 "notes/a.md:4 table blog.posts @2: W\n"
                 "notes/a.md:8 column blog.posts.author_id @6: X\n\n### More\n\nY\n"
                 "notes/a.md:14 index blog.posts_slug_index @13: Z\n");
    assert_notes(ABOUT("table a.b") "## Constraint c\n1\n## Trigger d ##\n2\n## Policy e\n3\n\n"
                                    "Column f\n--------\n4\n",
                 "notes/a.md:5 constraint a.b.c @4: 1\n"
                 "notes/a.md:7 trigger a.b.d @6: 2\n"
                 "notes/a.md:9 policy a.b.e @8: 3\n"
                 "notes/a.md:13 column a.b.f @11: 4\n");
    assert_notes(ABOUT("view a.b") "## Column c\n1\n## Policy d\n2",
                 "notes/a.md:5 column a.b.c @4: 1\n"
                 "notes/a.md:6 view a.b @2: ## Policy d\n2\n");
    assert_notes(ABOUT("type a.b") "## Attribute c\n1\n## Constraint d\n2",
                 "notes/a.md:5 attribute a.b.c @4: 1\n"
                 "notes/a.md:7 constraint a.b.d @6: 2\n");
    assert_notes(ABOUT("table a.b") "## Column c\n\n## Column d\n", "");
}

/* What front matter says of the object, a block right below its heading says of a part. */
static void
test_keys_of_parts(void)
{
    assert_notes(ABOUT("table a.b") "## Index c\n\n```yaml\nowner: me\ntags: [x]\n```\n\n1\n"
                                    "## Index d\n```yaml \n```\n2\n## Index e\n3\n",
                 "notes/a.md:11 index a.c @4 [me] #x: 1\n"
                 "notes/a.md:15 index a.d @12: 2\n"
                 "notes/a.md:17 index a.e @16: 3\n");
    assert_notes(ABOUT("table a.b") "## Index c\n1\n```yaml\nowner: me\n```\n",
                 "notes/a.md:5 index a.c @4: 1\n```yaml\nowner: me\n```\n");
    assert_notes(ABOUT("table a.b") "## Index c\n```sql\nowner: me\n```\n",
                 "notes/a.md:5 index a.c @4: ```sql\nowner: me\n```\n");
    assert_notes(ABOUT("table a.b") "## Other\n```yaml\nx: y\n```\n",
                 "notes/a.md:4 table a.b @2: ## Other\n```yaml\nx: y\n```\n");
    assert_notes(ABOUT("table a.b") "## Index c\n```yaml\nx: y",
                 "notes/a.md:5 index a.c @4: ```yaml\nx: y\n");
}

/* Keys without words are kept, and those of an object are told once. */
static void
test_keys_alone(void)
{
    assert_notes("---\nobject: table a.b\nowner: me\n---\n## Index c\n```yaml\nowner: you\n```\n",
                 "notes/a.md:5 table a.b @2 [me]: \nnotes/a.md:9 index a.c @5 [you]: \n");
    assert_notes("---\nobject: table a.b\nowner: me\n---\n## Index c\n1\n## Rest\n2\n",
                 "notes/a.md:6 index a.c @5: 1\nnotes/a.md:7 table a.b @2 [me]: ## Rest\n2\n");
    assert_notes("---\nobject: table a.b\nowner: me\n---\n1\n## Index c\n2\n## Rest\n3\n",
                 "notes/a.md:5 table a.b @2 [me]: 1\nnotes/a.md:7 index a.c @6: 2\n"
                 "notes/a.md:8 table a.b @2: ## Rest\n3\n");
}

static void
test_bad_keys_of_parts(void)
{
    static const struct {
        const char *block;
        unsigned line;
        const char *words;
    } bad[] = {
        {"querys: [x]", 7, "there is no key \"querys\". Did you mean \"queries\"?"},
        {"tags: x", 7, "\"tags\" takes a list, found a text."},
        {"object: index a.d", 7,
         "there is no key \"object\". Known here: owner, since, review-by, deprecated, tags, "
         "links, "
         "queries, accept."},
        {"review-by: soon", 7, "\"review-by\" takes a day such as 2027-03-31."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct world world;
        support_enter();
        g_autofree char *text = g_strdup_printf(
            ABOUT("table a.b") "1\n## Index c\n```yaml\n%s\n```\n2\n", bad[i].block);
        support_write("notes/a.md", text);
        world_read(&world);
        assert_only_problem(&world, "notes/a.md", bad[i].line, bad[i].words);
        world_free(&world);
        support_leave();
    }
}

static void
test_part_names(void)
{
    assert_notes(ABOUT("table posts") "## Column id\n1\n## Column posts.id\n2\n## Index i\n3",
                 "notes/a.md:5 column posts.id @4: 1\n"
                 "notes/a.md:7 column posts.id @6: 2\n"
                 "notes/a.md:9 index i @8: 3\n");
    assert_notes(ABOUT("table a.b") "## Column b.c\n1\n## Column a.b.c\n2\n## Index x.i\n3",
                 "notes/a.md:5 column a.b.c @4: 1\n"
                 "notes/a.md:7 column a.b.c @6: 2\n"
                 "notes/a.md:9 index x.i @8: 3\n");
    assert_notes(ABOUT("table \"A.b\".\"c d\"") "## Column \"e f\"\n1\n## Column `g h`\n2\n"
                                                "## Column `i`\n3\n## Column x\\_y\n4\n"
                                                "## Index \"j k\"\n5\n## Column __l__\n6",
                 "notes/a.md:5 column \"A.b\".\"c d\".\"e f\" @4: 1\n"
                 "notes/a.md:7 column \"A.b\".\"c d\".g h @6: 2\n"
                 "notes/a.md:9 column \"A.b\".\"c d\".i @8: 3\n"
                 "notes/a.md:11 column \"A.b\".\"c d\".x_y @10: 4\n"
                 "notes/a.md:13 index \"A.b\".\"j k\" @12: 5\n"
                 "notes/a.md:15 column \"A.b\".\"c d\".__l__ @14: 6\n");
}

static void
test_what_is_no_part(void)
{
    static const char *const texts[] = {
        "## Index usage in short\nx",
        "```\n## Column c\n```",
        "    ## Column c",
        "<!--\n## Column c\n-->\nx",
        "> ## Column c",
        "- ## Column c",
        "### Column c",
        "# Column c",
        "##Column c",
        "## Column",
        "## Column \"c",
        "Column\nc\n---",
        "## Column c.",
        "## Columns c",
        "## Sequence c",
        "## Key 1 2",
        "\\## Column c",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *text = g_strconcat(ABOUT("table a.b"), texts[i], NULL);
        g_autofree char *expected = g_strdup_printf("notes/a.md:4 table a.b @2: %s\n", texts[i]);
        assert_notes(text, expected);
    }
    assert_notes(ABOUT("schema a") "## Column c\n", "notes/a.md:4 schema a @2: ## Column c\n");
    assert_notes(ABOUT("database") "## Column c\n", "notes/a.md:4 database - @2: ## Column c\n");
    assert_notes("## Column c\n", "notes/a.md:1 - - @0: ## Column c\n");
}

/* Other headings are about the object again: a second note, whose lines are right too. */
static void
test_words_between_parts(void)
{
    assert_notes(
        "---\nobject: table a.b\nowner: me\n---\n## Column c\n1\n## History\n2\n## Why\n3\n"
        "## Column d\n4\n# Top\n5",
        "notes/a.md:6 column a.b.c @5: 1\n"
        "notes/a.md:7 table a.b @2 [me]: ## History\n2\n## Why\n3\n"
        "notes/a.md:12 column a.b.d @11: 4\n"
        "notes/a.md:13 table a.b @2: # Top\n5\n");
}

static void
assert_bad(const char *text, unsigned line, const char *words)
{
    assert_problem(text, strlen(text), line, words);
}

static void
test_bad_front_matter(void)
{
    assert_bad("---\nobject: table a.b\nW\n", 1,
               "the front matter that begins here has no end. Close it with a line \"---\".");
    assert_bad("---", 1,
               "the front matter that begins here has no end. Close it with a line \"---\".");
    assert_bad("---\nowner: a\nobjekt: table a\n---\n", 3,
               "there is no key \"objekt\". Did you mean \"object\"?");
    assert_bad("---\n\nobject: [a]\n---\n", 3, "\"object\" takes a text, found a list.");
    assert_bad("---\nobject: table\n---\nW", 2,
               "\"object\" takes a word and a name, such as \"table blog.posts\".");
    assert_bad("---\na: &x [1]\nb: *x\n---\n", 2,
               "anchors, aliases and tags are not used here. Write the value out.");
    assert_bad("---\nobject: table a\nobject: table b\n---\n", 3,
               "\"object\" stands here twice. Keep one of them.");
    assert_bad("---\nobject table a\n---\n", 2, "expected keys and values, found a text.");
    assert_bad("---\ntags:\n- [x]\n---\n", 3, "expected a text.");
    assert_bad("---\nprivate: yes\n---\nW", 1, "\"private\" takes true or false.");
}

static void
test_front_matter_bombs(void)
{
    g_autofree char *deep = g_strnfill(15000, '[');
    g_autofree char *text = g_strdup_printf("---\ntags: %s\n---\n", deep);
    assert_bad(text, 2, "this is nested too deeply.");
    g_autofree char *long_owner = g_strnfill(20000, 'x');
    g_autofree char *large = g_strdup_printf("---\nowner: %s\n---\n", long_owner);
    assert_bad(large, 1, "its front matter is larger than 16 KiB");
}

static void
test_bad_bytes(void)
{
    assert_problem("a\nb\xFF\n", 5, 2, "it is not UTF-8");
    assert_problem("a\n\nb\0c", 6, 3, "it is not UTF-8");
    assert_problem("\x7f"
                   "ELF\0\1\2",
                   7, 1, "it is not UTF-8");
    g_autofree char *large = g_strnfill(5 * 1024 * 1024, 'a');
    assert_bad(large, 0,
               "the file is too big (notes/a.md, more than 1048576 bytes). Make it smaller.");
}

static void
test_links_are_not_followed(void)
{
    struct world world;
    support_enter();
    support_write(".git/config", "[core]");
    support_write("elsewhere/secret.md", "secret");
    support_write("notes/sub/good.md", "good");
    g_assert_cmpint(symlink("../.git/config", "notes/b.md"), ==, 0);
    g_assert_cmpint(symlink("../elsewhere", "notes/folder"), ==, 0);
    g_assert_cmpint(symlink("nowhere", "notes/z.md"), ==, 0);
    g_assert_cmpint(symlink("../.git/config", "notes/ignored.txt"), ==, 0);
    world_read(&world);
    static const char *const links[] = {"notes/b.md", "notes/folder", "notes/z.md"};
    g_assert_cmpuint(world.problems.count, ==, G_N_ELEMENTS(links));
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
        g_assert_cmpstr(world.problems.items[i].file, ==, links[i]);
        g_assert_cmpstr(world.problems.items[i].words, ==, "it is a symbolic link");
    }
    g_assert_cmpuint(world.notes.count, ==, 1);
    g_assert_cmpstr(world.notes.items[0].file, ==, "notes/sub/good.md");
    world_free(&world);
    support_leave();
}

static void
test_folder(void)
{
    struct world world;
    support_enter();
    world_read(&world);
    g_assert_cmpuint(world.notes.count + world.problems.count, ==, 0);
    world_free(&world);
    static const char *const files[] = {
        "notes/b.md",  "notes/a/z.md",          "notes/a.md",   "notes/.git/x.md", "notes/.hid.md",
        "notes/x.txt", "notes/\xE2\x80\xAE.md", "notes/\xFF.md"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        support_write(files[i], "W");
    g_assert_cmpint(mkfifo("notes/pipe.md", 0600), ==, 0);
    g_assert_cmpint(mkdir("notes/folder.md", 0700), ==, 0);
    world_read(&world);
    g_autofree char *list = list_notes(&world);
    g_assert_cmpstr(list, ==,
                    "notes/a.md:1 - - @0: W\n"
                    "notes/a/z.md:1 - - @0: W\n"
                    "notes/b.md:1 - - @0: W\n"
                    "notes/\xE2\x80\xAE.md:1 - - @0: W\n"
                    "notes/\xEF\xBF\xBD.md:1 - - @0: W\n");
    g_assert_cmpuint(world.problems.count, ==, 0);
    world_free(&world);
    support_leave();
}

static void
test_folder_that_is_a_link(void)
{
    struct world world = {.arena = arena_new()};
    GError *error = NULL;
    support_enter();
    support_write(".git/x.md", "W");
    g_assert_cmpint(symlink(".git", "notes"), ==, 0);
    g_assert_false(notes_read(world.arena, ".", "notes", &world.notes, &world.problems, &error));
    support_assert_failure_says(&error, FAILURE_USAGE, "notes");
    g_assert_false(notes_read(world.arena, ".", ".git", &world.notes, &world.problems, &error));
    support_assert_failure_says(&error, FAILURE_USAGE, ".git");
    g_assert_false(notes_read(world.arena, ".", "../x", &world.notes, &world.problems, &error));
    support_assert_failure_says(&error, FAILURE_USAGE, "../x");
    world_free(&world);
    support_leave();
}

/* Time is not asserted: the suite's limit would end the program. */
static void
test_hostile_sizes(void)
{
    static const char *const units[] = {
        "## Column c\n", "## Column c\nx\n", "## x\n", "\n", "> ", "- ", "x\n---\n", "# "};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new(ABOUT("table a.b"));
        while (text->len < SUPPORT_MUCH)
            g_string_append(text, units[i]);
        struct world world;
        support_enter();
        support_write("notes/a.md", text->str);
        world_read(&world);
        g_assert_cmpuint(world.problems.count, ==, 0);
        world_free(&world);
        support_leave();
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/notes/front-matter", test_front_matter);
    g_test_add_func("/notes/bytes", test_bytes);
    g_test_add_func("/notes/parts", test_parts);
    g_test_add_func("/notes/keys-of-parts", test_keys_of_parts);
    g_test_add_func("/notes/keys-alone", test_keys_alone);
    g_test_add_func("/notes/bad-keys-of-parts", test_bad_keys_of_parts);
    g_test_add_func("/notes/part-names", test_part_names);
    g_test_add_func("/notes/no-parts", test_what_is_no_part);
    g_test_add_func("/notes/between-parts", test_words_between_parts);
    g_test_add_func("/notes/bad-front-matter", test_bad_front_matter);
    g_test_add_func("/notes/front-matter-bombs", test_front_matter_bombs);
    g_test_add_func("/notes/bad-bytes", test_bad_bytes);
    g_test_add_func("/notes/links", test_links_are_not_followed);
    g_test_add_func("/notes/folder", test_folder);
    g_test_add_func("/notes/linked-folder", test_folder_that_is_a_link);
    g_test_add_func("/notes/hostile-sizes", test_hostile_sizes);
    return g_test_run();
}
