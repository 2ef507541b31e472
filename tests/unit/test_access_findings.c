/* test_access_findings.c - what rules about access may say, by where the facts come from. What each
 * rule finds is in tests/fixtures/checks/access.sql. */
#include "findings_world.h"

/* Where nobody said who may do what, nobody is told that everybody may. */
static void
test_sources(void)
{
    static const struct {
        const char *access;
        bool found;
        enum strength strength;
        bool owners;
    } sources[] = {
        {"", false, STRENGTH_PROVED, false},
        {"'access':'migrations',", true, STRENGTH_HINT, false},
        {"'access':'dump',", true, STRENGTH_PROVED, false},
        {"'access':'server',", true, STRENGTH_PROVED, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
        g_autofree char *catalog = g_strconcat(
            sources[i].access,
            "'schemas':[{'name':'a'},{'name':'public','grants':['PUBLIC: CREATE']}],"
            "'tables':[{'schema':'a','name':'t','owner':'x'},{'schema':'a','name':'u','owner':'y'}]"
            ","
            "'functions':[{'schema':'a','name':'f','argument_types':'','kind':'function','result':"
            "'text','security_definer':true,'grants':['PUBLIC: EXECUTE'],'definition':'D'}]",
            NULL);
        struct world world = world_new(catalog, NULL);
        const struct finding *finding = world_find(&world, "secdef-public-execute", 0);
        g_assert_true((finding != NULL) == sources[i].found);
        if (finding != NULL)
            g_assert_cmpint(finding->strength, ==, sources[i].strength);
        g_assert_true((world_find(&world, "owner-mixed", 0) != NULL) == sources[i].owners);
        g_assert_true((world_find(&world, "schema-public-create", 0) != NULL) == sources[i].owners);
        world_free(&world);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/findings/access", test_sources);
    return g_test_run();
}
