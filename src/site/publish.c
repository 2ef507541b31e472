/* publish.c - stage, link, exchange. */
#include "site/publish.h"

#include "base/claim.h"
#include "base/failure.h"
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST        ".dbdoc-manifest"
#define MANIFEST_HEADER "dbdoc manifest 1"
#define STAGE_PREFIX    ".dbdoc-stage-"
#define FILE_LIMIT      ((size_t)1024 * 1024 * 1024)
#define LAST_FILE       "index.html"

struct publication {
    char *target;       /* without symbolic links and trailing slashes */
    struct claim claim; /* holds the folder "site" that is being made */
    char *stage;
    bool exchanges;       /* staged beside the target, so the two can change places */
    bool exists;          /* the target is there */
    GHashTable *old;      /* paths of the old manifest */
    GHashTable *expected; /* paths of the new one */
};

static void
bury(const char *path)
{
    tree_remove(path, NULL); /* the next build tries again */
}

/* ---- the manifest ---- */

static void
read_manifest(struct publication *publication)
{
    g_autofree char *path = g_build_filename(publication->target, MANIFEST, NULL);
    GString *text = NULL;
    if (!file_read(path, FILE_LIMIT, &text, NULL))
        return; /* a first build */
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_string_free(text, TRUE);
    for (char **line = lines; *line != NULL && g_str_equal(lines[0], MANIFEST_HEADER); line++)
        if (line > lines && **line != '\0')
            g_hash_table_add(publication->old, g_strdup(*line));
}

static int
compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
sorted_paths(GHashTable *set)
{
    GPtrArray *paths = g_ptr_array_new();
    GHashTableIter iterator;
    gpointer path;
    g_hash_table_iter_init(&iterator, set);
    while (g_hash_table_iter_next(&iterator, &path, NULL))
        g_ptr_array_add(paths, path);
    g_ptr_array_sort(paths, compare_paths);
    return paths;
}

static bool
write_manifest(struct publication *publication, GError **error)
{
    g_autoptr(GPtrArray) paths = sorted_paths(publication->expected);
    g_autoptr(GString) text = g_string_new(MANIFEST_HEADER "\n");
    for (guint i = 0; i < paths->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)paths->pdata[i]);
    g_autofree char *path = g_build_filename(publication->stage, MANIFEST, NULL);
    return file_create(path, text->str, text->len, error);
}

/* ---- begin ---- */

/* The folder itself when it is a symbolic link to one. */
static char *
resolve_target(const char *target)
{
    g_autofree char *absolute = g_canonicalize_filename(target, NULL);
    char *real = realpath(absolute, NULL);
    char *resolved = g_strdup(real != NULL ? real : absolute);
    free(real);
    return resolved;
}

static bool
check_target(struct publication *publication, GError **error)
{
    struct stat status;
    if (stat(publication->target, &status) != 0)
        return true;
    publication->exists = true;
    return S_ISDIR(status.st_mode) ||
           failure_set(error, FAILURE_WRITE,
                       "%s is not a folder. Give another place for the site with --output.",
                       publication->target);
}

/* Beside the target; else inside it, where files can still be replaced one by one. */
static bool
claim_stage(struct publication *publication, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(publication->target);
    if (!publication->exists && !directory_create(parent, error))
        return false;
    claim_sweep(parent, STAGE_PREFIX, bury);
    publication->exchanges = claim_make(parent, STAGE_PREFIX, &publication->claim, NULL);
    if (publication->exchanges)
        return true;
    if (!publication->exists)
        return failure_set(error, FAILURE_WRITE,
                           "cannot write into %s. Make it writable, or give "
                           "another place for the site with --output.",
                           parent);
    claim_sweep(publication->target, STAGE_PREFIX, bury);
    return claim_make(publication->target, STAGE_PREFIX, &publication->claim, error);
}

struct publication *
publication_begin(const char *target, GError **error)
{
    struct publication *publication = g_new0(struct publication, 1);
    publication->claim.lock = -1;
    publication->target = resolve_target(target);
    publication->old = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    publication->expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (check_target(publication, error) && claim_stage(publication, error)) {
        publication->stage = g_build_filename(publication->claim.path, "site", NULL);
        if (directory_create(publication->stage, error)) {
            read_manifest(publication);
            return publication;
        }
    }
    publication_abort(publication);
    return NULL;
}

void
publication_abort(struct publication *publication)
{
    if (publication->claim.path != NULL)
        tree_remove(publication->claim.path, NULL); /* else swept by the next build */
    claim_drop(&publication->claim);
    g_hash_table_unref(publication->old);
    g_hash_table_unref(publication->expected);
    g_free(publication->target);
    g_free(publication->stage);
    g_free(publication);
}

/* ---- adding ---- */

static bool
same_bytes(const char *path, const char *text, size_t length)
{
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != length)
        return false;
    GString *old = NULL;
    if (!file_read(path, FILE_LIMIT, &old, NULL))
        return false;
    bool same = old->len == length && memcmp(old->str, text, length) == 0;
    g_string_free(old, TRUE);
    return same;
}

static bool
create_parent(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return directory_create(folder, error);
}

bool
publication_expect(struct publication *publication, const char *path, GError **error)
{
    g_autofree char *published = g_build_filename(publication->target, path, NULL);
    if (access(published, F_OK) == 0 && !g_hash_table_contains(publication->old, path))
        return failure_set(
            error, FAILURE_WRITE,
            "%s is there already and was not written by dbdoc. Move it away, or give "
            "another place for the site with --output.",
            published);
    g_autofree char *staged = g_build_filename(publication->stage, path, NULL);
    g_hash_table_add(publication->expected, g_strdup(path));
    return create_parent(staged, error);
}

bool
publication_add(const struct publication *publication, const char *path, const GString *text,
                unsigned *changed, GError **error)
{
    g_assert(g_hash_table_contains(publication->expected, path));
    g_autofree char *staged = g_build_filename(publication->stage, path, NULL);
    g_autofree char *published = g_build_filename(publication->target, path, NULL);
    bool same = same_bytes(published, text->str, text->len);
    *changed = same ? 0 : 1;
    return (same && link(published, staged) == 0) ||
           file_create(staged, text->str, text->len, error);
}

/* ---- finish ---- */

/* Files in the target that dbdoc did not write move along. */
static bool
keep_foreign_files(struct publication *publication, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(publication->target, "", "", LIST_EVERYTHING, paths, NULL, error))
        return false;
    for (guint i = 0; i < paths->len; i++) {
        const char *path = paths->pdata[i];
        if (g_hash_table_contains(publication->old, path) || g_str_equal(path, MANIFEST))
            continue;
        g_autofree char *old = g_build_filename(publication->target, path, NULL);
        g_autofree char *new = g_build_filename(publication->stage, path, NULL);
        if (!create_parent(new, error))
            return false;
        if (linkat(AT_FDCWD, old, AT_FDCWD, new, 0) != 0)
            return failure_set(error, FAILURE_WRITE, "cannot keep %s in the new site (%s).", old,
                               g_strerror(errno));
    }
    return true;
}

/* The new folder as readable as the old one, or as the umask says. */
static void
give_mode(const struct publication *publication)
{
    struct stat status;
    if (publication->exists && stat(publication->target, &status) == 0)
        chmod(publication->stage, status.st_mode & 07777);
}

static bool
replace_file(const struct publication *publication, const char *path, GError **error)
{
    g_autofree char *staged = g_build_filename(publication->stage, path, NULL);
    g_autofree char *published = g_build_filename(publication->target, path, NULL);
    GString *text = NULL;
    if (!create_parent(published, error) || !file_read(staged, FILE_LIMIT, &text, error))
        return false;
    bool done = same_bytes(published, text->str, text->len) ||
                file_replace(published, text->str, text->len, error);
    g_string_free(text, TRUE);
    return done;
}

static void
remove_stale(const struct publication *publication)
{
    GHashTableIter iterator;
    gpointer path;
    g_hash_table_iter_init(&iterator, publication->old);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        g_autofree char *published = g_build_filename(publication->target, path, NULL);
        if (!g_hash_table_contains(publication->expected, path))
            unlink(published);
    }
}

static bool
replace_files(const struct publication *publication, GError **error)
{
    g_autoptr(GPtrArray) paths = sorted_paths(publication->expected);
    for (guint i = 0; i < paths->len; i++)
        if (!g_str_equal(paths->pdata[i], LAST_FILE) &&
            !replace_file(publication, paths->pdata[i], error))
            return failure_prefix(error, "the site is half new and half old: ");
    if (!replace_file(publication, LAST_FILE, error) || !replace_file(publication, MANIFEST, error))
        return failure_prefix(error, "the site is half new and half old: ");
    remove_stale(publication);
    return true;
}

static bool
swap(const struct publication *publication, unsigned flags)
{
    if (renameat2(AT_FDCWD, publication->stage, AT_FDCWD, publication->target, flags) == 0)
        return true;
    /* Some file systems know no flags; a plain rename still refuses a folder that is not empty. */
    return errno == EINVAL && flags == RENAME_NOREPLACE &&
           rename(publication->stage, publication->target) == 0;
}

/* Another build may have published here meanwhile: the later one wins. */
static bool
exchange(const struct publication *publication, GError **error)
{
    if (!publication->exists && swap(publication, RENAME_NOREPLACE))
        return true;
    if (!publication->exists && errno != EEXIST)
        return failure_set(error, FAILURE_WRITE, "cannot put the site at %s (%s).",
                           publication->target, g_strerror(errno));
    if (publication->exchanges && swap(publication, RENAME_EXCHANGE))
        return true;
    return replace_files(publication, error);
}

bool
publication_finish(struct publication *publication, GError **error)
{
    bool done = write_manifest(publication, error) &&
                (!publication->exists || !publication->exchanges ||
                 keep_foreign_files(publication, error));
    if (done) {
        give_mode(publication);
        done = exchange(publication, error);
    }
    publication_abort(publication); /* the stage now holds the old site, or nothing of worth */
    return done;
}
