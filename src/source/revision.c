/* revision.c - what git knows under a name, and its files beside those of other runs. */
#include "source/revision.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/git.h"
#include "postgres/connection.h"
#include "source/tree.h"

#include <string.h>
#include <unistd.h>

#define PREFIX        "git:"
#define FOLDER_PREFIX "dbdoc-git-"
#define RANGE         "..."
#define FILE_NAME     "dbdoc.yml"
#define END_MARK      ".git" /* no project reaches beyond it (migrations/place.c) */

bool
revision_is_text(const char *source)
{
    return g_str_has_prefix(source, PREFIX);
}

/* Why the commit is not known. */
static void
refuse(const char *folder, const char *name, GError **error)
{
    static const char *const arguments[] = {"rev-parse", "--git-dir", NULL};
    GError *words = NULL;
    g_autofree char *repository = git_ask(folder, arguments, &words);
    if (repository == NULL)
        failure_set(error, FAILURE_USAGE, "git knows no repository in %s: %s", folder,
                    words->message);
    else if (git_is_shallow(folder))
        failure_set(error, FAILURE_USAGE,
                    "git does not know %s: the clone is shallow. Fetch the whole history: "
                    "\"git fetch --unshallow\", in GitHub Actions \"fetch-depth: 0\" of "
                    "actions/checkout, in GitLab CI the variable GIT_DEPTH: 0.",
                    name);
    else
        failure_set(
            error, FAILURE_USAGE,
            "git does not know the commit \"%s\". Correct the name, or fetch it: of a branch "
            "that was not checked out here, write origin/NAME.",
            name);
    g_clear_error(&words);
}

static char *
find_merge_base(const char *folder, const char *name, const char *range)
{
    g_autofree char *left = g_strndup(name, (gsize)(range - name));
    const char *right = range + strlen(RANGE);
    const char *const arguments[] = {"merge-base", "--end-of-options",
                                     *left != '\0' ? left : "HEAD", *right != '\0' ? right : "HEAD",
                                     NULL};
    return git_ask(folder, arguments, NULL);
}

char *
revision_find(const char *folder, const char *name, GError **error)
{
    const char *range = strstr(name, RANGE);
    char *commit = range == NULL ? git_find_commit(folder, name)
                                 : find_merge_base(folder, name, range);
    if (commit == NULL)
        refuse(folder, name, error);
    return commit;
}

/* The colon before PATH; those within braces belong to REV, as in "main@{2026-03-12 10:00}". */
static const char *
find_colon(const char *text)
{
    int depth = 0;
    for (; *text != '\0' && (*text != ':' || depth > 0); text++)
        depth += *text == '{' ? 1 : *text == '}' ? -1 : 0;
    return *text == ':' ? text : NULL;
}

/* The last name of the repository's folder, which names a database that nothing else names. */
static char *
find_repository_name(const char *folder)
{
    g_autofree char *top = git_find_top(folder);
    g_autofree char *full = g_canonicalize_filename(top != NULL ? top : folder, NULL);
    g_autofree char *name = g_path_get_basename(full);
    return g_str_equal(name, "/") ? g_strdup("repository") : g_steal_pointer(&name);
}

/* Makes PATH one from the top of the tree; "./" starts at the root, as in git. */
static bool
set_path(struct revision *revision, const char *path, const char *place, GError **error)
{
    bool relative = g_str_has_prefix(path, "./");
    g_autofree char *whole = g_build_filename(relative ? place : "", relative ? path + 2 : path,
                                              NULL);
    g_auto(GStrv) parts = g_strsplit(whole, "/", -1);
    if (g_path_is_absolute(whole) || g_strv_contains((const char *const *)parts, ".."))
        return failure_set(error, FAILURE_USAGE,
                           "\"%s\" is no path of a commit. Write it as git does: from the top of "
                           "the repository, without \"..\".",
                           path);
    if (g_str_has_suffix(whole, "/"))
        whole[strlen(whole) - 1] = '\0';
    revision->path = g_steal_pointer(&whole);
    return true;
}

static void
bury(const char *path)
{
    tree_remove(path, NULL);
}

/* The private folder with the commit's files. */
static bool
make_tree(const char *root, struct revision *revision, GError **error)
{
    g_autofree char *name = find_repository_name(root);
    claim_sweep(g_get_tmp_dir(), FOLDER_PREFIX, bury);
    if (!claim_make(g_get_tmp_dir(), FOLDER_PREFIX, &revision->claim, error))
        return failure_prefix(error, "git:%s: ", revision->name);
    revision->tree = g_build_filename(revision->claim.path, "files", name, NULL);
    g_autofree char *above = g_path_get_dirname(revision->tree);
    g_autofree char *mark = g_build_filename(revision->tree, END_MARK, NULL);
    return (directory_create(above, error) && directory_create(revision->tree, error) &&
            file_create(mark, "", 0, error) &&
            tree_lay_out(root, revision->commit, revision->tree, error)) ||
           failure_prefix(error, "git:%s: ", revision->name);
}

bool
revision_open(const char *root, const char *text, struct revision *revision, GError **error)
{
    *revision = (struct revision){.claim = {NULL, -1}};
    const char *name = text + strlen(PREFIX);
    const char *colon = find_colon(name);
    revision->name = colon == NULL ? g_strdup(name) : g_strndup(name, (gsize)(colon - name));
    revision->commit = revision_find(root, revision->name, error);
    g_autofree char *place = revision->commit == NULL ? NULL : git_find_place(root, error);
    if (place == NULL || (colon != NULL && !set_path(revision, colon + 1, place, error)) ||
        !make_tree(root, revision, error))
        return false;
    revision->root = g_build_filename(revision->tree, place, NULL);
    return true;
}

void
revision_close(struct revision *revision)
{
    if (revision->claim.path != NULL)
        tree_remove(revision->claim.path, NULL);
    claim_drop(&revision->claim);
    g_free(revision->name);
    g_free(revision->commit);
    g_free(revision->path);
    g_free(revision->tree);
    g_free(revision->root);
}

/* The file of the same name as the one that is used now; NULL when the revision has none. */
static char *
find_file(const struct revision *revision, const struct config *present)
{
    g_autofree char *name = g_path_get_basename(present->file != NULL ? present->file : FILE_NAME);
    char *file = g_build_filename(revision->root, name, NULL);
    if (g_file_test(file, G_FILE_TEST_IS_REGULAR))
        return file;
    g_free(file);
    return NULL;
}

struct config *
revision_config(struct arena *arena, const struct revision *revision, const struct config *present,
                GError **error)
{
    struct config *config = arena_alloc(arena, sizeof *config);
    g_autofree char *file = find_file(revision, present);
    const struct config *then = file == NULL ? NULL : config_read(arena, file, NULL, error);
    *config = *present;
    config->root = arena_text(arena, revision->root, -1);
    config->file = FILE_NAME;
    config->observations = NULL;
    config->database = NULL;
    config->database_problem = NULL;
    config->line_count = 0;
    if (file == NULL)
        return config;
    if (then == NULL)
        return NULL;
    config->line_count = then->line_count;
    config->lines = then->lines;
    if (then->database != NULL && !target_is_text(then->database) &&
        strstr(then->database, "${") == NULL)
        config->database = then->database;
    return config;
}

void
revision_hide_folder(const struct revision *revision, char **message)
{
    const char *const hidden[] = {revision->root, revision->tree};
    for (size_t i = 0; i < G_N_ELEMENTS(hidden) && hidden[i] != NULL; i++) {
        g_autofree char *below = g_strconcat(hidden[i], "/", NULL);
        g_auto(GStrv) parts = g_strsplit(*message, below, -1);
        g_autofree char *shorter = g_strjoinv("", parts);
        g_auto(GStrv) rest = g_strsplit(shorter, hidden[i], -1);
        g_free(*message);
        *message = g_strjoinv(".", rest);
    }
}
