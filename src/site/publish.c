/* publish.c - stage, link, exchange. */
#include "site/publish.h"

#include "base/claim.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"
#include "site/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGE_PREFIX  ".dbdoc-stage-"
#define RECORD_PREFIX "record-"
#define FILE_LIMIT    ((size_t)1024 * 1024 * 1024)
#define LAST_FILE     "index.html"

struct publication {
    char *target;       /* without symbolic links and trailing slashes */
    struct claim claim; /* holds the folder "site" that is being made, and the records */
    char *stage;
    bool inside; /* staged in the target: nothing is writable beside it */
    bool exists; /* the target is there */
    struct manifest *old;
    struct manifest *new;
    GHashTable *expected; /* paths */
};

static void
bury(const char *path)
{
    tree_remove(path, NULL); /* the next build tries again */
}

/* ---- records: what each process staged, for the manifest ---- */

static bool
write_record(const struct publication *publication, const char *path, const char *key,
             const char *digest)
{
    g_autofree char *name = g_strdup_printf(RECORD_PREFIX "%d", (int)getpid());
    g_autofree char *record = g_build_filename(publication->claim.path, name, NULL);
    g_autofree char *line = manifest_line(path, key, digest);
    FILE *stream = fopen(record, "ae");
    bool written = stream != NULL && fputs(line, stream) >= 0;
    return (stream == NULL || fclose(stream) == 0) && written;
}

static bool
collect_records(struct publication *publication, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(publication->claim.path, "", "", LIST_DIRECTORY, names, NULL, error))
        return false;
    for (guint i = 0; i < names->len; i++) {
        GString *text = NULL;
        if (!g_str_has_prefix(names->pdata[i], RECORD_PREFIX))
            continue;
        if (!file_read_below(publication->claim.path, names->pdata[i], FILE_LIMIT, &text, error))
            return false;
        manifest_parse(publication->new, text->str);
        g_string_free(text, TRUE);
    }
    return true;
}

static bool
write_manifest(const struct publication *publication, GError **error)
{
    g_autoptr(GString) text = manifest_text(publication->new);
    g_autofree char *path = g_build_filename(publication->stage, MANIFEST_FILE, NULL);
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

/* Whether another disk is mounted there: nothing can be moved into it from beside it. */
static bool
is_mount_point(const char *target, const char *parent)
{
    struct stat own;
    struct stat above;
    return stat(target, &own) == 0 && stat(parent, &above) == 0 && own.st_dev != above.st_dev;
}

/* Beside the target; else inside it, where files can still be replaced one by one. */
static bool
claim_stage(struct publication *publication, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(publication->target);
    if (!publication->exists && !directory_create(parent, error))
        return false;
    claim_sweep(parent, STAGE_PREFIX, bury);
    if (!is_mount_point(publication->target, parent) &&
        claim_make(parent, STAGE_PREFIX, &publication->claim, NULL))
        return true;
    if (!publication->exists)
        return failure_set(error, FAILURE_WRITE,
                           "cannot write into %s. Make it writable, or give "
                           "another place for the site with --output.",
                           parent);
    claim_sweep(publication->target, STAGE_PREFIX, bury);
    publication->inside = true;
    return claim_make(publication->target, STAGE_PREFIX, &publication->claim, error);
}

struct publication *
publication_begin(const char *target, const char *key, GError **error)
{
    struct publication *publication = g_new0(struct publication, 1);
    publication->claim.lock = -1;
    publication->target = resolve_target(target);
    publication->old = manifest_read(publication->target);
    publication->new = manifest_new(key);
    publication->expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (check_target(publication, error) && claim_stage(publication, error)) {
        publication->stage = g_build_filename(publication->claim.path, "site", NULL);
        if (directory_create(publication->stage, error))
            return publication;
    }
    publication_abort(publication);
    return NULL;
}

void
publication_abort(struct publication *publication)
{
    if (publication->stage != NULL)
        chmod(publication->stage, 0700); /* it has the mode of a site */
    if (publication->claim.path != NULL)
        tree_remove(publication->claim.path, NULL); /* else swept by the next build */
    claim_drop(&publication->claim);
    manifest_free(publication->old);
    manifest_free(publication->new);
    g_hash_table_unref(publication->expected);
    g_free(publication->target);
    g_free(publication->stage);
    g_free(publication);
}

/* ---- adding ---- */

static char *
digest_of(const GString *text)
{
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text->str, text->len);
}

/* The published file, when it is a plain file with this digest; else NULL. */
static GString *
read_untouched(const struct publication *publication, const char *path, const char *expected)
{
    g_autofree char *published = g_build_filename(publication->target, path, NULL);
    struct stat status;
    GString *text = NULL;
    if (lstat(published, &status) != 0 || !S_ISREG(status.st_mode) ||
        !file_read(published, FILE_LIMIT, &text, NULL))
        return NULL;
    g_autofree char *digest = digest_of(text);
    if (g_str_equal(digest, expected))
        return text;
    g_string_free(text, TRUE);
    return NULL;
}

static bool
is_untouched(const struct publication *publication, const char *path, const char *expected)
{
    g_autoptr(GString) text = read_untouched(publication, path, expected);
    return text != NULL;
}

bool
publication_is_current(const struct publication *publication)
{
    if (!text_equal(publication->old->key, publication->new->key))
        return false;
    GHashTableIter iterator;
    gpointer path;
    gpointer entry;
    g_hash_table_iter_init(&iterator, publication->old->entries);
    while (g_hash_table_iter_next(&iterator, &path, &entry)) {
        g_autofree char *published = g_build_filename(publication->target, path, NULL);
        if (access(published, R_OK) != 0)
            return false;
    }
    return true;
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
    if (access(published, F_OK) == 0 && manifest_find(publication->old, path) == NULL)
        return failure_set(
            error, FAILURE_WRITE,
            "%s is there already and was not written by dbdoc. Move it away, or give "
            "another place for the site with --output.",
            published);
    g_autofree char *staged = g_build_filename(publication->stage, path, NULL);
    g_hash_table_add(publication->expected, g_strdup(path));
    return create_parent(staged, error);
}

/* A second name for the published file; on file systems without links the caller writes it again.
 */
static bool
link_published(const struct publication *publication, const char *path)
{
    g_autofree char *staged = g_build_filename(publication->stage, path, NULL);
    g_autofree char *published = g_build_filename(publication->target, path, NULL);
    return link(published, staged) == 0;
}

bool
publication_keep(const struct publication *publication, const char *path, const char *key)
{
    const struct manifest_entry *entry = manifest_find(publication->old, path);
    return entry != NULL && g_str_equal(entry->key, key) &&
           is_untouched(publication, path, entry->digest) && link_published(publication, path) &&
           write_record(publication, path, key, entry->digest);
}

GString *
publication_read(const struct publication *publication, const char *path)
{
    const struct manifest_entry *entry = manifest_find(publication->old, path);
    return entry == NULL ? NULL : read_untouched(publication, path, entry->digest);
}

bool
publication_add(const struct publication *publication, const char *path, const char *key,
                const GString *text, unsigned *changed, GError **error)
{
    g_assert(g_hash_table_contains(publication->expected, path));
    g_autofree char *staged = g_build_filename(publication->stage, path, NULL);
    g_autofree char *digest = digest_of(text);
    bool same = is_untouched(publication, path, digest);
    *changed = same ? 0 : 1;
    if (!(same && link_published(publication, path)) &&
        !file_create(staged, text->str, text->len, error))
        return false;
    return write_record(publication, path, key, digest) ||
           failure_set(error, FAILURE_WRITE, "cannot write in %s (%s).", publication->claim.path,
                       g_strerror(errno));
}

/* ---- finish ---- */

/* Whether dbdoc wrote something in this folder. */
static bool
is_own_folder(const struct publication *publication, const char *name)
{
    g_autofree char *prefix = g_strconcat(name, "/", NULL);
    GHashTableIter iterator;
    gpointer path;
    g_hash_table_iter_init(&iterator, publication->old->entries);
    while (g_hash_table_iter_next(&iterator, &path, NULL))
        if (g_str_has_prefix(path, prefix))
            return true;
    return false;
}

/* Whether somebody else's folder lies in the target: only its own place keeps it as it is. */
static bool
holds_foreign_folder(const struct publication *publication)
{
    GDir *folder = g_dir_open(publication->target, 0, NULL);
    bool found = false;
    for (const char *name; !found && folder != NULL && (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *path = g_build_filename(publication->target, name, NULL);
        struct stat status;
        found = lstat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
                !is_own_folder(publication, name);
    }
    if (folder != NULL)
        g_dir_close(folder);
    return found;
}

/* Files in the target that dbdoc did not write move along. */
static bool
keep_foreign_files(struct publication *publication, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(publication->target, "", "", LIST_EVERYTHING, paths, NULL, error))
        return false;
    for (guint i = 0; i < paths->len; i++) {
        const char *path = paths->pdata[i];
        if (manifest_find(publication->old, path) != NULL || g_str_equal(path, MANIFEST_FILE))
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
    const struct manifest_entry *entry = manifest_find(publication->new, path);
    if (entry != NULL && is_untouched(publication, path, entry->digest))
        return true;
    GString *text = NULL;
    if (!create_parent(published, error))
        return false;
    if (rename(staged, published) == 0)
        return true;
    if (!file_read(staged, FILE_LIMIT, &text, error)) /* on another disk */
        return false;
    bool done = file_replace(published, text->str, text->len, error);
    g_string_free(text, TRUE);
    return done;
}

static void
remove_stale(const struct publication *publication)
{
    GHashTableIter iterator;
    gpointer path;
    g_hash_table_iter_init(&iterator, publication->old->entries);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        g_autofree char *published = g_build_filename(publication->target, path, NULL);
        if (!g_hash_table_contains(publication->expected, path))
            unlink(published);
    }
}

/* *count: how many are in place, also on failure. */
static bool
replace_each(const struct publication *publication, size_t *count, GError **error)
{
    GHashTableIter iterator;
    gpointer path;
    g_hash_table_iter_init(&iterator, publication->expected);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        if (g_str_equal(path, LAST_FILE))
            continue;
        if (!replace_file(publication, path, error))
            return false;
        ++*count;
    }
    return replace_file(publication, LAST_FILE, error) &&
           replace_file(publication, MANIFEST_FILE, error);
}

static bool
replace_files(const struct publication *publication, GError **error)
{
    size_t count = 0;
    if (!replace_each(publication, &count, error))
        return count > 0 && failure_prefix(error, "the site is half new and half old: ");
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

/* Puts the new site where no site is. */
static bool
move_in(const struct publication *publication, GError **error)
{
    return swap(publication, RENAME_NOREPLACE) ||
           failure_set(error, FAILURE_WRITE, "cannot put the site at %s (%s).", publication->target,
                       g_strerror(errno));
}

static bool
replace_site(struct publication *publication, enum manner *manner, GError **error)
{
    bool exchanges = !publication->inside && !holds_foreign_folder(publication);
    if (exchanges && !keep_foreign_files(publication, error))
        return false;
    *manner = exchanges && swap(publication, RENAME_EXCHANGE) ? PUBLISHED_AT_ONCE
                                                              : PUBLISHED_ONE_BY_ONE;
    return *manner == PUBLISHED_AT_ONCE || replace_files(publication, error);
}

/* Builds into one target finish one after another. A file system without locks does without. */
static int
lock_target(const struct publication *publication)
{
    g_autofree char *parent = g_path_get_dirname(publication->target);
    int lock = open(publication->inside ? publication->target : parent,
                    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (lock >= 0 && flock(lock, LOCK_EX) != 0 && errno == EINTR)
        ;
    return lock;
}

/* What another build published meanwhile is dbdoc's too; the later one wins. */
static void
look_again(struct publication *publication)
{
    manifest_free(publication->old);
    publication->old = manifest_read(publication->target);
    publication->exists = access(publication->target, F_OK) == 0;
}

static bool
put_in_place(struct publication *publication, enum manner *manner, GError **error)
{
    int lock = lock_target(publication);
    look_again(publication);
    give_mode(publication);
    *manner = PUBLISHED_AT_ONCE;
    bool done = publication->exists ? replace_site(publication, manner, error)
                                    : move_in(publication, error);
    if (lock >= 0)
        close(lock);
    return done;
}

bool
publication_finish(struct publication *publication, enum manner *manner, GError **error)
{
    bool done = collect_records(publication, error) && write_manifest(publication, error) &&
                put_in_place(publication, manner, error);
    publication_abort(publication); /* the stage now holds the old site, or nothing of worth */
    return done;
}
