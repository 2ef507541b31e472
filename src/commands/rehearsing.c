/* rehearsing.c - where the migrations are, how they are read, and the limits of their rehearsal. */
#include "commands/rehearsing.h"

#include "base/failure.h"
#include "base/files.h"
#include "catalog/snapshot.h"
#include "commands/message.h"
#include "migrations/command.h"
#include "migrations/place.h"

#include <string.h>

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

/* A SOURCE that is made by migrations has told their warnings. */
enum telling { TELL_WARNINGS, TOLD_ALREADY };

/* A line that is to be read. */
struct sought {
    struct migrations_place place;
    const char *tool;
    const struct config_line *commands; /* that run them; NULL: dbdoc reads the files */
};

static void
clear_sought(void *sought)
{
    place_clear(&((struct sought *)sought)->place);
}

static bool
seek_folder(GArray *all, const char *folder, const char *tool, GError **error)
{
    struct sought sought = {{NULL, NULL}, tool, NULL};
    if (!place_of_folder(folder, &sought.place, error))
        return false;
    g_array_append_val(all, sought);
    return true;
}

/* Commands run where dbdoc.yml is, whatever the folder of their files looks like. */
static void
seek_commands(const struct config *config, const struct config_line *line, GArray *all)
{
    const struct sought sought = {
        {g_canonicalize_filename(config->root, NULL), g_strdup(line->folder)}, NULL, line};
    g_array_append_val(all, sought);
}

static bool
seek_configured(const struct config *config, const char *tool, GArray *all, GError **error)
{
    for (size_t i = 0; i < config->line_count; i++) {
        const struct config_line *line = &config->lines[i];
        g_autofree char *folder = g_build_filename(config->root, line->folder, NULL);
        if (line->up.count > 0 && tool == NULL)
            seek_commands(config, line, all);
        else if (!seek_folder(all, folder, tool != NULL ? tool : line->tool, error))
            return failure_prefix(error, "%s, migrations: ", config->file);
    }
    return true;
}

/* The line of dbdoc.yml whose commands run the migrations of a folder; NULL: there is none. */
static const struct config_line *
line_with_commands(const struct config *config, const char *folder)
{
    g_autofree char *given = g_canonicalize_filename(folder, NULL);
    g_assert(config->line_count == 0 || config->lines != NULL);
    for (size_t i = 0; i < config->line_count; i++) {
        const struct config_line *line = &config->lines[i];
        if (line->up.count == 0)
            continue;
        g_autofree char *joined = g_build_filename(config->root, line->folder, NULL);
        g_autofree char *configured = g_canonicalize_filename(joined, NULL);
        if (g_str_equal(configured, given))
            return line;
    }
    return NULL;
}

static bool
seek_named(const struct config *config, const char *folder, const char *tool, GArray *all,
           GError **error)
{
    const struct config_line *first = config->line_count == 1 ? &config->lines[0] : NULL;
    const struct config_line *line = tool == NULL ? line_with_commands(config, folder) : NULL;
    if (line != NULL) {
        seek_commands(config, line, all);
        return true;
    }
    return seek_folder(all, folder, tool == NULL && first != NULL ? first->tool : tool, error);
}

static void
seek_place(GArray *all, const struct migrations_place *place, const char *tool)
{
    const struct sought sought = {{g_strdup(place->root), g_strdup(place->folder)}, tool, NULL};
    g_array_append_val(all, sought);
}

static bool
seek_usual(const struct config *config, const char *tool, GArray *all, GError **error)
{
    GArray *places = places_find(config->root, error);
    for (guint i = 0; places != NULL && i < places->len; i++)
        seek_place(all, &g_array_index(places, struct migrations_place, i), tool);
    places_free(places);
    return all->len > 0;
}

/* apps/shop/priv/repo/structure.sql is of the migrations beside it: "apps/shop/priv/repo/…". */
static bool
lies_beside(const struct config *config, const struct migrations_place *place, const char *taken)
{
    g_autofree char *dump = g_build_filename(config->root, taken, NULL);
    g_autofree char *whole = g_canonicalize_filename(dump, NULL);
    g_autofree char *folder = g_build_filename(place->root, place->folder, NULL);
    g_autofree char *of_dump = g_path_get_dirname(whole);
    g_autofree char *of_folder = g_path_get_dirname(folder);
    return g_str_equal(of_dump, of_folder);
}

static bool
seek_shown(const struct reading *reading, const char *tool, GArray *all, GError **error)
{
    const struct config *config = reading->config;
    GArray *places = places_look(config->root, error);
    const struct migrations_place *beside = NULL;
    for (guint i = 0; places != NULL && i < places->len; i++) {
        const struct migrations_place *place = &g_array_index(places, struct migrations_place, i);
        if (lies_beside(config, place, reading->source.taken))
            beside = place;
    }
    for (guint i = 0; places != NULL && i < places->len; i++) {
        const struct migrations_place *place = &g_array_index(places, struct migrations_place, i);
        if (beside == NULL || place == beside)
            seek_place(all, place, tool);
    }
    places_free(places);
    return places != NULL;
}

/* FOLDER, else those of dbdoc.yml, else where projects keep them. */
static bool
seek(const struct config *config, const char *folder, const char *tool, GArray *all, GError **error)
{
    const struct config_line *first = config->line_count > 0 ? &config->lines[0] : NULL;
    const char *said = tool != NULL || first == NULL ? tool : first->tool;
    if (folder != NULL)
        return seek_named(config, folder, tool, all, error);
    if (first != NULL && first->folder != NULL)
        return seek_configured(config, tool, all, error);
    return seek_usual(config, said, all, error);
}

static bool
read_line(struct arena *arena, const struct sought *sought, struct migrations *line, GError **error)
{
    const struct config_line *configured = sought->commands;
    if (configured == NULL)
        return check_tool(sought->tool, error) &&
               migrations_read(arena, &sought->place, sought->tool, line, error);
    const struct commands run = {configured->up, configured->down, configured->probe,
                                 configured->base, configured->history};
    return commands_read(arena, sought->place.root, sought->place.folder, &run, line, error);
}

static bool
read_lines(struct arena *arena, const GArray *all, enum telling telling, struct migrations *lines,
           GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        const struct sought *sought = &g_array_index(all, struct sought, i);
        if (!read_line(arena, sought, &lines[i], error))
            return false;
        if (telling == TELL_WARNINGS)
            warn(&lines[i]);
    }
    return true;
}

static bool
read_all(struct arena *arena, const GArray *all, enum telling telling,
         struct migrations *migrations, GError **error)
{
    struct migrations *lines = arena_array(arena, all->len, sizeof *lines);
    if (!read_lines(arena, all, telling, lines, error))
        return false;
    *migrations = migrations_join(arena, lines, all->len);
    return true;
}

/* What is wanted of a configuration. */
struct wanted {
    const char *folder;
    const char *tool;
    enum telling telling;
};

static bool
read_wanted(const struct reading *reading, const struct wanted *wanted,
            struct migrations *migrations, GError **error)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct sought));
    g_array_set_clear_func(all, clear_sought);
    bool done = check_tool(wanted->tool, error) &&
                seek(reading->config, wanted->folder, wanted->tool, all, error) &&
                read_all(reading->arena, all, wanted->telling, migrations, error);
    g_array_free(all, TRUE);
    return done;
}

bool
rehearsing_read(const struct reading *reading, const char *folder, const char *tool,
                struct migrations *migrations, GError **error)
{
    const struct wanted wanted = {folder, tool, TELL_WARNINGS};
    return read_wanted(reading, &wanted, migrations, error);
}

bool
rehearsing_read_then(const struct reading *then, const char *tool, struct migrations *migrations,
                     GError **error)
{
    const struct wanted wanted = {NULL, tool, TOLD_ALREADY};
    return read_wanted(then, &wanted, migrations, error);
}

bool
rehearsing_find(const struct reading *reading, const char *source, struct migrations **migrations,
                GError **error)
{
    const struct config *config = reading->config;
    const char *tool = config->line_count > 0 ? config->lines[0].tool : NULL;
    bool made = reading->source.by_migrations;
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct sought));
    bool done = true;
    g_array_set_clear_func(all, clear_sought);
    if (source == NULL)
        done = seek_shown(reading, tool, all, error);
    else if (made)
        done = seek_folder(all, source, tool, error);
    *migrations = NULL;
    if (done && all->len > 0) {
        *migrations = arena_alloc(reading->arena, sizeof **migrations);
        done = read_all(reading->arena, all, made ? TOLD_ALREADY : TELL_WARNINGS, *migrations,
                        error);
    }
    g_array_free(all, TRUE);
    return done;
}

/* Each on a server of its own; what was seen stands in the order of the migrations. */
static bool
rehearse_lines(const struct reading *reading, const struct migrations *migrations,
               const struct cluster_limits *limits, struct rehearsal *rehearsal, GError **error)
{
    size_t next = 0;
    struct migration_evidence *items = arena_array(reading->arena, migrations->count,
                                                   sizeof *items);
    for (size_t i = 0; i < migrations->line_count; i++) {
        if (!rehearse(reading->arena, &migrations->lines[i], limits, rehearsal, error))
            return false;
        memcpy(&items[next], rehearsal->items, rehearsal->count * sizeof *items);
        next += rehearsal->count;
    }
    rehearsal->migrations = migrations;
    rehearsal->count = next;
    rehearsal->items = items;
    return true;
}

/* 0: it is not known. */
static unsigned
major_of(const struct database *database)
{
    int64_t major = database->catalog->postgresql;
    return major == NUMBER_UNKNOWN ? 0 : (unsigned)major;
}

/* The snapshot that dbdoc.yml names; 0: it names none that can be read. */
static unsigned
major_of_snapshot(const struct config *config)
{
    GString *text = NULL;
    if (config->database == NULL || config->database_problem != NULL ||
        !g_str_has_suffix(config->database, ".json") ||
        !file_read_below(config->root, config->database, SNAPSHOT_LIMIT, &text, NULL))
        return 0;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    struct database *database = database_new();
    bool done = snapshot_read(database, config->database, text, warnings, NULL);
    unsigned major = done ? major_of(database) : 0;
    database_free(database);
    g_string_free(text, TRUE);
    return major;
}

/* Of the PostgreSQL that the migrations are for: as dbdoc.yml says, else the documented one. No
 * server is asked. */
static unsigned
find_major(const struct reading *reading)
{
    if (reading->config->rehearsal.major != 0)
        return reading->config->rehearsal.major;
    return reading->source.database != NULL ? major_of(reading->source.database)
                                            : major_of_snapshot(reading->config);
}

struct cluster_limits
rehearsing_limits(const struct reading *reading)
{
    return (struct cluster_limits){
        .seconds = reading->config->load_seconds,
        .bytes = reading->config->load_megabytes * MEGABYTE,
        .work = "it",
        .major = find_major(reading),
        .server = reading->config->rehearsal.server,
        .shared = reading->config->rehearsal.shared,
    };
}

/* What commands do is read in the log of a server that dbdoc starts. */
static bool
check_commands(const struct reading *reading, GError **error)
{
    const struct config *config = reading->config;
    if (reading->commands != COMMANDS_ALLOWED)
        return failure_set(error, FAILURE_USAGE,
                           "%s names commands that run migrations, and dbdoc runs none unasked. "
                           "Look at them, and add --allow-commands.",
                           config->file);
    return config->rehearsal.server == NULL ||
           failure_set(error, FAILURE_USAGE,
                       "%s names commands that run migrations, which takes a server that dbdoc "
                       "starts itself, and under rehearsal: another server:. Leave that out.",
                       config->file);
}

bool
rehearsing_run(const struct reading *reading, const struct migrations *migrations,
               struct rehearsal *rehearsal, GError **error)
{
    const struct cluster_limits limits = rehearsing_limits(reading);
    if (migrations_need_commands(migrations) && !check_commands(reading, error))
        return false;
    return migrations->line_count > 0
               ? rehearse_lines(reading, migrations, &limits, rehearsal, error)
               : rehearse(reading->arena, migrations, &limits, rehearsal, error);
}
