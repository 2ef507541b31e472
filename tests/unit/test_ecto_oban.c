/* test_ecto_oban.c - what one call of Oban.Migration sends depends on Oban's version and on the
 * line before it. */
#include "ecto_world.h"
#include "support.h"

#include <string.h>

static void
lock(const char *version)
{
    g_autofree char *text = g_strdup_printf(
        "%%{\n  \"oban\": {:hex, :oban, \"%s\", \"x\"},\n"
        "  \"oban_met\": {:hex, :oban_met, \"0.1.0\", \"x\"},\n}\n",
        version);
    support_write("mix.lock", text);
}

/* The migration number `place` of the folder. */
static void
write_migration(unsigned place, const char *up, const char *down)
{
    g_autofree char *path = g_strdup_printf(FOLDER "/%u_oban.exs", place);
    g_autofree char *text = g_strdup_printf("defmodule M%u do\n  use Ecto.Migration\n"
                                            "  def up do\n    %s\n  end\n"
                                            "  def down do\n    %s\n  end\nend\n",
                                            place, up, down);
    support_write(path, text);
}

/* The last statement of the plan; "" for none. */
static const char *
last(const struct migration_plan *plan)
{
    if (plan->count == 0)
        return "";
    const struct migration_step *step = &plan->steps[plan->count - 1];
    return step->kind == STEP_OPAQUE ? step->reason : step->sql;
}

static bool
sends(const struct migration_plan *plan, const char *words)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].kind == STEP_SQL && strstr(plan->steps[i].sql, words) != NULL)
            return true;
    return false;
}

static void
test_line(void)
{
    lock("2.17.4");
    write_migration(1, "Oban.Migrations.up(version: 10)", "Oban.Migrations.down(version: 1)");
    write_migration(2, "Oban.Migration.up()", "Oban.Migration.down(version: 11)");
    write_migration(3, "Oban.Migration.up(version: 12)", "Oban.Migration.down(version: 12)");
    write_migration(4, "drop table(:oban_jobs)", "execute \"\"");
    write_migration(5, "Oban.Migration.up(version: 13)", "Oban.Migration.down(version: 2)");
    struct arena *arena = arena_new();
    struct migrations migrations;
    ecto_read_all(arena, &migrations);
    const struct migration *items = migrations.items;
    g_assert_true(plan_is_known(&items[0].up));
    g_assert_cmpstr(last(&items[0].up), ==, "COMMENT ON TABLE \"public\".oban_jobs IS '10'");
    g_assert_true(sends(&items[0].up, "ADD COLUMN IF NOT EXISTS \"tags\" varchar(255)[]"));
    g_assert_false(sends(&items[0].up, "suspended"));
    g_assert_false(sends(&items[0].up, "CREATE SCHEMA"));
    g_assert_false(sends(&items[0].up, "oban_peers"));
    g_assert_cmpstr(last(&items[0].down), ==, "DROP TYPE IF EXISTS \"public\".oban_job_state");
    g_assert_cmpuint(items[1].up.count, ==, 7);
    g_assert_true(g_str_has_prefix(items[1].up.steps[0].sql, "CREATE TABLE IF NOT EXISTS "
                                                             "\"public\".\"oban_peers\" ("));
    g_assert_cmpstr(last(&items[1].up), ==, "COMMENT ON TABLE \"public\".oban_jobs IS '12'");
    g_assert_cmpstr(last(&items[1].down), ==, "COMMENT ON TABLE \"public\".oban_jobs IS '10'");
    g_assert_true(sends(&items[1].down, "DROP TABLE \"public\".\"oban_peers\""));
    g_assert_cmpuint(items[2].up.count, ==, 0);
    g_assert_cmpstr(last(&items[2].down), ==, "COMMENT ON TABLE \"public\".oban_jobs IS '11'");
    /* 2.17 has twelve of them; a table that is gone begins again. */
    g_assert_cmpint(items[4].up.end, ==, PLAN_REFUSED);
    g_assert_cmpstr(
        items[4].up.reason, ==,
        "UndefinedFunctionError: function Oban.Migrations.Postgres.V13.up/1 is undefined");
    g_assert_cmpuint(items[4].down.count, ==, 0);
    arena_free(arena);
}

static void
test_options(void)
{
    lock("2.23.1");
    write_migration(1, "Oban.Migration.up(prefix: \"jobs\", unlogged: false)",
                    "Oban.Migration.down(prefix: \"jobs\")");
    write_migration(2, "Oban.Migration.up()", "Oban.Migration.down()");
    struct arena *arena = arena_new();
    struct migrations migrations;
    ecto_read_all(arena, &migrations);
    const struct migration *items = migrations.items;
    g_assert_cmpstr(items[0].up.steps[0].sql, ==, "CREATE SCHEMA IF NOT EXISTS \"jobs\"");
    g_assert_true(sends(&items[0].up, "channel = 'jobs.oban_insert';"));
    g_assert_true(sends(&items[0].up, "'suspended',"));
    g_assert_false(sends(&items[0].up, "SET UNLOGGED"));
    g_assert_true(sends(&items[0].up, "END$$;\n"));
    g_assert_cmpstr(last(&items[0].up), ==, "COMMENT ON TABLE \"jobs\".oban_jobs IS '14'");
    g_assert_true(sends(&items[1].up, "ALTER TABLE \"public\".oban_peers SET UNLOGGED"));
    arena_free(arena);
}

static void
test_not_known(void)
{
    static const struct {
        const char *version;
        const char *up;
        const char *reason;
    } rows[] = {
        {"2.12.1", "Oban.Migration.up()",
         "mix.lock has Oban 2.12.1, and dbdoc knows what 2.13 to 2.23 send (not 2.21.0)"},
        {"2.21.0", "Oban.Migration.up()",
         "mix.lock has Oban 2.21.0, and dbdoc knows what 2.13 to 2.23 send (not 2.21.0)"},
        {"2.24.0", "Oban.Migration.up()",
         "mix.lock has Oban 2.24.0, and dbdoc knows what 2.13 to 2.23 send (not 2.21.0)"},
        {"2.20.0", "Oban.Migration.up(prefix: \"a'b\")",
         "dbdoc does not follow Oban into a prefix of this name"},
        {"2.20.0", "Oban.Migration.up(version: System.get_env(\"V\"))",
         "System.get_env(\"V\") is known only when it runs"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        lock(rows[i].version);
        write_migration(1, rows[i].up, "Oban.Migration.down()");
        write_migration(2, "Oban.Migration.up()", "Oban.Migration.down()");
        struct arena *arena = arena_new();
        struct migrations migrations;
        ecto_read_all(arena, &migrations);
        g_assert_cmpstr(last(&migrations.items[0].up), ==, rows[i].reason);
        g_assert_false(plan_is_known(&migrations.items[1].up));
        arena_free(arena);
    }
    support_write("mix.lock", "%{}\n");
    struct arena *arena = arena_new();
    struct migrations migrations;
    ecto_read_all(arena, &migrations);
    g_assert_cmpstr(last(&migrations.items[1].up), ==,
                    "mix.lock does not say which version of Oban it is");
    arena_free(arena);
}

/* A dump that stands for deleted files says what Oban did in them. */
static void
test_baseline(void)
{
    lock("2.20.3");
    write_migration(20, "Oban.Migration.up()", "Oban.Migration.down(version: 13)");
    support_write("priv/repo/structure.sql",
                  "CREATE TABLE public.oban_jobs (id bigint);\n"
                  "COMMENT ON TABLE public.oban_jobs IS '12';\n"
                  "INSERT INTO public.\"schema_migrations\" (version) VALUES (10);\n");
    struct arena *arena = arena_new();
    struct migrations migrations;
    ecto_read_all(arena, &migrations);
    g_assert_cmpuint(migrations.count, ==, 2);
    g_assert_cmpuint(migrations.items[1].up.count, ==, 3);
    g_assert_cmpstr(last(&migrations.items[1].up), ==,
                    "COMMENT ON TABLE \"public\".oban_jobs IS '13'");
    arena_free(arena);
}

static const struct support_test tests[] = {
    {"/oban/line", test_line},
    {"/oban/options", test_options},
    {"/oban/not-known", test_not_known},
    {"/oban/baseline", test_baseline},
};

int
main(int argc, char **argv)
{
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
