/* survey.c - usual places first, then files and folders of SQL, then the environment. Nothing is
 * executed, no link is followed. */
#include "commands/survey.h"

#include "base/files.h"
#include "base/yaml.h"
#include "migrations/place.h"
#include "postgres/connection.h"
#include "source/file_form.h"
#include "source/repository.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD 256 /* bytes that say what a file of dbdoc's is */

/* Where tools that write migrations or structure as SQL put them. */
static const char *const sql_folders[] = {
    "db/migrations", "db/migrate", "db/schema",           "migrations",        "schema",
    "sql",           "database",   "supabase/migrations", "prisma/migrations",
};

/* Whether dbdoc.yml can name the file: "${" would be a variable there. */
static bool
is_speakable(const char *path)
{
    g_autofree char *written = yaml_scalar(path);
    return written != NULL && strstr(path, "${") == NULL;
}

static void
add(struct survey *survey, const char *path)
{
    /* "./host=x" is a file, "host=x" a connection. */
    g_autofree char *value = target_is_text(path) ? g_strconcat("./", path, NULL) : g_strdup(path);
    GPtrArray *list = is_speakable(value) ? survey->sources : survey->unspeakable;
    if (!g_ptr_array_find_with_equal_func(list, value, g_str_equal, NULL))
        g_ptr_array_add(list, g_steal_pointer(&value));
}

/* Whether the file is of that form, and not only called so. */
static bool
has_form(const char *root, const char *path, enum source_form wanted)
{
    enum source_form form = SOURCE_LIVE;
    int descriptor = file_open_below(root, path, NULL);
    if (descriptor < 0)
        return false;
    bool known = file_form_find(descriptor, path, &form, NULL);
    close(descriptor);
    return known && form == wanted;
}

static bool
are_observations(const char *root, const char *path)
{
    char head[HEAD] = "";
    int descriptor = file_open_below(root, path, NULL);
    if (descriptor < 0)
        return false;
    ssize_t count = pread(descriptor, head, sizeof head, 0);
    close(descriptor);
    return count > 0 && g_strstr_len(head, count, "\"dbdoc\": \"observations\"") != NULL;
}

static bool
add_files(struct survey *survey, const char *root, const char *suffix, enum source_form form,
          GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, "", suffix, LIST_DIRECTORY, paths, NULL, error))
        return false;
    for (guint i = 0; i < paths->len; i++)
        if (has_form(root, paths->pdata[i], form) && !are_observations(root, paths->pdata[i]))
            add(survey, paths->pdata[i]);
    return true;
}

static void
add_folders(struct survey *survey, const char *root)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sql_folders); i++) {
        g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
        if (files_below(root, sql_folders[i], ".sql", LIST_TREE, paths, NULL, NULL) &&
            paths->len > 0)
            add(survey, sql_folders[i]);
    }
}

static void
add_usual(struct survey *survey, const char *root)
{
    g_autofree char *usual = repository_structure(root);
    g_autoptr(GPtrArray) umbrella = repository_umbrella(root);
    if (usual != NULL)
        add(survey, usual);
    for (guint i = 0; i < umbrella->len; i++)
        add(survey, umbrella->pdata[i]);
}

/* The only folder of migrations, if there is one below the root: a SOURCE is one database. */
static void
add_migrations(struct survey *survey, const char *root)
{
    struct migrations_place place = {NULL, NULL};
    if (!place_find(root, &place, NULL))
        return;
    g_autofree char *folder = place_seen_from(root, place.root, place.folder);
    if (repository_has(root, folder) && !g_str_equal(folder, "."))
        add(survey, folder);
    place_clear(&place);
}

static char *
name_of(const char *root)
{
    char *real = realpath(root, NULL);
    char *name = real == NULL || g_str_equal(real, "/") ? NULL : g_path_get_basename(real);
    free(real);
    return name;
}

bool
survey_make(const char *root, char **variables, struct survey *survey, GError **error)
{
    *survey = (struct survey){
        .sources = g_ptr_array_new_with_free_func(g_free),
        .unspeakable = g_ptr_array_new_with_free_func(g_free),
        .title = name_of(root),
        .has_mix = repository_has(root, "mix.exs"),
        .has_observations = are_observations(root, SURVEY_OBSERVATIONS),
    };
    add_usual(survey, root);
    if (!add_files(survey, root, ".json", SOURCE_SNAPSHOT, error) ||
        !add_files(survey, root, ".sql", SOURCE_SQL, error))
        return false;
    add_migrations(survey, root);
    add_folders(survey, root);
    const char *url = g_environ_getenv(variables, "DATABASE_URL");
    if (survey->sources->len == 0 && url != NULL && *url != '\0')
        g_ptr_array_add(survey->sources, g_strdup("${DATABASE_URL}"));
    return true;
}

void
survey_clear(struct survey *survey)
{
    g_ptr_array_unref(survey->sources);
    g_ptr_array_unref(survey->unspeakable);
    g_free(survey->title);
}
