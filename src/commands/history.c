/* history.c - snapshots of releases from a folder, their moments from git's tags. */
#include "commands/history.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/git.h"
#include "base/progress.h"
#include "catalog/alike.h"
#include "catalog/snapshot.h"
#include "commands/message.h"
#include "commands/scope.h"

#include <string.h>

#define ENDING ".json"

/* Tag → moment. Empty outside of a repository. */
static GHashTable *
read_tags(const char *root)
{
    static const char *const question[] = {
        "for-each-ref", "--format=%(refname:strip=2)%09%(creatordate:iso-strict)", "refs/tags",
        NULL};
    GHashTable *tags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *answer = git_ask(root, question, NULL);
    g_auto(GStrv) lines = g_strsplit(answer != NULL ? answer : "", "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *tab = strchr(*line, '\t');
        if (tab != NULL && tab[1] != '\0')
            g_hash_table_insert(tags, g_strndup(*line, (gsize)(tab - *line)), g_strdup(tab + 1));
    }
    return tags;
}

static const char *
moment_of(GHashTable *tags, const char *name)
{
    g_autofree char *with_v = g_strconcat("v", name, NULL);
    const char *moment = g_hash_table_lookup(tags, name);
    return moment != NULL ? moment : g_hash_table_lookup(tags, with_v);
}

static bool
read_release(const struct subject *subject, const char *path, const char *file, GHashTable *tags,
             struct releases *releases, GError **error)
{
    g_autoptr(GString) text = NULL;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    if (!file_read(path, SNAPSHOT_LIMIT, &text, error))
        return false;
    if (!snapshot_is(text->str, text->len))
        return failure_set(
            error, FAILURE_USAGE,
            "%s is no snapshot. A folder for --history holds what \"dbdoc snapshot\" "
            "wrote for each release, and no other .json.",
            path);
    struct database *database = database_new();
    if (!snapshot_read(database, path, text, warnings, error)) {
        database_free(database);
        return false;
    }
    database_finish(database);
    scope_narrow(subject->reading.config, database);
    scope_publish(subject->reading.config, database);
    database_fold_as(database, subject->reading.source.database);
    for (guint i = 0; i < warnings->len; i++)
        message_warning(warnings->pdata[i]);
    g_autofree char *name = g_strndup(file, strlen(file) - strlen(ENDING));
    releases_add(releases, name, moment_of(tags, name), database, text);
    return true;
}

static bool
read_all(const struct subject *subject, const char *folder, struct releases *releases,
         GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) tags = read_tags(subject->reading.config->root);
    if (!files_below(folder, "", ENDING, LIST_DIRECTORY, files, links, error))
        return false;
    for (guint i = 0; i < links->len; i++) {
        g_autofree char *words = g_strdup_printf("%s/%s is a symbolic link and was left out.",
                                                 folder, (const char *)links->pdata[i]);
        message_warning(words);
    }
    if (files->len == 0)
        return failure_set(error, FAILURE_USAGE,
                           "%s holds no snapshot. Write one for each release: dbdoc snapshot -o "
                           "%s/1.0.0.json",
                           folder, folder);
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = g_build_filename(folder, (const char *)files->pdata[i], NULL);
        if (!read_release(subject, path, files->pdata[i], tags, releases, error))
            return false;
    }
    return true;
}

struct releases *
history_read(const struct subject *subject, const char *folder, GError **error)
{
    struct releases *releases = releases_new();
    progress_step("Reading releases");
    if (read_all(subject, folder, releases, error)) {
        releases_finish(releases, subject->reading.source.database);
        return releases;
    }
    releases_free(releases);
    return NULL;
}
