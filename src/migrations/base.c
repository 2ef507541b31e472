/* base.c - git is asked for names and hashes alone; whether a file changed, its own hash tells, so
 * that no filter of the repository runs. */
#include "migrations/base.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/git.h"

#include <string.h>

#define FILE_LIMIT ((size_t)64 * 1024 * 1024)

/* ---- the commit ---- */

/* Where a commit is wanted, a file may have been meant. Free with g_free. */
static char *
say_file(const char *wanted)
{
    if (wanted == NULL)
        return g_strdup("");
    return g_strdup_printf(
        file_is_there(wanted) ? "%s is no snapshot, and " : "there is no file %s, and ", wanted);
}

/* Where there is no commit at all, a file was meant. */
static bool
is_repository(const char *folder, const char *wanted, GError **error)
{
    g_autofree char *head = git_find_commit(folder, "HEAD");
    g_autofree char *file = say_file(wanted);
    if (head != NULL)
        return true;
    if (wanted != NULL)
        return failure_set(error, FAILURE_USAGE,
                           "%sgit shows no commit here that could be meant. Correct the path of "
                           "--base to a snapshot that \"dbdoc snapshot\" wrote, or run dbdoc in a "
                           "clone of the repository.",
                           file);
    return failure_set(error, FAILURE_USAGE,
                       "git shows no commit to compare with. Run dbdoc in a clone of the "
                       "repository, or name a snapshot as --base.");
}

/* Why the branch and `name` have no commit in common. */
static bool
complain(const char *folder, const char *name, GError **error)
{
    if (git_is_shallow(folder))
        return failure_set(error, FAILURE_USAGE,
                           "this clone is shallow, and where the branch left %s is not in it. Let "
                           "CI fetch the whole history (GitHub Actions: fetch-depth: 0 of "
                           "actions/checkout; GitLab: GIT_DEPTH: \"0\"), or name a snapshot as "
                           "--base.",
                           name);
    return failure_set(error, FAILURE_USAGE,
                       "git finds no commit that both this branch and %s have. Name a branch, a "
                       "tag, a commit or a snapshot as --base.",
                       name);
}

/* Why git knows nothing of the name. */
static bool
complain_of_name(const char *folder, const char *wanted, GError **error)
{
    g_autofree char *file = say_file(wanted);
    return failure_set(
        error, FAILURE_USAGE,
        "%sgit knows no commit of that name%s. Correct --base, or fetch the commit: "
        "of a branch that was not checked out here, write origin/NAME.",
        file, git_is_shallow(folder) ? " (the clone is shallow, so that it may be missing)" : "");
}

/* What origin says its default branch is; NULL: nothing. Free with g_free. */
static char *
default_of_origin(const char *folder)
{
    static const char *const arguments[] = {"symbolic-ref", "--quiet", "--short",
                                            "refs/remotes/origin/HEAD", NULL};
    return git_ask(folder, arguments, NULL);
}

/* Free with g_free; NULL for none. */
static char *
default_branch(const char *folder)
{
    static const char *const usual[] = {"origin/main", "origin/master", "main", "master"};
    char *name = default_of_origin(folder);
    for (size_t i = 0; name == NULL && i < G_N_ELEMENTS(usual); i++) {
        g_autofree char *commit = git_find_commit(folder, usual[i]);
        if (commit != NULL)
            name = g_strdup(usual[i]);
    }
    return name;
}

bool
base_find(struct arena *arena, const char *folder, const char *wanted, struct base *base,
          GError **error)
{
    if (!is_repository(folder, wanted, error))
        return false;
    g_autofree char *name = wanted != NULL ? g_strdup(wanted) : default_branch(folder);
    if (name == NULL)
        return complain(folder, "the default branch", error);
    g_autofree char *commit = git_find_commit(folder, name);
    if (commit == NULL && wanted != NULL)
        return complain_of_name(folder, wanted, error);
    const char *const arguments[] = {"merge-base", "HEAD", commit, NULL};
    g_autofree char *common = commit == NULL ? NULL : git_ask(folder, arguments, NULL);
    if (common == NULL)
        return complain(folder, name, error);
    base->name = arena_text(arena, name, -1);
    base->revision = arena_text(arena, common, -1);
    return true;
}

/* ---- the files ---- */

struct base_files {
    const struct migrations *line;
    GHashTable *hashes; /* path below the root → hash of the file */
};

/* "100644 blob HASH\tPATH" */
static void
take_entry(GHashTable *hashes, const char *entry)
{
    const char *path = strchr(entry, '\t');
    g_auto(GStrv) parts = path == NULL ? NULL : g_strsplit(entry, " ", 3);
    if (path == NULL || g_strv_length(parts) != 3)
        return;
    g_hash_table_insert(hashes, g_strdup(path + 1), g_strndup(parts[2], strcspn(parts[2], "\t")));
}

struct base_files *
base_files_read(const struct migrations *line, const char *revision, GError **error)
{
    const char *folder = *line->folder != '\0' ? line->folder : ".";
    const char *const arguments[] = {"ls-tree", "-r", "-z",   "--end-of-options",
                                     revision,  "--", folder, NULL};
    GString *list = git_run(line->root, arguments, NULL, error);
    if (list == NULL)
        return NULL;
    struct base_files *files = g_new0(struct base_files, 1);
    files->line = line;
    files->hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (const char *entry = list->str; entry < list->str + list->len; entry += strlen(entry) + 1)
        take_entry(files->hashes, entry);
    g_string_free(list, TRUE);
    return files;
}

void
base_files_free(struct base_files *files)
{
    if (files == NULL)
        return;
    g_hash_table_unref(files->hashes);
    g_free(files);
}

/* As git names the contents of a file: repositories with longer hashes use SHA-256. */
static bool
has_hash(const GString *text, const char *hash)
{
    GChecksum *sum = g_checksum_new(strlen(hash) > 40 ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA1);
    g_autofree char *head = g_strdup_printf("blob %" G_GSIZE_FORMAT, text->len);
    g_checksum_update(sum, (const guchar *)head, (gssize)strlen(head) + 1);
    g_checksum_update(sum, (const guchar *)text->str, (gssize)text->len);
    bool same = g_str_equal(g_checksum_get_string(sum), hash);
    g_checksum_free(sum);
    return same;
}

static bool
compare_file(const struct base_files *files, const char *path, enum since *since, GError **error)
{
    const char *hash = g_hash_table_lookup(files->hashes, path);
    GString *text = NULL;
    *since = SINCE_BASE_NEW;
    if (hash == NULL)
        return true;
    if (!file_read_below(files->line->root, path, FILE_LIMIT, &text, error))
        return false;
    *since = has_hash(text, hash) ? SINCE_BASE_SAME : SINCE_BASE_CHANGED;
    g_string_free(text, TRUE);
    return true;
}

bool
base_compare(const struct base_files *files, const struct migration *migration, enum since *since,
             GError **error)
{
    if (!compare_file(files, migration->file, since, error))
        return false;
    for (size_t i = 0; *since != SINCE_BASE_NEW && i < migration->source_count; i++) {
        enum since other = SINCE_BASE_SAME;
        if (!compare_file(files, migration->sources[i].file, &other, error))
            return false;
        if (other != SINCE_BASE_SAME)
            *since = SINCE_BASE_CHANGED; /* a way down that was not there before is a change, too */
    }
    return true;
}

static gint
compare_names(gconstpointer first, gconstpointer second)
{
    return strcmp(*(const char *const *)first, *(const char *const *)second);
}

struct names
base_gone(struct arena *arena, const struct base_files *files)
{
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    GHashTableIter iter;
    gpointer path = NULL;
    g_hash_table_iter_init(&iter, files->hashes);
    while (g_hash_table_iter_next(&iter, &path, NULL)) {
        g_autofree char *whole = g_build_filename(files->line->root, path, NULL);
        bool speaks = g_str_has_suffix(path, ".exs") || g_str_has_suffix(path, ".sql");
        if (speaks && !file_is_there(whole))
            g_ptr_array_add(gone, arena_text(arena, path, -1));
    }
    g_ptr_array_sort(gone, compare_names);
    return names_keep(arena, gone);
}
