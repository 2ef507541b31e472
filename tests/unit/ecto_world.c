/* ecto_world.c - a line of Ecto's migrations, read and compared. */
#include "ecto_world.h"

#include "migrations/place.h"

bool
ecto_try(struct arena *arena, const char *folder, struct migrations *migrations, GError **error)
{
    g_autofree char *root = g_strdup(".");
    g_autofree char *below = g_strdup(folder);
    const struct migrations_place place = {root, below};
    return migrations_read(arena, &place, NULL, migrations, error);
}

void
ecto_read_line(struct arena *arena, const char *folder, struct migrations *migrations)
{
    g_autoptr(GError) error = NULL;
    ecto_try(arena, folder, migrations, &error);
    g_assert_no_error(error);
}

void
ecto_read_all(struct arena *arena, struct migrations *migrations)
{
    ecto_read_line(arena, FOLDER, migrations);
}

static char *
describe(const struct migration_plan *plan)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        g_string_append_printf(text, "%s%s\n",
                               step->kind == STEP_SQL     ? ""
                               : step->kind == STEP_QUERY ? "> "
                                                          : "? ",
                               step->kind == STEP_OPAQUE ? step->reason : step->sql);
    }
    if (plan->reason != NULL)
        g_string_append_printf(text, "! %s\n", plan->reason);
    return g_string_free(text, FALSE);
}

void
ecto_check_plan(const struct migration_plan *plan, const char *body, const char *expected)
{
    g_autofree char *found = describe(plan);
    if (!g_str_equal(found, expected))
        g_test_message("%s", body);
    g_assert_cmpstr(found, ==, expected);
}
