/* test_kept.c - what is kept of a server comes back as it was, or not at all. */
#include "base/files.h"
#include "cluster/kept.h"
#include "support.h"

#include <glib/gstdio.h>
#include <unistd.h>
#include <utime.h>

struct world {
    char *cache;
    char *kept;
    char *folder; /* with "data" in it */
    char *other;  /* to restore into */
};

static char *
make_folder(const char *parent, const char *name)
{
    char *path = g_build_filename(parent, name, NULL);
    g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
    return path;
}

static void
put(const char *folder, const char *path, const char *text)
{
    g_autofree char *full = g_build_filename(folder, path, NULL);
    g_autofree char *parent = g_path_get_dirname(full);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
    g_assert_true(g_file_set_contents(full, text, -1, NULL));
}

static void
set_up(struct world *world, gconstpointer data)
{
    (void)data;
    g_autofree char *root = g_dir_make_tmp("kept-XXXXXX", NULL);
    world->cache = make_folder(root, "cache");
    world->kept = g_build_filename(world->cache, KEPT_PREFIX "1", NULL);
    world->folder = make_folder(root, "one");
    world->other = make_folder(root, "other");
    put(world->folder, "data/PG_VERSION", "15\n");
    put(world->folder, "data/base/1/2601", "rows");
    put(world->folder, "data/\"a b\n", "");
}

static void
tear_down(struct world *world, gconstpointer data)
{
    (void)data;
    g_autofree char *root = g_path_get_dirname(world->cache);
    g_assert_true(tree_remove(root, NULL));
    g_free(world->cache);
    g_free(world->kept);
    g_free(world->folder);
    g_free(world->other);
}

static bool
is_there(const char *folder, const char *path)
{
    g_autofree char *full = g_build_filename(folder, path, NULL);
    return access(full, F_OK) == 0;
}

static void
test_comes_back(struct world *world, gconstpointer data)
{
    (void)data;
    g_assert_null(kept_label(world->kept));
    g_assert_false(kept_restore(world->kept, world->other));
    kept_store(world->kept, world->folder, "one\ntwo\n");
    g_autofree char *label = kept_label(world->kept);
    g_assert_cmpstr(label, ==, "one\ntwo\n");
    g_assert_true(kept_restore(world->kept, world->other));
    g_autofree char *path = g_build_filename(world->other, "data/base/1/2601", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "rows");
}

static void
test_is_replaced(struct world *world, gconstpointer data)
{
    (void)data;
    kept_store(world->kept, world->folder, "one\n");
    put(world->cache, KEPT_PREFIX "1.draft/data/rest", "of one that was killed");
    put(world->folder, "data/more", "");
    kept_store(world->kept, world->folder, "two\n");
    g_autofree char *label = kept_label(world->kept);
    g_assert_cmpstr(label, ==, "two\n");
    g_assert_true(kept_restore(world->kept, world->other));
    g_assert_true(is_there(world->other, "data/more"));
    g_assert_false(is_there(world->other, "data/rest"));
    g_assert_false(is_there(world->cache, KEPT_PREFIX "1.draft"));
}

/* What is done to a folder that was kept. */
static const struct damage {
    const char *name;
    const char *path;
    const char *text; /* NULL: the file is removed */
} damages[] = {
    {"/kept/other-bytes", "data/base/1/2601", "rowz"},
    {"/kept/shorter", "data/base/1/2601", "ro"},
    {"/kept/lost", "data/PG_VERSION", NULL},
    {"/kept/foreign", "data/base/1/2602", "more"},
    {"/kept/no-sums", "sums", NULL},
    {"/kept/half-of-the-sums", "sums", "00000000 0 \"a b\n\n"},
};

static void
test_damaged(struct world *world, gconstpointer data)
{
    const struct damage *damage = data;
    kept_store(world->kept, world->folder, "one\n");
    g_autofree char *path = g_build_filename(world->kept, damage->path, NULL);
    if (damage->text == NULL)
        g_assert_cmpint(unlink(path), ==, 0);
    else
        put(world->kept, damage->path, damage->text);
    g_assert_false(kept_restore(world->kept, world->other));
    g_assert_false(is_there(world->other, "data"));
}

/* A link may lead to a file that is another one by then. */
static void
test_links(struct world *world, gconstpointer data)
{
    (void)data;
    g_autofree char *link = g_build_filename(world->folder, "data/link", NULL);
    g_assert_cmpint(symlink("/etc/passwd", link), ==, 0);
    kept_store(world->kept, world->folder, "one\n");
    g_assert_null(kept_label(world->kept));
}

static void
test_bounds(struct world *world, gconstpointer data)
{
    (void)data;
    g_autofree char *large = g_strnfill(1024 * 1024, 'x');
    put(world->folder, "data/large", large);
    for (int i = 1; i <= 4; i++) {
        g_autofree char *kept = g_strdup_printf("%s/" KEPT_PREFIX "%d", world->cache, i);
        kept_store(kept, world->folder, "one\n");
        struct utimbuf then = {i, i}; /* the first is the oldest */
        g_assert_cmpint(g_utime(kept, &then), ==, 0);
    }
    put(world->cache, "initdb-1/large", large);
    put(world->cache, KEPT_PREFIX "9.draft/large", large);
    kept_limit(world->cache, 2560 * 1024);
    g_assert_false(is_there(world->cache, KEPT_PREFIX "1"));
    g_assert_false(is_there(world->cache, KEPT_PREFIX "2"));
    g_assert_true(is_there(world->cache, KEPT_PREFIX "3"));
    g_assert_true(is_there(world->cache, KEPT_PREFIX "4"));
    g_assert_false(is_there(world->cache, KEPT_PREFIX "9.draft"));
    g_assert_true(is_there(world->cache, "initdb-1"));
}

static void
add(const char *name, gconstpointer data, void (*test)(struct world *, gconstpointer))
{
    g_test_add(name, struct world, data, set_up, test, tear_down);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("/kept/comes-back", NULL, test_comes_back);
    add("/kept/is-replaced", NULL, test_is_replaced);
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++)
        add(damages[i].name, &damages[i], test_damaged);
    add("/kept/links", NULL, test_links);
    add("/kept/bounds", NULL, test_bounds);
    return g_test_run();
}
