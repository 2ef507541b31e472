/* test_rights.c - what gives rights back that a way down left otherwise. */
#include "runbook/rights.h"

#include <glib.h>

static const struct {
    const char *word;
    const char *path;
    const char *before;
    const char *after;
    const char *statements; /* joined with spaces */
} rows[] = {
    {"table", "public.t", "app: SELECT", NULL, "GRANT SELECT ON TABLE public.t TO app;"},
    {"view", "public.v", NULL, "PUBLIC: SELECT", "REVOKE SELECT ON TABLE public.v FROM PUBLIC;"},
    {"table", "public.t", "app: SELECT, INSERT", "app: INSERT, DELETE",
     "REVOKE DELETE ON TABLE public.t FROM app; GRANT SELECT ON TABLE public.t TO app;"},
    {"table", "public.t", "app: SELECT WITH GRANT OPTION", "app: SELECT",
     "REVOKE SELECT ON TABLE public.t FROM app; GRANT SELECT ON TABLE public.t TO app WITH GRANT "
     "OPTION;"},
    {"table", "public.t", "\"a; b: SELECT\": INSERT; \"PUBLIC\": DELETE", NULL,
     "GRANT INSERT ON TABLE public.t TO \"a; b: SELECT\"; GRANT DELETE ON TABLE public.t TO "
     "\"PUBLIC\";"},
    {"column", "public.t.\"A b\"", "app: UPDATE", NULL,
     "GRANT UPDATE (\"A b\") ON TABLE public.t TO app;"},
    {"type", "public.size", "PUBLIC: USAGE", "app: USAGE",
     "REVOKE USAGE ON TYPE public.size FROM app; GRANT USAGE ON TYPE public.size TO PUBLIC;"},
    {"function", "public.f(integer)", "PUBLIC: EXECUTE", NULL,
     "GRANT EXECUTE ON ROUTINE public.f(integer) TO PUBLIC;"},
    {"table", "public.t", NULL, "OWNER: SELECT", "GRANT ALL ON TABLE public.t TO CURRENT_USER;"},
    {"table", "public.t", "OWNER: nothing", NULL,
     "REVOKE ALL ON TABLE public.t FROM CURRENT_USER;"},
    {"table", "public.t", "OWNER: SELECT, INSERT", "OWNER: DELETE",
     "REVOKE ALL ON TABLE public.t FROM CURRENT_USER; GRANT SELECT, INSERT ON TABLE public.t TO "
     "CURRENT_USER;"},
    {"table", "public.t", "OWNER: SELECT; app: SELECT", "OWNER: SELECT",
     "GRANT SELECT ON TABLE public.t TO app;"},
    {"table", "public.t", "\"the migrating role\": SELECT", NULL,
     "GRANT SELECT ON TABLE public.t TO CURRENT_USER;"},
    {"extension", "hstore", "app: SELECT", NULL, ""},
    {"table", "public.t", "no grant at all", NULL, ""},
};

static void
test_grants(void)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct difference difference = {
            .kind = CHANGE_CHANGED,
            .word = rows[i].word,
            .path = rows[i].path,
            .title = "Grants",
            .before = rows[i].before,
            .after = rows[i].after,
        };
        const struct differences differences = {.count = 1, .items = &difference};
        const struct names statements = rights_statements(arena, &differences);
        g_autoptr(GString) text = g_string_new(NULL);
        for (size_t j = 0; j < statements.count; j++)
            g_string_append_printf(text, "%s%s", j > 0 ? " " : "", statements.items[j]);
        g_assert_cmpstr(text->str, ==, rows[i].statements);
    }
    arena_free(arena);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rights/grants", test_grants);
    return g_test_run();
}
