/* files.c - reading, listing and replacing files.
 * Publishing a site is site/publish.c's business; it uses these pieces. */
#include "base/files.h"

#include "base/failure.h"
#include "base/reads.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TREE_DEPTH 64 /* folders below a notes or SQL folder; deeper is a loop or a mistake */

static bool
read_all(int descriptor, const char *path, size_t limit, GString **text, GError **error)
{
    char buffer[64 * 1024];
    GString *all = g_string_new(NULL);
    ssize_t count = 0;
    while ((count = read(descriptor, buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR)) {
        if (count < 0)
            continue;
        if (all->len + (size_t)count > limit) {
            g_string_free(all, TRUE);
            return failure_set(error, FAILURE_USAGE,
                               "the file is too big (%s, more than %zu bytes). Make it smaller.",
                               path, limit);
        }
        g_string_append_len(all, buffer, count);
    }
    if (count < 0) {
        g_string_free(all, TRUE);
        return failure_set(error, FAILURE_USAGE, "cannot read the file (%s: %s).", path,
                           g_strerror(errno));
    }
    *text = all;
    return true;
}

int
file_open(const char *path, GError **error)
{
    reads_note(READ_FILE, NULL, path, "");
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0) {
        failure_set(error, FAILURE_USAGE, "cannot open the file (%s: %s).", path,
                    g_strerror(errno));
    } else if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(descriptor);
        failure_set(error, FAILURE_USAGE, "expected a file, found a folder (%s).", path);
        return -1;
    }
    return descriptor;
}

static bool
part_is_allowed(const char *part)
{
    return *part != '\0' && !g_str_equal(part, ".") && !g_str_equal(part, "..") &&
           g_ascii_strcasecmp(part, ".git") != 0;
}

/* Opens `path` below the open folder `root`, one step at a time and never through a link. */
static int
open_below(int root, const char *path, int flags)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    int here = root;
    for (char **part = parts; *part != NULL; part++) {
        bool last = part[1] == NULL;
        int how = last ? flags : O_PATH | O_DIRECTORY;
        int next = part_is_allowed(*part) ? openat(here, *part, how | O_NOFOLLOW | O_CLOEXEC) : -1;
        int reason = part_is_allowed(*part) ? errno : EACCES;
        if (here != root)
            close(here);
        if (next < 0) {
            errno = reason;
            return -1;
        }
        here = next;
    }
    return here;
}

int
file_open_below(const char *root, const char *path, GError **error)
{
    reads_note(READ_FILE, root, path, "");
    int folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        failure_set(error, FAILURE_USAGE, "cannot open the folder (%s: %s).", root,
                    g_strerror(errno));
        return -1;
    }
    int descriptor = open_below(folder, path, O_RDONLY | O_NONBLOCK);
    int reason = errno;
    close(folder);
    if (descriptor < 0) {
        const char *why = reason == ELOOP ? "it is a symbolic link" : g_strerror(reason);
        failure_set(error, FAILURE_USAGE, "cannot open the file (%s in %s: %s).", path, root, why);
        return -1;
    }
    struct stat status;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(descriptor);
        failure_set(error, FAILURE_USAGE, "expected a plain file (%s in %s).", path, root);
        return -1;
    }
    return descriptor;
}

bool
file_is_there(const char *path)
{
    reads_note(READ_FILE, NULL, path, "");
    return access(path, F_OK) == 0;
}

bool
file_read(const char *path, size_t limit, GString **text, GError **error)
{
    int descriptor = file_open(path, error);
    if (descriptor < 0)
        return false;
    bool done = read_all(descriptor, path, limit, text, error);
    close(descriptor);
    return done;
}

bool
file_read_below(const char *root, const char *path, size_t limit, GString **text, GError **error)
{
    int descriptor = file_open_below(root, path, error);
    if (descriptor < 0)
        return false;
    bool done = read_all(descriptor, path, limit, text, error);
    close(descriptor);
    return done;
}

struct walk {
    const char *suffix;
    enum listing listing;
    GPtrArray *paths;
    GPtrArray *links;
    bool too_deep;
};

/* Whether people may expect something of this link: a file of the kind, or a folder of them. */
static bool
is_missed(const struct walk *walk, int folder, const char *name)
{
    struct stat target;
    if (walk->links == NULL)
        return false;
    return g_str_has_suffix(name, walk->suffix) ||
           (walk->listing == LIST_TREE && fstatat(folder, name, &target, 0) == 0 &&
            S_ISDIR(target.st_mode));
}

static bool
is_wanted(const struct walk *walk, const char *name)
{
    if (walk->listing == LIST_EVERYTHING)
        return !g_str_equal(name, ".") && !g_str_equal(name, "..");
    return name[0] != '.';
}

static bool
is_listed(const struct walk *walk, mode_t mode, const char *name)
{
    return (walk->listing == LIST_EVERYTHING || S_ISREG(mode)) &&
           g_str_has_suffix(name, walk->suffix);
}

static void
walk_folder(struct walk *walk, int folder, const char *path, unsigned depth)
{
    DIR *stream = fdopendir(folder);
    if (stream == NULL) {
        close(folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        struct stat status;
        if (!is_wanted(walk, entry->d_name) ||
            fstatat(dirfd(stream), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        g_autofree char *full = *path == '\0' ? g_strdup(entry->d_name)
                                              : g_strconcat(path, "/", entry->d_name, NULL);
        if (S_ISDIR(status.st_mode) && walk->listing != LIST_DIRECTORY) {
            walk->too_deep = walk->too_deep || depth >= TREE_DEPTH;
            if (depth >= TREE_DEPTH)
                continue;
            int below = openat(dirfd(stream), entry->d_name,
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (below >= 0)
                walk_folder(walk, below, full, depth + 1);
        } else if (is_listed(walk, status.st_mode, entry->d_name)) {
            g_ptr_array_add(walk->paths, g_steal_pointer(&full));
        } else if (S_ISLNK(status.st_mode) && is_missed(walk, dirfd(stream), entry->d_name)) {
            g_ptr_array_add(walk->links, g_steal_pointer(&full));
        }
    }
    closedir(stream);
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool
files_below(const char *root, const char *directory, const char *suffix, enum listing listing,
            GPtrArray *paths, GPtrArray *links, GError **error)
{
    reads_note(listing == LIST_DIRECTORY ? READ_FOLDER : READ_TREE, root, directory, suffix);
    int folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return failure_set(error, FAILURE_USAGE, "cannot open the folder (%s: %s).", root,
                           g_strerror(errno));
    int start = *directory == '\0' ? openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                                   : open_below(folder, directory, O_RDONLY | O_DIRECTORY);
    int reason = errno;
    close(folder);
    if (start < 0 && reason == ENOENT)
        return true;
    if (start < 0)
        return failure_set(error, FAILURE_USAGE, "cannot list the folder (%s in %s: %s).",
                           directory, root, g_strerror(reason));
    struct walk walk = {.suffix = suffix, .listing = listing, .paths = paths, .links = links};
    walk_folder(&walk, start, directory, 0);
    if (walk.too_deep)
        return failure_set(error, FAILURE_USAGE, "folders lie too deep in one another (%s in %s).",
                           directory, root);
    g_ptr_array_sort(paths, compare_paths);
    if (links != NULL)
        g_ptr_array_sort(links, compare_paths);
    return true;
}

static bool
write_all(int descriptor, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t count = write(descriptor, text, length);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            text += count;
            length -= (size_t)count;
        }
    }
    return true;
}

static bool
write_failed(const char *path, GError **error)
{
    return failure_set(error, FAILURE_WRITE, "cannot write the file (%s: %s).", path,
                       g_strerror(errno));
}

bool
file_create(const char *path, const char *text, size_t length, GError **error)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return write_failed(path, error);
    bool written = write_all(descriptor, text, length);
    written = close(descriptor) == 0 && written;
    return written || write_failed(path, error);
}

/* A new file beside `path` that holds the text and is on the disk; NULL on failure. g_free. */
static char *
write_draft(const char *path, const char *text, size_t length, GError **error)
{
    g_autofree char *draft = g_strdup_printf("%s.XXXXXX", path);
    int descriptor = g_mkstemp_full(draft, O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        write_failed(path, error);
        return NULL;
    }
    bool written = write_all(descriptor, text, length) && fsync(descriptor) == 0;
    written = close(descriptor) == 0 && written;
    if (written)
        return g_steal_pointer(&draft);
    write_failed(path, error);
    unlink(draft);
    return NULL;
}

bool
file_replace(const char *path, const char *text, size_t length, GError **error)
{
    g_autofree char *draft = write_draft(path, text, length, error);
    if (draft == NULL || rename(draft, path) == 0)
        return draft != NULL;
    write_failed(path, error);
    unlink(draft);
    return false;
}

bool
file_introduce(const char *path, const char *text, size_t length, GError **error)
{
    g_autofree char *draft = write_draft(path, text, length, error);
    if (draft == NULL)
        return false;
    bool done = link(draft, path) == 0 ||
                (errno != EEXIST &&
                 renameat2(AT_FDCWD, draft, AT_FDCWD, path, RENAME_NOREPLACE) == 0);
    if (!done)
        write_failed(path, error);
    unlink(draft);
    return done;
}

static bool
write_into(const char *path, const char *text, size_t length, GError **error)
{
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return write_failed(path, error);
    bool written = write_all(descriptor, text, length);
    written = close(descriptor) == 0 && written;
    return written || write_failed(path, error);
}

bool
file_deliver(const char *path, const char *text, size_t length, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return file_replace(path, text, length, error);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        return write_into(path, text, length, error);
    char *real = realpath(path, NULL);
    bool done = real != NULL ? file_replace(real, text, length, error) : write_failed(path, error);
    free(real);
    return done;
}

bool
directory_create(const char *path, GError **error)
{
    if (g_mkdir_with_parents(path, 0777) == 0)
        return true;
    return failure_set(error, FAILURE_WRITE, "cannot make the folder (%s: %s).", path,
                       g_strerror(errno));
}

static int
remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path);
}

bool
tree_remove(const char *path, GError **error)
{
    /* One descriptor is enough, and there may be no more. */
    if (nftw(path, remove_entry, 1, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) == 0 || errno == ENOENT)
        return true;
    return failure_set(error, FAILURE_WRITE, "cannot remove the folder (%s: %s).", path,
                       g_strerror(errno));
}

static guint64
folder_size(int folder, unsigned depth)
{
    guint64 total = 0;
    DIR *stream = fdopendir(folder);
    if (stream == NULL) {
        close(folder);
        return 0;
    }
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        struct stat status;
        if (g_str_equal(entry->d_name, ".") || g_str_equal(entry->d_name, "..") ||
            fstatat(dirfd(stream), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        total += (guint64)status.st_blocks * 512;
        if (S_ISDIR(status.st_mode) && depth < TREE_DEPTH) {
            int below = openat(dirfd(stream), entry->d_name,
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (below >= 0)
                total += folder_size(below, depth + 1);
        }
    }
    closedir(stream);
    return total;
}

guint64
tree_size(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder < 0 ? 0 : folder_size(folder, 0);
}
