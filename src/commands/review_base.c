/* review_base.c - with a commit, new is what its folders do not hold; with a snapshot, what the
 * history in it does not. */
#include "commands/review_base.h"

#include "base/failure.h"
#include "base/files.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/review_server.h"
#include "commands/scope.h"
#include "migrations/base.h"
#include "model/applied.h"
#include "source/file_form.h"

#include <unistd.h>

/* ---- a commit ---- */

struct comparison {
    struct reviewing *reviewing;
    GPtrArray *edited; /* const char *: files */
};

static void
add_edited(const struct comparison *comparison, const struct migration *migration)
{
    g_ptr_array_add(comparison->edited, (gpointer)(guintptr)migration->file);
    comparison->reviewing->edited_is_checked |= migration->checksum != NULL;
}

/* What a tool runs again when it changed is new. */
static bool
compare_migration(const struct comparison *comparison, const struct base_files *files,
                  const struct migration *migration, GError **error)
{
    enum since since = SINCE_BASE_SAME;
    if (migration->kind == MIGRATION_DUMP)
        return true; /* the tool writes it anew */
    if (!base_compare(files, migration, &since, error))
        return false;
    bool runs_again = since == SINCE_BASE_CHANGED && migration->kind == MIGRATION_REPEATABLE;
    if (since == SINCE_BASE_NEW || runs_again)
        g_hash_table_add(comparison->reviewing->added, (gpointer)(guintptr)migration);
    else if (since == SINCE_BASE_CHANGED)
        add_edited(comparison, migration);
    return true;
}

static bool
compare_line(const struct comparison *comparison, const struct migrations *line, GPtrArray *gone,
             GError **error)
{
    struct reviewing *reviewing = comparison->reviewing;
    struct base_files *files = base_files_read(line, reviewing->commit, error);
    bool done = files != NULL;
    for (size_t i = 0; done && i < line->count; i++)
        done = compare_migration(comparison, files, &line->items[i], error);
    const struct names missing = done ? base_gone(reviewing->reading.arena, files)
                                      : (struct names){0};
    for (size_t i = 0; i < missing.count; i++)
        g_ptr_array_add(gone, (gpointer)(guintptr)missing.items[i]);
    base_files_free(files);
    return done;
}

static bool
compare_with_commit(struct reviewing *reviewing, const char *wanted, GError **error)
{
    struct arena *arena = reviewing->reading.arena;
    const struct migrations *all = &reviewing->migrations;
    struct base base;
    if (!base_find(arena, reviewing->reading.config->root, wanted, &base, error))
        return false;
    reviewing->base = base.name;
    reviewing->commit = base.revision;
    g_autoptr(GPtrArray) edited = g_ptr_array_new();
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    const struct comparison comparison = {reviewing, edited};
    for (size_t i = 0; i < migrations_line_count(all); i++)
        if (!compare_line(&comparison, migrations_line(all, i), gone, error))
            return false;
    reviewing->edited = names_keep(arena, edited);
    reviewing->gone = names_keep(arena, gone);
    return true;
}

/* ---- a snapshot ---- */

static bool
is_snapshot(const char *path)
{
    enum source_form form = SOURCE_LIVE;
    int descriptor = path == NULL || !file_is_there(path) ? -1 : file_open(path, NULL);
    if (descriptor < 0)
        return false;
    bool known = file_form_find(descriptor, path, &form, NULL);
    close(descriptor);
    return known && form == SOURCE_SNAPSHOT;
}

static bool
compare_history(struct reviewing *reviewing, GError **error)
{
    const struct migrations *all = &reviewing->migrations;
    struct applied *applied = applied_new(reviewing->before->catalog, all);
    bool known = false;
    for (size_t i = 0; i < migrations_line_count(all); i++)
        known = known || applied_history(applied, migrations_line(all, i)) != NULL;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].kind != MIGRATION_DUMP && !applied_has(applied, &all->items[i]))
            g_hash_table_add(reviewing->added, &all->items[i]);
    applied_free(applied);
    return known || failure_set(error, FAILURE_USAGE,
                                "%s does not say which migrations its database has. Make it from "
                                "a database whose %s can be read, or name a commit as --base.",
                                reviewing->base,
                                all->history != NULL ? all->history : "history of migrations");
}

static bool
compare_with_snapshot(struct reviewing *reviewing, const char *path, GError **error)
{
    const struct config *config = reviewing->reading.config;
    const struct source_request request = {
        .source = path,
        .observations = reviewing->invocation->options.observations,
        .config = config,
        .reading = {.observe = OBSERVE_STATISTICS},
    };
    struct source_result result;
    bool done = source_read(&request, &result, error);
    for (guint i = 0; i < result.warnings->len; i++)
        message_warning(result.warnings->pdata[i]);
    if (done) {
        g_autofree char *name = g_path_get_basename(path);
        reviewing->base = arena_text(reviewing->reading.arena, name, -1);
        reviewing->before = g_steal_pointer(&result.database);
        done = compare_history(reviewing, error);
        publishing_follow(reviewing->reading.config, reviewing->before);
        scope_narrow(config, reviewing->before);
    }
    source_result_clear(&result);
    return done;
}

bool
review_base_find(struct reviewing *reviewing, GError **error)
{
    const char *wanted = reviewing->invocation->options.base;
    reviewing->added = g_hash_table_new(NULL, NULL);
    bool done = is_snapshot(wanted) ? compare_with_snapshot(reviewing, wanted, error)
                                    : compare_with_commit(reviewing, wanted, error);
    if (done)
        review_server_choose(reviewing);
    return done;
}
