/* read.c - which tool's files a folder holds, and their reader. */
#include "base/failure.h"
#include "base/files.h"
#include "migrations/ecto.h"
#include "migrations/migration.h"
#include "migrations/place.h"
#include "migrations/plain.h"
#include "migrations/schemas.h"

#include <string.h>

#define ECTO      "ecto"
#define ECTO_DUMP "../structure.sql"

/* One reading of a folder. */
struct folder {
    struct arena *arena;
    const struct migrations_place *place;
    GPtrArray *exs;      /* char *: paths of .exs files */
    GPtrArray *sql;      /* const struct plain_file * */
    GPtrArray *links;    /* char * */
    GPtrArray *warnings; /* const char * in the arena */
};

bool
plan_is_known(const struct migration_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].kind == STEP_OPAQUE)
            return false;
    return true;
}

char *
migrations_tools(void)
{
    GString *tools = g_string_new(ECTO);
    for (const struct plain_format *format = plain_formats; format->key != NULL; format++)
        g_string_append_printf(tools, ", %s", format->key);
    return g_string_free(tools, FALSE);
}

bool
migrations_tool_exists(const char *tool)
{
    return g_str_equal(tool, ECTO) || plain_format_find(tool) != NULL;
}

static const char **
keep_texts(struct arena *arena, const GPtrArray *texts, size_t *count)
{
    const char **kept = arena_array(arena, texts->len, sizeof *kept);
    *count = texts->len;
    for (guint i = 0; i < texts->len; i++)
        kept[i] = arena_intern(arena, texts->pdata[i]);
    return kept;
}

static bool
folder_open(struct folder *folder, struct arena *arena, const struct migrations_place *place,
            GError **error)
{
    *folder = (struct folder){
        .arena = arena,
        .place = place,
        .exs = g_ptr_array_new_with_free_func(g_free),
        .sql = g_ptr_array_new(),
        .links = g_ptr_array_new_with_free_func(g_free),
        .warnings = g_ptr_array_new(),
    };
    return files_below(place->root, place->folder, ".exs", LIST_TREE, folder->exs, folder->links,
                       error);
}

static bool
open_sql(struct folder *folder, GError **error)
{
    return plain_files_read(folder->arena, folder->place->root, folder->place->folder, folder->sql,
                            folder->links, error);
}

static void
folder_close(struct folder *folder)
{
    g_ptr_array_unref(folder->exs);
    g_ptr_array_unref(folder->sql);
    g_ptr_array_unref(folder->links);
    g_ptr_array_unref(folder->warnings);
}

/* A path that the format knows from its folder on: "../schema.sql". NULL: above the root. */
static char *
dump_path(const struct migrations_place *place, const char *path)
{
    const char *name = path + strlen("../");
    g_autofree char *above = g_path_get_dirname(place->folder);
    if (*place->folder == '\0')
        return NULL;
    return g_str_equal(above, ".") ? g_strdup(name) : g_build_filename(above, name, NULL);
}

static bool
add_baseline(struct folder *folder, const char *dump, struct migrations *migrations, GError **error)
{
    g_autofree char *path = dump != NULL ? dump_path(folder->place, dump) : NULL;
    return path == NULL || baseline_add(folder->arena, folder->place->root, path, migrations,
                                        folder->warnings, error);
}

static bool
read_ecto(struct folder *folder, struct migrations *migrations, GError **error)
{
    const struct migrations_place *place = folder->place;
    struct ecto_repository repository;
    ecto_list(folder->arena, place->folder, folder->exs, migrations);
    migrations->key = ECTO;
    for (size_t i = 0; i < migrations->count; i++)
        migrations->items[i].verify.end = PLAN_ABSENT;
    if (migrations->count == 0)
        return true;
    struct project *project = project_new(folder->arena, place->root);
    bool good = ecto_repository_read(folder->arena, project, place->folder, &repository, error);
    if (good) {
        migrations->history = repository.history;
        good = add_baseline(folder, ECTO_DUMP, migrations, error) &&
               ecto_read(folder->arena, project, &repository, migrations, error);
    }
    project_free(project);
    return good;
}

static bool
read_plain(struct folder *folder, const struct plain_format *format, struct migrations *migrations,
           GError **error)
{
    struct plain_reader reader = {
        .arena = folder->arena,
        .format = format,
        .root = folder->place->root,
        .folder = folder->place->folder,
        .files = folder->sql,
        .warnings = folder->warnings,
    };
    *migrations = (struct migrations){.folder = arena_intern(folder->arena, reader.folder)};
    return plain_read(&reader, migrations, error) &&
           (migrations->count == 0 || add_baseline(folder, format->baseline, migrations, error));
}

static bool
complain(const struct folder *folder, const char *tool, GError **error)
{
    const char *shown = *folder->place->folder != '\0' ? folder->place->folder
                                                       : folder->place->root;
    if (tool != NULL)
        return failure_set(error, FAILURE_USAGE,
                           "%s holds no migrations of %s. Name the folder of the files, or another "
                           "tool.",
                           shown, tool);
    g_autofree char *tools = migrations_tools();
    return failure_set(error, FAILURE_USAGE,
                       "%s holds no migrations that dbdoc can read. It reads those of %s. Name the "
                       "folder of the files, or the tool with --tool NAME.",
                       shown, tools);
}

/* Ecto's files have an ending of their own. */
static bool
read_as(struct folder *folder, const char *tool, struct migrations *migrations, GError **error)
{
    const struct plain_format *format = tool != NULL ? plain_format_find(tool) : NULL;
    bool ecto = tool != NULL ? g_str_equal(tool, ECTO) : folder->exs->len > 0;
    if (ecto) {
        if (!read_ecto(folder, migrations, error))
            return false;
        if (migrations->count > 0 || tool != NULL)
            return true;
    }
    if (!open_sql(folder, error) ||
        (tool == NULL &&
         !plain_detect(folder->place->root, folder->place->folder, folder->sql, &format, error)))
        return false;
    return format == NULL || read_plain(folder, format, migrations, error);
}

bool
migrations_read(struct arena *arena, const struct migrations_place *place, const char *tool,
                struct migrations *migrations, GError **error)
{
    struct folder folder;
    *migrations = (struct migrations){0};
    bool good = folder_open(&folder, arena, place, error) &&
                read_as(&folder, tool, migrations, error);
    if (good && migrations->count == 0)
        good = complain(&folder, tool, error);
    migrations->root = arena_intern(arena, place->root);
    schemas_find(arena, migrations, folder.warnings);
    migrations->links = keep_texts(arena, folder.links, &migrations->link_count);
    migrations->warnings = keep_texts(arena, folder.warnings, &migrations->warning_count);
    folder_close(&folder);
    return good;
}

/* 20240105093000_create_posts.exs, and not seeds.exs. */
static bool
shows_ecto(const GPtrArray *paths)
{
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *name = g_path_get_basename(paths->pdata[i]);
        size_t digits = strspn(name, "0123456789");
        if (digits > 0 && name[digits] == '_')
            return true;
    }
    return false;
}

bool
migrations_show(const struct migrations_place *place, bool *known, GError **error)
{
    struct arena *arena = arena_new();
    struct folder folder;
    const struct plain_format *format = NULL;
    *known = false;
    bool good = folder_open(&folder, arena, place, error);
    if (good && shows_ecto(folder.exs)) {
        *known = true;
    } else if (good) {
        good = open_sql(&folder, error) &&
               plain_detect(place->root, place->folder, folder.sql, &format, error);
        *known = good && format != NULL && format->tells != NAMES_OF_MANY;
    }
    folder_close(&folder);
    arena_free(arena);
    return good;
}
