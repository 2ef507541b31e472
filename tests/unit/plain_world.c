/* plain_world.c - a folder of migrations, read and compared. */
#include "plain_world.h"

#include "migrations/place.h"
#include "support.h"

#include <string.h>

void
world_read_as(struct world *world, const char *tool, GError **error)
{
    g_autofree char *root = g_get_current_dir();
    g_autofree char *folder = g_strdup("m");
    const struct migrations_place place = {root, folder};
    world->arena = arena_new();
    migrations_read(world->arena, &place, tool, &world->migrations, error);
}

void
world_read(struct world *world, const char *format)
{
    GError *error = NULL;
    world_read_as(world, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(world->migrations.format, ==, format);
}

/* Leaves the folder of the files too. */
void
world_end(struct world *world)
{
    arena_free(world->arena);
    support_leave();
}

/* "version name" of all, in order. */
void
world_check_order(const struct world *world, const char *expected)
{
    g_autoptr(GString) found = g_string_new(NULL);
    for (size_t i = 0; i < world->migrations.count; i++)
        g_string_append_printf(found, "%s%s:%s", i > 0 ? " " : "",
                               world->migrations.items[i].version, world->migrations.items[i].name);
    g_assert_cmpstr(found->str, ==, expected);
}

/* "tx" or "no tx", then LINE SQL; "? reason"; "! reason". */
void
world_check_plan(const struct migration_plan *plan, const char *expected)
{
    g_autoptr(GString) found = g_string_new(plan->isolation == IN_TRANSACTION ? "tx" : "no tx");
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        bool opaque = step->kind == STEP_OPAQUE;
        g_string_append_printf(found, "|%u %s%s", step->line, opaque ? "? " : "",
                               opaque ? step->reason : step->sql);
    }
    if (plan->end != PLAN_COMPLETE)
        g_string_append_printf(found, "|! %s", plan->reason);
    g_assert_cmpstr(found->str, ==, expected);
}

void
world_check_ways(const struct world *world, size_t i, const char *up, const char *down)
{
    g_assert_cmpuint(i, <, world->migrations.count);
    if (up != NULL)
        world_check_plan(&world->migrations.items[i].up, up);
    if (down != NULL)
        world_check_plan(&world->migrations.items[i].down, down);
}

void
world_check_remark(const struct world *world, size_t i, unsigned line, const char *words)
{
    const struct migration *migration = &world->migrations.items[i];
    for (size_t r = 0; r < migration->remark_count; r++)
        if (migration->remarks[r].line == line && strstr(migration->remarks[r].text, words) != NULL)
            return;
    g_error("there is no remark on line %u that says \"%s\"", line, words);
}
