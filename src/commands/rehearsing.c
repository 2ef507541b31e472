/* rehearsing.c - where the migrations are, how they are read, and the limits of their rehearsal. */
#include "commands/rehearsing.h"

#include "base/failure.h"
#include "commands/message.h"
#include "migrations/place.h"

#define MEGABYTE ((guint64)1024 * 1024)

static void
warn(const struct migrations *migrations)
{
    for (size_t i = 0; i < migrations->warning_count; i++)
        message_warning(migrations->warnings[i]);
    for (size_t i = 0; i < migrations->link_count; i++) {
        g_autofree char *words = g_strdup_printf("%s is a symbolic link and was left out.",
                                                 migrations->links[i]);
        message_warning(words);
    }
}

static bool
check_tool(const char *tool, GError **error)
{
    if (tool == NULL || migrations_tool_exists(tool))
        return true;
    g_autofree char *tools = migrations_tools();
    return failure_set(error, FAILURE_USAGE,
                       "there is no tool \"%s\". dbdoc reads the files of %s.", tool, tools);
}

/* FOLDER, else dbdoc.yml's, else where projects keep them. */
static bool
find_place(const struct config *config, const char *named, struct migrations_place *place,
           GError **error)
{
    if (named != NULL)
        return place_of_folder(named, place, error);
    if (config->migrations == NULL)
        return place_find(config->root, place, error);
    g_autofree char *folder = g_build_filename(config->root, config->migrations, NULL);
    return place_of_folder(folder, place, error) ||
           failure_prefix(error, "%s, migrations: ", config->file);
}

bool
rehearsing_read(const struct reading *reading, const char *folder, const char *tool,
                struct migrations *migrations, GError **error)
{
    const struct config *config = reading->config;
    const char *key = tool != NULL ? tool : config->tool;
    struct migrations_place place = {NULL, NULL};
    bool done = find_place(config, folder, &place, error) && check_tool(key, error) &&
                migrations_read(reading->arena, &place, key, migrations, error);
    place_clear(&place);
    if (done)
        warn(migrations);
    return done;
}

bool
rehearsing_run(const struct reading *reading, const struct migrations *migrations,
               struct rehearsal *rehearsal, GError **error)
{
    const struct cluster_limits limits = {
        .seconds = reading->config->load_seconds,
        .bytes = reading->config->load_megabytes * MEGABYTE,
        .work = "it",
    };
    return rehearse(reading->arena, migrations, &limits, rehearsal, error);
}
