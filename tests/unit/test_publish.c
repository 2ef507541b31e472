/* test_publish.c - a site is replaced as a whole, or not at all. */
#include "base/files.h"
#include "site/manifest.h"
#include "site/publish.h"

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test; `target` is where the site goes. */
struct place {
    char *folder;
    char *target;
};

static void
set_up(struct place *place, gconstpointer data)
{
    (void)data;
    place->folder = g_dir_make_tmp("dbdoc-publish-XXXXXX", NULL);
    place->target = g_build_filename(place->folder, "site", NULL);
}

static void
tear_down(struct place *place, gconstpointer data)
{
    (void)data;
    g_assert_true(tree_remove(place->folder, NULL));
    g_free(place->folder);
    g_free(place->target);
}

static struct publication *
begin(const struct place *place)
{
    GError *error = NULL;
    struct publication *publication = publication_begin(place->target, "all", &error);
    g_assert_no_error(error);
    return publication;
}

/* Whether the file differs from what is published. */
static unsigned
add(struct publication *publication, const char *path, const char *text)
{
    GError *error = NULL;
    unsigned changed = 2;
    g_autoptr(GString) bytes = g_string_new(text);
    publication_expect(publication, path, &error);
    g_assert_no_error(error);
    publication_add(publication, path, text, bytes, &changed, &error);
    g_assert_no_error(error);
    return changed;
}

static void
finish_as(struct publication *publication, enum manner expected)
{
    GError *error = NULL;
    enum manner manner = PUBLISHED_AT_ONCE;
    publication_finish(publication, &manner, &error);
    g_assert_no_error(error);
    g_assert_cmpint(manner, ==, expected);
}

static void
finish(struct publication *publication)
{
    finish_as(publication, PUBLISHED_AT_ONCE);
}

static void
publish(const struct place *place, const char *path, const char *text)
{
    struct publication *publication = begin(place);
    add(publication, "index.html", "front");
    add(publication, path, text);
    finish(publication);
}

static void
check_file(const struct place *place, const char *path, const char *expected)
{
    g_autofree char *full = g_build_filename(place->target, path, NULL);
    g_autofree char *text = NULL;
    if (expected == NULL) {
        g_assert_cmpint(access(full, F_OK), !=, 0);
        return;
    }
    g_assert_true(g_file_get_contents(full, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, expected);
}

static guint64
inode_of(const struct place *place, const char *path)
{
    g_autofree char *full = g_build_filename(place->target, path, NULL);
    struct stat status;
    g_assert_cmpint(stat(full, &status), ==, 0);
    return status.st_ino;
}

/* Nothing but the site is left behind. */
static void
check_clean(const struct place *place)
{
    g_autoptr(GDir) folder = g_dir_open(place->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        g_assert_false(g_str_has_prefix(name, ".dbdoc-stage-"));
}

static void
test_first(struct place *place, gconstpointer data)
{
    (void)data;
    publish(place, "tables/a.html", "one");
    check_file(place, "tables/a.html", "one");
    struct manifest *manifest = manifest_read(place->target);
    g_assert_cmpstr(manifest->key, ==, "all");
    g_assert_cmpuint(g_hash_table_size(manifest->entries), ==, 2);
    g_assert_cmpstr(manifest_find(manifest, "tables/a.html")->key, ==, "one");
    manifest_free(manifest);
    struct stat status;
    g_assert_cmpint(stat(place->target, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0500, ==, 0500);
    check_clean(place);
}

static void
test_again(struct place *place, gconstpointer data)
{
    (void)data;
    publish(place, "tables/a.html", "one");
    guint64 front = inode_of(place, "index.html");
    struct publication *publication = begin(place);
    g_assert_cmpuint(add(publication, "index.html", "front"), ==, 0);
    g_assert_cmpuint(add(publication, "tables/b.html", "two"), ==, 1);
    finish(publication);
    check_file(place, "tables/a.html", NULL);
    check_file(place, "tables/b.html", "two");
    g_assert_cmpuint(inode_of(place, "index.html"), ==, front);
    check_clean(place);
}

static void
test_abort(struct place *place, gconstpointer data)
{
    (void)data;
    publish(place, "tables/a.html", "one");
    struct publication *publication = begin(place);
    add(publication, "tables/a.html", "two");
    publication_abort(publication);
    check_file(place, "tables/a.html", "one");
    check_clean(place);
}

static void
test_foreign(struct place *place, gconstpointer data)
{
    (void)data;
    publish(place, "tables/a.html", "one");
    g_autofree char *own = g_build_filename(place->target, ".nojekyll", NULL);
    g_autofree char *link = g_build_filename(place->target, "tables", "link", NULL);
    g_assert_true(g_file_set_contents(own, "", -1, NULL));
    g_assert_cmpint(symlink("nowhere", link), ==, 0);
    publish(place, "tables/b.html", "two");
    check_file(place, ".nojekyll", "");
    g_autofree char *pointed = g_file_read_link(link, NULL);
    g_assert_cmpstr(pointed, ==, "nowhere");
}

/* A repository in the target keeps its empty folders and its place; stale pages go all the same. */
static void
test_foreign_folder(struct place *place, gconstpointer data)
{
    (void)data;
    publish(place, "tables/a.html", "one");
    g_autofree char *repository = g_build_filename(place->target, ".git", NULL);
    g_autofree char *empty = g_build_filename(repository, "refs", NULL);
    g_assert_cmpint(g_mkdir(repository, 0755), ==, 0);
    g_assert_cmpint(g_mkdir(empty, 0755), ==, 0);
    guint64 inode = inode_of(place, ".git/refs");
    struct publication *publication = begin(place);
    g_assert_cmpuint(add(publication, "index.html", "front"), ==, 0);
    g_assert_cmpuint(add(publication, "tables/b.html", "two"), ==, 1);
    finish_as(publication, PUBLISHED_ONE_BY_ONE);
    g_assert_cmpuint(inode_of(place, ".git/refs"), ==, inode);
    check_file(place, "index.html", "front");
    check_file(place, "tables/a.html", NULL);
    check_file(place, "tables/b.html", "two");
    check_clean(place);
}

/* A manifest from elsewhere that names what lies outside the site. */
static void
test_foreign_manifest(struct place *place, gconstpointer data)
{
    (void)data;
    (void)place;
    static const char *const paths[] = {"../outside",   "tables/../../outside", "/etc/hostname",
                                        "./index.html", "tables//a.html",       ""};
    struct manifest *manifest = manifest_new("all");
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *line = manifest_line(paths[i], "key", "digest");
        manifest_parse(manifest, line);
    }
    g_assert_cmpuint(g_hash_table_size(manifest->entries), ==, 0);
    manifest_free(manifest);
}

/* A file that dbdoc did not write is in the way. */
static void
test_collision(struct place *place, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(g_mkdir(place->target, 0755), ==, 0);
    g_autofree char *own = g_build_filename(place->target, "index.html", NULL);
    g_assert_true(g_file_set_contents(own, "mine", -1, NULL));
    struct publication *publication = begin(place);
    g_autoptr(GError) error = NULL;
    g_assert_false(publication_expect(publication, "index.html", &error));
    g_assert_nonnull(strstr(error->message, "was not written by dbdoc"));
    publication_abort(publication);
    check_file(place, "index.html", "mine");
    check_clean(place);
}

static void
test_link(struct place *place, gconstpointer data)
{
    (void)data;
    g_autofree char *real = g_build_filename(place->folder, "real", NULL);
    g_assert_cmpint(g_mkdir(real, 0755), ==, 0);
    g_assert_cmpint(symlink("real", place->target), ==, 0);
    publish(place, "tables/a.html", "one");
    struct stat status;
    g_assert_cmpint(lstat(place->target, &status), ==, 0);
    g_assert_true(S_ISLNK(status.st_mode));
    check_file(place, "tables/a.html", "one");
}

static void
test_not_a_folder(struct place *place, gconstpointer data)
{
    (void)data;
    g_assert_true(g_file_set_contents(place->target, "mine", -1, NULL));
    g_autoptr(GError) error = NULL;
    g_assert_null(publication_begin(place->target, "all", &error));
    g_assert_nonnull(strstr(error->message, "is not a folder"));
}

/* The text stands for its key here. */
static void
test_keep(struct place *place, gconstpointer data)
{
    (void)data;
    publish(place, "tables/a.html", "one");
    struct publication *publication = begin(place);
    g_assert_true(publication_is_current(publication));
    g_assert_true(publication_expect(publication, "index.html", NULL));
    g_assert_true(publication_expect(publication, "tables/a.html", NULL));
    g_assert_false(publication_keep(publication, "tables/a.html", "another key"));
    g_assert_true(publication_keep(publication, "tables/a.html", "one"));
    g_assert_true(publication_keep(publication, "index.html", "front"));
    finish(publication);
    check_file(place, "tables/a.html", "one");
    g_autofree char *edited = g_build_filename(place->target, "tables", "a.html", NULL);
    g_assert_true(g_file_set_contents(edited, "two", -1, NULL));
    publication = begin(place);
    g_assert_true(publication_expect(publication, "tables/a.html", NULL));
    g_assert_false(publication_keep(publication, "tables/a.html", "one"));
    publication_abort(publication);
}

/* What a killed build left is swept by the next one; what a living one holds is not. */
static void
test_sweep(struct place *place, gconstpointer data)
{
    (void)data;
    g_autofree char *dead = g_build_filename(place->folder, ".dbdoc-stage-dead00", NULL);
    g_autofree char *lock = g_build_filename(dead, "lock", NULL);
    g_assert_cmpint(g_mkdir(dead, 0700), ==, 0);
    g_assert_true(g_file_set_contents(lock, "", -1, NULL));
    struct publication *living = begin(place);
    g_assert_cmpint(access(dead, F_OK), !=, 0);
    add(living, "index.html", "first");
    publish(place, "tables/a.html", "one");
    finish(living);
    check_file(place, "index.html", "first");
}

static void
add_test(const char *name, void (*test)(struct place *place, gconstpointer data))
{
    g_test_add(name, struct place, NULL, set_up, test, tear_down);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add_test("/publish/first", test_first);
    add_test("/publish/again", test_again);
    add_test("/publish/abort", test_abort);
    add_test("/publish/foreign-folder", test_foreign_folder);
    add_test("/publish/foreign-manifest", test_foreign_manifest);
    add_test("/publish/foreign", test_foreign);
    add_test("/publish/collision", test_collision);
    add_test("/publish/link", test_link);
    add_test("/publish/not-a-folder", test_not_a_folder);
    add_test("/publish/keep", test_keep);
    add_test("/publish/sweep", test_sweep);
    return g_test_run();
}
