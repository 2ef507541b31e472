/* test_releases.c - the order of releases. */
#include "fixture.h"
#include "model/releases.h"

static void
test_order(void)
{
    /* Each before all that follow. */
    static const char *const names[] = {
        "",
        "0.9",
        "v1.0.0-alpha",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0",
        "v1.0.1",
        "1.2",
        "1.2.0",
        "1.9",
        "1.10",
        "v2",
        "10",
        "2025-03-10",
        "2025-04-01",
        "99999999999999999999999999",
        "100000000000000000000000000",
        "next",
        "vNext",
        "\xff",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        for (size_t j = 0; j < G_N_ELEMENTS(names); j++) {
            int order = release_compare_names(names[i], names[j]);
            g_assert_cmpint((order > 0) - (order < 0), ==, (i > j) - (i < j));
        }
}

/* Two names of one version are two releases, always in the same order. */
static void
test_twins(void)
{
    g_assert_cmpint(release_compare_names("1.0", "v1.0"), <, 0);
    g_assert_cmpint(release_compare_names("v1.0", "1.0"), >, 0);
    g_assert_cmpint(release_compare_names("1.01", "1.1"), !=, 0);
    g_assert_cmpint(release_compare_names("1.1", "1.1"), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/releases/order", test_order);
    g_test_add_func("/releases/twins", test_twins);
    return g_test_run();
}
