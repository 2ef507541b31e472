/* test_migration_lines.c - the lines of a repository: where they are found, what tells them apart,
 * and what was there before their first file. */
#include "ecto_world.h"
#include "migrations/place.h"
#include "support.h"

static void
write_migration(const char *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    support_write(path, "defmodule M do\n  use Ecto.Migration\n"
                        "  def change, do: create(table(:t))\nend\n");
}

/* Umbrellas, repositories and tenants; scripts beside them are none. */
static void
test_found(void)
{
    static const char *const folders[] = {"priv/repo/migrations", "priv/repo/tenant_migrations",
                                          "apps/blog/priv/repo/migrations"};
    support_write("mix.exs", "");
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
        write_migration(folders[i], "1_one.exs");
    write_migration("priv/repo/data_migrations", "backfill.exs");
    write_migration("priv/repo/seeds", "1_one.exs");
    g_autoptr(GError) error = NULL;
    GArray *places = places_find(".", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(places->len, ==, G_N_ELEMENTS(folders));
    for (guint i = 0; i < places->len; i++)
        g_assert_cmpstr(g_array_index(places, struct migrations_place, i).folder, ==, folders[i]);
    places_free(places);
    struct migrations_place place = {NULL, NULL};
    g_assert_false(place_find(".", &place, &error));
    support_assert_failure(&error, FAILURE_USAGE,
                           "there are several folders of migrations: priv/repo/migrations, "
                           "priv/repo/tenant_migrations and more. Name one as FOLDER.");
}

static void
test_joined(void)
{
    static const struct {
        const char *folder;
        const char *id;
    } rows[] = {{"priv/repo/migrations", "repo"},
                {"apps/repo/migrations", "repo-2"},
                {"apps/blog/priv/repo/tenant_migrations", "blog-repo-tenant_migrations"},
                {"migrations", "migrations"}};
    struct arena *arena = arena_new();
    struct migrations lines[G_N_ELEMENTS(rows)];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        write_migration(rows[i].folder, "1_one.exs");
        write_migration(rows[i].folder, "2_two.exs");
        ecto_read_line(arena, rows[i].folder, &lines[i]);
    }
    const struct migrations all = migrations_join(arena, lines, G_N_ELEMENTS(rows));
    g_assert_cmpuint(all.count, ==, 2 * G_N_ELEMENTS(rows));
    g_assert_cmpuint(migrations_line_count(&all), ==, G_N_ELEMENTS(rows));
    for (size_t i = 0; i < all.count; i++) {
        g_assert_cmpstr(all.items[i].line, ==, rows[i / 2].id);
        g_assert_true(migrations_line_of(&all, &all.items[i]) == migrations_line(&all, i / 2));
        g_autofree char *address = migration_address(&all.items[i]);
        g_autofree char *expected = g_strdup_printf("%s.%zu", rows[i / 2].id, i % 2 + 1);
        g_assert_cmpstr(address, ==, expected);
    }
    const struct migrations alone = migrations_join(arena, lines, 1);
    g_assert_cmpuint(migrations_line_count(&alone), ==, 1);
    g_assert_true(migrations_line_of(&alone, &alone.items[0]) == &alone);
    arena_free(arena);
}

/* Schemas that are made outside; what a migration makes, however late, is not. */
static void
test_schemas(void)
{
    support_write(FOLDER "/1_one.exs",
                  "defmodule One do\n  use Ecto.Migration\n  def up do\n"
                  "    create table(:a, prefix: \"Out\")\n"
                  "    create table(:b, prefix: \"Out\")\n"
                  "    create table(:c, prefix: \"in\")\n    create table(:d)\n"
                  "    execute \"create unlogged table if not exists other.e (f int)\"\n"
                  "    execute \"create index on nowhere.e (f)\"\n  end\nend\n");
    support_write(FOLDER "/2_two.exs",
                  "defmodule Two do\n  use Ecto.Migration\n"
                  "  def up, do: execute(\"CREATE SCHEMA IF NOT EXISTS \\\"in\\\"\")\nend\n");
    struct arena *arena = arena_new();
    struct migrations migrations;
    ecto_read_all(arena, &migrations);
    g_assert_cmpuint(migrations.schemas.count, ==, 2);
    g_assert_cmpstr(migrations.schemas.items[0], ==, "CREATE SCHEMA IF NOT EXISTS \"Out\"");
    g_assert_cmpstr(migrations.schemas.items[1], ==, "CREATE SCHEMA IF NOT EXISTS \"other\"");
    g_assert_cmpuint(migrations.warning_count, ==, 2);
    g_assert_cmpstr(migrations.warnings[0], ==,
                    "no migration makes the schema Out, in which they create tables: it is taken "
                    "to be there before");
    arena_free(arena);
}

/* One word for a migration: what notes say, and what "dbdoc runbook" takes. */
static void
test_called(void)
{
    const struct migration alone = {.version = "2024"};
    const struct migration within = {.version = "2024", .line = "repo"};
    const struct migration repeatable = {.name = "views"};
    g_assert_true(migration_is_called(&alone, "2024"));
    g_assert_true(migration_is_called(&alone, "2024_create_posts"));
    g_assert_false(migration_is_called(&alone, "20241"));
    g_assert_false(migration_is_called(&alone, "repo.2024"));
    g_assert_true(migration_is_called(&within, "2024"));
    g_assert_true(migration_is_called(&within, "repo.2024_create_posts"));
    g_assert_false(migration_is_called(&within, "other.2024"));
    g_assert_false(migration_is_called(&repeatable, "views"));
}

static const struct support_test tests[] = {
    {"/lines/found", test_found},
    {"/lines/joined", test_joined},
    {"/lines/called", test_called},
    {"/lines/schemas", test_schemas},
};

int
main(int argc, char **argv)
{
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
