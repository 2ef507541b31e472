/* read.c - which tool's files a folder holds, and their reader. */
#include "base/failure.h"
#include "base/files.h"
#include "migrations/ecto.h"
#include "migrations/migration.h"

bool
plan_is_known(const struct migration_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].kind == STEP_OPAQUE)
            return false;
    return true;
}

static void
note_links(struct arena *arena, const GPtrArray *links, struct migrations *migrations)
{
    migrations->link_count = links->len;
    migrations->links = arena_array(arena, links->len, sizeof *migrations->links);
    for (guint i = 0; i < links->len; i++)
        migrations->links[i] = arena_intern(arena, links->pdata[i]);
}

bool
migrations_read(struct arena *arena, const char *root, const char *folder,
                struct migrations *migrations, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, folder, ".exs", LIST_TREE, paths, links, error))
        return false;
    if (!ecto_read(arena, root, folder, paths, migrations, error))
        return false;
    if (migrations->count == 0)
        return failure_set(error, FAILURE_USAGE,
                           "%s holds no migrations that dbdoc can read: no file is named like "
                           "20240105093000_create_posts.exs. Name the folder of the files.",
                           *folder != '\0' ? folder : root);
    note_links(arena, links, migrations);
    return true;
}
