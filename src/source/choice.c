/* choice.c - the argument, else dbdoc.yml, else what the repository shows, else libpq's variables.
 * Paths that the user typed are opened as they are, those of the repository below its root alone.
 */
#include "source/choice.h"

#include "base/failure.h"
#include "base/files.h"
#include "source/file_form.h"
#include "source/repository.h"

#include <string.h>
#include <unistd.h>

#define WHAT_A_SOURCE_IS                                                                             \
    "A SOURCE is a connection (postgresql://host/database or \"host=… dbname=…\"), a dump that " \
    "pg_dump wrote as SQL, a folder of .sql files, or a snapshot"

static void
take(struct choice *choice, const char *root, const char *prefix, const char *taken)
{
    choice->root = g_strdup(root);
    choice->prefix = g_strdup(prefix);
    choice->taken = g_strdup(taken);
}

static void
take_live(struct choice *choice, struct target *target)
{
    choice->form = SOURCE_LIVE;
    choice->target = target;
    choice->taken = target_describe(target);
}

static bool
choose_connection(const char *text, const struct source_request *request, struct choice *choice,
                  GError **error)
{
    struct target *target = target_parse(text, request->environment, error);
    if (target != NULL)
        take_live(choice, target);
    return target != NULL;
}

/* "priv/repo/structure.sql" → "structure" */
static char *
stem_of(const char *path)
{
    char *name = g_path_get_basename(path);
    char *dot = strrchr(name, '.');
    if (dot != NULL && dot != name)
        *dot = '\0';
    return name;
}

/* An open file; `path` is below choice->root. Keeps or closes the descriptor. */
static bool
choose_file(struct choice *choice, const char *path, int descriptor, GError **error)
{
    if (!file_form_find(descriptor, choice->taken, &choice->form, error)) {
        close(descriptor);
        return false;
    }
    g_ptr_array_add(choice->files, g_strdup(path));
    choice->database = stem_of(path);
    if (choice->form == SOURCE_SQL)
        choice->descriptor = descriptor;
    else
        close(descriptor);
    return true;
}

/* Whether the list holds this path with one ending instead of another. */
static bool
has_twin(GPtrArray *paths, const char *path, const char *ending, const char *twin)
{
    if (!g_str_has_suffix(path, ending))
        return false;
    g_autofree char *stem = g_strndup(path, strlen(path) - strlen(ending));
    g_autofree char *other = g_strconcat(stem, twin, NULL);
    return g_ptr_array_find_with_equal_func(paths, other, g_str_equal, NULL);
}

static bool
is_way_down(GPtrArray *paths, const char *path)
{
    return has_twin(paths, path, ".down.sql", ".up.sql") ||
           has_twin(paths, path, "/down.sql", "/up.sql");
}

static bool
folder_has(const char *root, const char *directory, const char *suffix)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    return files_below(root, directory, suffix, LIST_DIRECTORY, paths, NULL, NULL) &&
           paths->len > 0;
}

/* Why a folder without SQL is no SOURCE. */
static bool
refuse_folder(const struct choice *choice, const char *directory, GError **error)
{
    if (folder_has(choice->root, directory, ".exs"))
        return failure_set(error, FAILURE_USAGE,
                           "%s holds Ecto migrations, which dbdoc cannot read yet. Write the "
                           "database's structure with \"mix ecto.dump\" and give that file.",
                           choice->taken);
    if (folder_has(choice->root, directory, "toc.dat"))
        return failure_set(error, FAILURE_USAGE,
                           "%s is a pg_dump archive in directory format. Turn it into SQL with "
                           "\"pg_restore -f dump.sql FOLDER\".",
                           choice->taken);
    return failure_set(error, FAILURE_USAGE, "%s holds no .sql file. " WHAT_A_SOURCE_IS ".",
                       choice->taken);
}

/* A folder below choice->root. */
static bool
choose_folder(struct choice *choice, const char *directory, GPtrArray *warnings, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    guint down = 0;
    if (!files_below(choice->root, directory, ".sql", LIST_TREE, paths, links, error))
        return false;
    for (guint i = 0; i < paths->len; i++) {
        if (is_way_down(paths, paths->pdata[i]))
            down++;
        else
            g_ptr_array_add(choice->files, g_strdup(paths->pdata[i]));
    }
    if (choice->files->len == 0)
        return refuse_folder(choice, directory, error);
    for (guint i = 0; i < links->len; i++)
        g_ptr_array_add(warnings, g_strdup_printf("%s/%s is a symbolic link and was not read",
                                                  choice->taken, (const char *)links->pdata[i]));
    if (down > 0)
        g_ptr_array_add(
            warnings, g_strdup_printf("ways back were not read (files named down.sql: %u)", down));
    choice->form = SOURCE_SQL;
    choice->database = g_path_get_basename(choice->taken);
    return true;
}

static bool
choose_typed(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
             GError **error)
{
    const char *text = request->source;
    bool exists = g_file_test(text, G_FILE_TEST_EXISTS);
    if (!exists && target_is_text(text))
        return choose_connection(text, request, choice, error);
    if (!exists)
        return failure_set(error, FAILURE_USAGE, "there is no file or folder \"%s\". %s.", text,
                           WHAT_A_SOURCE_IS);
    if (g_file_test(text, G_FILE_TEST_IS_DIR)) {
        take(choice, text, g_str_equal(text, ".") ? "" : text, text);
        return choose_folder(choice, "", warnings, error);
    }
    g_autofree char *folder = g_path_get_dirname(text);
    g_autofree char *name = g_path_get_basename(text);
    bool here = g_str_equal(folder, ".") && !g_str_has_prefix(text, "./");
    take(choice, folder, here ? "" : folder, text);
    int descriptor = file_open(text, error);
    return descriptor >= 0 && choose_file(choice, name, descriptor, error);
}

/* A path of dbdoc.yml or a usual one. */
static bool
choose_below(const struct source_request *request, const char *path, struct choice *choice,
             GPtrArray *warnings, GError **error)
{
    const char *root = request->config->root;
    g_autofree char *whole = g_build_filename(root, path, NULL);
    take(choice, root, "", path);
    if (g_file_test(whole, G_FILE_TEST_IS_DIR) && !g_file_test(whole, G_FILE_TEST_IS_SYMLINK))
        return choose_folder(choice, path, warnings, error);
    int descriptor = file_open_below(root, path, error);
    return descriptor >= 0 && choose_file(choice, path, descriptor, error);
}

static bool
choose_configured(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
                  GError **error)
{
    const char *text = request->config->database;
    const char *path = g_str_has_prefix(text, "./") ? text + 2 : text;
    if (target_is_text(text))
        return choose_connection(text, request, choice, error);
    return choose_below(request, path, choice, warnings, error) ||
           failure_prefix(error, "%s, database: ", request->config->file);
}

/* The path in the repository that shows its structure; NULL when there is none, with *error when
 * there are several. */
static char *
find_in_repository(const char *root, GError **error)
{
    char *usual = repository_structure(root);
    if (usual != NULL)
        return usual;
    g_autoptr(GPtrArray) found = repository_umbrella(root);
    if (found->len == 1)
        return g_strdup(found->pdata[0]);
    if (found->len > 1)
        failure_set(error, FAILURE_USAGE,
                    "several applications have a " REPOSITORY_STRUCTURE
                    " (%s and %u more). Name one as SOURCE, or as "
                    "database: in dbdoc.yml.",
                    (const char *)found->pdata[0], found->len - 1);
    return NULL;
}

static bool
choose_nothing(const struct source_request *request, GError **error)
{
    if (repository_has(request->config->root, "priv/repo/migrations"))
        return failure_set(error, FAILURE_USAGE,
                           "nothing says which database to read, and the Ecto migrations in "
                           "priv/repo/migrations cannot be read yet. Write " REPOSITORY_STRUCTURE
                           " with \"mix ecto.dump\", or name a SOURCE.");
    return failure_set(error, FAILURE_USAGE,
                       "nothing says which database to read: no SOURCE, no database: in dbdoc.yml, "
                       "no structure.sql, no PGDATABASE. " WHAT_A_SOURCE_IS ".");
}

static bool
choose_found(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
             GError **error)
{
    GError *problem = NULL;
    g_autofree char *path = find_in_repository(request->config->root, &problem);
    if (path != NULL)
        return choose_below(request, path, choice, warnings, error);
    if (request->environment != NULL && !target_is_empty(request->environment)) {
        g_clear_error(&problem);
        return choose_connection("", request, choice, error);
    }
    if (problem == NULL)
        return choose_nothing(request, error);
    g_propagate_error(error, problem);
    return false;
}

bool
choice_make(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
            GError **error)
{
    *choice = (struct choice){.descriptor = -1};
    choice->files = g_ptr_array_new_with_free_func(g_free);
    if (request->source != NULL)
        return choose_typed(request, choice, warnings, error);
    if (request->config->database != NULL)
        return choose_configured(request, choice, warnings, error);
    return choose_found(request, choice, warnings, error);
}

void
choice_clear(struct choice *choice)
{
    if (choice->descriptor >= 0)
        close(choice->descriptor);
    g_ptr_array_unref(choice->files);
    target_free(choice->target);
    g_free(choice->taken);
    g_free(choice->root);
    g_free(choice->prefix);
    g_free(choice->database);
}
