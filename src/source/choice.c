/* choice.c - the argument, else dbdoc.yml, else what the repository shows, else libpq's variables.
 * Paths that the user typed are opened as they are, those of the repository below its root alone.
 */
#include "source/choice.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/progress.h"
#include "migrations/place.h"
#include "source/file_form.h"
#include "source/repository.h"

#include <string.h>
#include <unistd.h>

#define WHAT_A_SOURCE_IS                                                                             \
    "A SOURCE is a connection (postgresql://host/database or \"host=… dbname=…\"), a dump that " \
    "pg_dump wrote as SQL, a folder of migrations or .sql files, a snapshot, or one of these in "    \
    "git "                                                                                           \
    "(git:REV or git:REV:PATH)"

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
    if (folder_has(choice->root, directory, "toc.dat"))
        return failure_set(error, FAILURE_USAGE,
                           "%s is a pg_dump archive in directory format. Turn it into SQL with "
                           "\"pg_restore -f dump.sql FOLDER\".",
                           choice->taken);
    return failure_set(error, FAILURE_USAGE, "%s holds no .sql file. " WHAT_A_SOURCE_IS ".",
                       choice->taken);
}

/* The tool that dbdoc.yml names, if it names it for this folder or for any. */
static const char *
tool_of(const struct config *config, const char *folder)
{
    g_autofree char *given = g_canonicalize_filename(folder, NULL);
    for (size_t i = 0; i < config->line_count; i++) {
        const struct config_line *line = &config->lines[i];
        if (line->folder == NULL)
            return line->tool;
        g_autofree char *joined = g_build_filename(config->root, line->folder, NULL);
        g_autofree char *configured = g_canonicalize_filename(joined, NULL);
        if (g_str_equal(configured, given))
            return line->tool;
    }
    return NULL;
}

static bool
take_migrations(const struct migrations_place *place, const char *tool, struct choice *choice,
                GPtrArray *warnings, GError **error)
{
    const struct migrations *migrations = &choice->migrations;
    choice->form = SOURCE_MIGRATIONS;
    choice->arena = choice->arena != NULL ? choice->arena : arena_new();
    choice->database = g_path_get_basename(place->root);
    if (!migrations_read(choice->arena, place, tool, &choice->migrations, error))
        return false;
    for (size_t i = 0; i < migrations->warning_count; i++)
        g_ptr_array_add(warnings, g_strdup(migrations->warnings[i]));
    for (size_t i = 0; i < migrations->link_count; i++)
        g_ptr_array_add(warnings, g_strdup_printf("%s is a symbolic link and was not read",
                                                  migrations->links[i]));
    return true;
}

/* As people number files: 2_posts before 10_title, folder by folder. */
static gint
compare_numbered(gconstpointer a, gconstpointer b)
{
    const char *left = *(const char *const *)a;
    const char *right = *(const char *const *)b;
    size_t same = 0;
    while (left[same] != '\0' && left[same] == right[same])
        same++;
    while (same > 0 && left[same - 1] != '/')
        same--;
    guint64 first = g_ascii_strtoull(left + same, NULL, 10);
    guint64 second = g_ascii_strtoull(right + same, NULL, 10);
    bool numbers = g_ascii_isdigit(left[same]) && g_ascii_isdigit(right[same]);
    if (numbers && first != second)
        return first < second ? -1 : 1;
    return strcmp(left, right);
}

/* A folder of SQL files below choice->root, which are read in the order of their names and numbers.
 */
static bool
choose_sql_folder(struct choice *choice, const char *directory, GPtrArray *warnings, GError **error)
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
    g_ptr_array_sort(choice->files, compare_numbered);
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

/* A folder below choice->root. */
static bool
choose_folder(const struct config *config, struct choice *choice, const char *directory,
              GPtrArray *warnings, GError **error)
{
    g_autofree char *folder = g_build_filename(choice->root, directory, NULL);
    struct migrations_place place = {NULL, NULL};
    const char *tool = tool_of(config, folder);
    bool known = tool != NULL;
    bool good = place_of_folder(folder, &place, error) &&
                (known || migrations_show(&place, &known, error));
    if (good)
        good = known ? take_migrations(&place, tool, choice, warnings, error)
                     : choose_sql_folder(choice, directory, warnings, error);
    place_clear(&place);
    return good;
}

static bool choose_revision(const struct source_request *request, struct choice *choice,
                            GPtrArray *warnings, GError **error);

static bool
choose_typed(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
             GError **error)
{
    const char *text = request->source;
    if (revision_is_text(text))
        return choose_revision(request, choice, warnings, error);
    bool exists = file_is_there(text);
    if (!exists && target_is_text(text))
        return choose_connection(text, request, choice, error);
    if (!exists)
        return failure_set(error, FAILURE_USAGE, "there is no file or folder \"%s\". %s.", text,
                           WHAT_A_SOURCE_IS);
    if (g_file_test(text, G_FILE_TEST_IS_DIR)) {
        take(choice, text, g_str_equal(text, ".") ? "" : text, text);
        return choose_folder(request->config, choice, "", warnings, error);
    }
    g_autofree char *folder = g_path_get_dirname(text);
    g_autofree char *name = g_path_get_basename(text);
    bool here = g_str_equal(folder, ".") && !g_str_has_prefix(text, "./");
    take(choice, folder, here ? "" : folder, text);
    int descriptor = file_open(text, error);
    return descriptor >= 0 && choose_file(choice, name, descriptor, error);
}

/* What is taken is a path below choice->root. */
static bool
choose_taken(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
             GError **error)
{
    const char *path = choice->taken;
    g_autofree char *whole = g_build_filename(choice->root, path, NULL);
    if (g_file_test(whole, G_FILE_TEST_IS_DIR) && !g_file_test(whole, G_FILE_TEST_IS_SYMLINK))
        return choose_folder(request->config, choice, path, warnings, error);
    int descriptor = file_open_below(choice->root, path, error);
    return descriptor >= 0 && choose_file(choice, path, descriptor, error);
}

/* A path of dbdoc.yml or a usual one. */
static bool
choose_below(const struct source_request *request, const char *path, struct choice *choice,
             GPtrArray *warnings, GError **error)
{
    take(choice, request->config->root, "", path);
    return choose_taken(request, choice, warnings, error);
}

static bool
choose_configured(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
                  GError **error)
{
    const char *text = request->config->database;
    const char *path = g_str_has_prefix(text, "./") ? text + 2 : text;
    if (request->config->database_problem != NULL)
        return failure_set(error, FAILURE_USAGE, "%s", request->config->database_problem);
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

/* Each folder of migrations may make a database of its own. */
static bool
refuse_places(const char *root, GArray *places, GError **error)
{
    const struct migrations_place *first = &g_array_index(places, struct migrations_place, 0);
    if (places->len == 0)
        return failure_set(
            error, FAILURE_USAGE,
            "nothing says which database to read: no SOURCE, no database: in dbdoc.yml, "
            "no structure.sql, no PGDATABASE, no folder of migrations. " WHAT_A_SOURCE_IS ".");
    g_autofree char *here = place_seen_from(root, first->root, first->folder);
    g_autofree char *there = place_seen_from(root, first[1].root, first[1].folder);
    g_autofree char *more = places->len > 2 ? g_strdup_printf(" and %u more", places->len - 2)
                                            : g_strdup("");
    return failure_set(error, FAILURE_USAGE,
                       "there are several folders of migrations (%s, %s%s), and each may be of a "
                       "database of its own. Name one as SOURCE, or as database: in dbdoc.yml.",
                       here, there, more);
}

static bool
find_place(const char *root, struct migrations_place *place, GError **error)
{
    GArray *places = places_look(root, error);
    if (places == NULL)
        return false;
    const struct migrations_place *first = &g_array_index(places, struct migrations_place, 0);
    bool alone = places->len == 1;
    if (alone)
        *place = (struct migrations_place){g_strdup(first->root), g_strdup(first->folder)};
    else
        refuse_places(root, places, error);
    places_free(places);
    return alone;
}

/* Where nothing else says what the database is, the migrations do. */
static bool
choose_history(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
               GError **error)
{
    const struct config *config = request->config;
    struct migrations_place place = {NULL, NULL};
    const struct config_line *line = config->line_count > 0 ? &config->lines[0] : NULL;
    if (config->line_count > 1)
        return failure_set(error, FAILURE_USAGE,
                           "%s names several folders of migrations, and none says which database "
                           "to read. Name one as SOURCE, or as database: there.",
                           config->file);
    if (line != NULL && line->up.count > 0)
        return failure_set(error, FAILURE_USAGE,
                           "nothing says which database to read, and what the commands of %s make "
                           "is not read. Name a SOURCE, or database: there: a connection, a dump "
                           "or a snapshot.",
                           config->file);
    if (line != NULL && line->folder != NULL)
        return choose_below(request, line->folder, choice, warnings, error);
    if (!find_place(config->root, &place, error))
        return false;
    take(choice, place.root, "", *place.folder != '\0' ? place.folder : ".");
    bool good = take_migrations(&place, line != NULL ? line->tool : NULL, choice, warnings, error);
    place_clear(&place);
    return good;
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
        return choose_history(request, choice, warnings, error);
    g_propagate_error(error, problem);
    return false;
}

/* What the revision itself says is its database, but never a server. */
static bool
choose_of_revision(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
                   GError **error)
{
    const struct revision *revision = choice->revision;
    struct source_request then = *request;
    then.config = revision_config(choice->arena, revision, request->config, error);
    then.environment = NULL;
    if (then.config == NULL)
        return false;
    if (revision->path == NULL)
        return then.config->database != NULL ? choose_configured(&then, choice, warnings, error)
                                             : choose_found(&then, choice, warnings, error);
    take(choice, revision->tree, "", revision->path);
    return choose_taken(&then, choice, warnings, error);
}

static bool
choose_revision(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
                GError **error)
{
    struct revision revision;
    progress_step("Reading the files of %s", request->source);
    if (!revision_open(request->config->root, request->source, &revision, error)) {
        revision_close(&revision);
        return false;
    }
    choice->revision = g_memdup2(&revision, sizeof revision);
    choice->arena = arena_new();
    if (!choose_of_revision(request, choice, warnings, error))
        return false;
    g_autofree char *path = choice->taken;
    choice->taken = revision.path != NULL ? g_strdup(request->source)
                                          : g_strconcat(request->source, ":./", path, NULL);
    return true;
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
    g_clear_pointer(&choice->arena, arena_free);
    if (choice->revision != NULL)
        revision_close(choice->revision);
    g_free(choice->revision);
    target_free(choice->target);
    g_free(choice->taken);
    g_free(choice->root);
    g_free(choice->prefix);
    g_free(choice->database);
}
