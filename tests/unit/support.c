/* support.c - folders, files and failures for unit tests. */
#include "support.h"

#include "base/files.h"

#include <string.h>
#include <unistd.h>

static char *folder;

void
support_enter(void)
{
    g_assert_null(folder);
    folder = g_dir_make_tmp("unit-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_assert_cmpint(chdir(folder), ==, 0);
}

void
support_leave(void)
{
    g_assert_cmpint(chdir("/"), ==, 0);
    g_assert_true(tree_remove(folder, NULL));
    g_clear_pointer(&folder, g_free);
}

static void
run(gconstpointer data)
{
    const struct support_test *test = data;
    support_enter();
    test->run();
    support_leave();
}

int
support_run(int argc, char **argv, const struct support_test *tests, size_t count)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < count; i++)
        g_test_add_data_func(tests[i].name, &tests[i], run);
    return g_test_run();
}

void
support_write(const char *path, const char *text)
{
    g_autofree char *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void
support_assert_failure(GError **error, enum failure failure, const char *message)
{
    g_assert_error(*error, FAILURE, (int)failure);
    g_assert_cmpstr((*error)->message, ==, message);
    g_clear_error(error);
}

void
support_assert_failure_says(GError **error, enum failure failure, const char *words)
{
    g_assert_error(*error, FAILURE, (int)failure);
    if (strstr((*error)->message, words) == NULL)
        g_error("\"%s\" does not say \"%s\"", (*error)->message, words);
    g_clear_error(error);
}
