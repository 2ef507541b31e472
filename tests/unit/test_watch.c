/* test_watch.c - what counts as a change of files that were read. */
#include "base/files.h"
#include "serve/watch.h"
#include "support.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct watch *watch;
    char *sum; /* of the last look */
};

/* Watches what `read` reads. */
static void
begin(struct fixture *fixture, void (*read)(void))
{
    support_enter();
    fixture->watch = watch_new(NULL);
    g_assert_nonnull(fixture->watch);
    reads_begin();
    read();
    reads_end();
    watch_set(fixture->watch, reads_noted());
    fixture->sum = watch_look(fixture->watch).sum;
}

static void
end(struct fixture *fixture)
{
    watch_free(fixture->watch);
    g_free(fixture->sum);
    support_leave();
}

/* inotify speaks before the call that caused it returns. */
static void
expect(struct fixture *fixture, bool woken, bool changed)
{
    g_assert_cmpint(watch_take(fixture->watch), ==, woken);
    struct look look = watch_look(fixture->watch);
    g_assert_true(look.is_watched);
    g_assert_cmpint(!g_str_equal(look.sum, fixture->sum), ==, changed);
    g_free(fixture->sum);
    fixture->sum = look.sum;
}

static void
read_file(void)
{
    GString *text = NULL;
    support_write("folder/a.yml", "a");
    g_assert_true(file_read("folder/a.yml", 100, &text, NULL));
    g_string_free(text, TRUE);
}

static void
test_file(void)
{
    struct fixture fixture;
    begin(&fixture, read_file);
    expect(&fixture, false, false);
    support_write("folder/a.yml", "ab");
    expect(&fixture, true, true);
    support_write("folder/beside.yml", "a");
    expect(&fixture, true, false);
    support_write("elsewhere/a.yml", "a");
    expect(&fixture, false, false);
    g_assert_cmpint(rename("folder/beside.yml", "folder/a.yml"), ==, 0);
    expect(&fixture, true, true);
    g_assert_cmpint(unlink("folder/a.yml"), ==, 0);
    expect(&fixture, true, true);
    g_assert_cmpint(rename("folder", "away"), ==, 0);
    expect(&fixture, true, false);       /* it was gone already */
    support_write("folder/a.yml", "ab"); /* in a new folder, which is seen to appear */
    expect(&fixture, true, true);
    support_write("folder/a.yml", "abc");
    expect(&fixture, true, true);
    end(&fixture);
}

static void
look_in_vain(void)
{
    g_assert_false(file_is_there("priv/repo/structure.sql"));
}

/* What is not there yet is awaited, however many folders are missing. */
static void
test_missing(void)
{
    struct fixture fixture;
    begin(&fixture, look_in_vain);
    g_assert_cmpint(mkdir("priv", 0777), ==, 0);
    expect(&fixture, true, false);
    g_assert_cmpint(mkdir("priv/repo", 0777), ==, 0);
    expect(&fixture, true, false);
    support_write("priv/repo/structure.sql", "");
    expect(&fixture, true, true);
    end(&fixture);
}

static void
read_tree(void)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    support_write("notes/deep/a.md", "a");
    support_write("notes/.git/a.md", "a");
    g_assert_true(files_below(".", "notes", ".md", LIST_TREE, paths, NULL, NULL));
    g_assert_cmpuint(paths->len, ==, 1);
}

static void
test_tree(void)
{
    struct fixture fixture;
    begin(&fixture, read_tree);
    support_write("notes/deep/a.md~", "a");
    expect(&fixture, true, false);
    support_write("notes/.git/b.md", "a");
    expect(&fixture, false, false);
    support_write("notes/deep/b.md", "a");
    expect(&fixture, true, true);
    support_write("notes/new/folder/c.md", "a");
    expect(&fixture, true, true);
    support_write("notes/new/folder/c.md", "ab");
    expect(&fixture, true, true);
    g_assert_cmpint(symlink("/etc/passwd", "notes/link.md"), ==, 0);
    expect(&fixture, true, true);
    g_assert_cmpint(rename("notes/new", "notes/old"), ==, 0);
    expect(&fixture, true, true);
    support_write("notes/old/folder/c.md", "abc");
    expect(&fixture, true, true);
    g_assert_cmpint(rename("notes", "away"), ==, 0);
    expect(&fixture, true, true);
    end(&fixture);
}

/* Nothing is noted unless somebody wants to know, and each thing once. */
static void
test_reads(void)
{
    support_enter();
    support_write("a", "");
    reads_begin();
    g_assert_true(file_is_there("a"));
    g_assert_true(file_is_there("a"));
    g_assert_false(file_is_there("b"));
    reads_end();
    g_assert_false(file_is_there("c"));
    g_assert_cmpuint(reads_noted()->len, ==, 2);
    const struct read *last = reads_noted()->pdata[1];
    g_assert_cmpstr(last->path, ==, "b");
    g_assert_cmpint(last->kind, ==, READ_FILE);
    reads_begin();
    g_assert_cmpuint(reads_noted()->len, ==, 0);
    support_leave();
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/watch/file", test_file);
    g_test_add_func("/watch/missing", test_missing);
    g_test_add_func("/watch/tree", test_tree);
    g_test_add_func("/watch/reads", test_reads);
    return g_test_run();
}
