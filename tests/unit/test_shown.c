/* test_shown.c - names that cannot be seen or told apart. */
#include "catalog/shown.h"

#include <glib.h>

static void
check(char *text, const char *expected)
{
    g_assert_cmpstr(text, ==, expected);
    g_free(text);
}

static void
test_names(void)
{
    check(shown_name("posts"), "posts");
    check(shown_name("AlbumId"), "AlbumId");
    check(shown_name("two words"), "two words");
    check(shown_name("Ünïcode ✓"), "Ünïcode ✓");
    check(shown_name("שלום"), "שלום");
    check(shown_name("a.b"), "\"a.b\"");
    check(shown_name("b\"\"c"), "\"b\"\"\"\"c\"");
    check(shown_name(" "), "\" \"");
    check(shown_name("a "), "\"a \"");
    check(shown_name("a  b"), "\"a  b\"");
    check(shown_name("line\nbreak"), "U&\"line\\000Abreak\"");
    check(shown_name("right\u202Eto \\ left"), "U&\"right\\202Eto \\\\ left\"");
    check(shown_name("\u200B"), "U&\"\\200B\"");
    check(shown_name("\u00A0"), "U&\"\\00A0\"");
    check(shown_name("\u2028"), "U&\"\\2028\"");
    check(shown_name("\U000E0001"), "U&\"\\+0E0001\"");
    check(shown_name("\xFF"), "\xFF");
    check(shown_path("blog.posts"), "blog.posts");
    check(shown_path("public.\"Album\""), "public.Album");
    check(shown_path("\"a.b\".c"), "\"a.b\".c");
    check(shown_path("a.\"b.c\""), "a.\"b.c\"");
    check(shown_path("a.f(integer, text)"), "a.f(integer, text)");
    check(shown_path("\"x"), "\"x");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shown/names", test_names);
    return g_test_run();
}
