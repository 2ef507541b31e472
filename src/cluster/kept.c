/* kept.c - cp and checksums. A folder holds "data", "label" and "sums": a line a file with its
 * CRC-32 and size, and at the end how many there are. It is made under another name and put in its
 * place whole. Who reads shares a lock with others, who writes has it alone. */
#include "cluster/kept.h"

#include "base/files.h"
#include "base/process.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define SUMS_LIMIT ((size_t)16 * 1024 * 1024)
#define BLOCK      65536
#define DRAFT      ".draft"

static int
lock_beside(const char *kept, int how)
{
    g_autofree char *folder = g_path_get_dirname(kept);
    g_autofree char *path = g_build_filename(folder, "kept.lock", NULL);
    int lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (lock >= 0 && flock(lock, how) == 0)
        return lock;
    if (lock >= 0)
        close(lock);
    return -1;
}

static bool
copy_tree(const char *from, const char *to)
{
    const char *const argv[] = {"/bin/cp", "-a", "--reflink=auto", "--", from, to, NULL};
    const struct process process = {.argv = argv};
    return process_run(&process, NULL, NULL);
}

/* "CRC SIZE"; NULL when the file cannot be read. Free with g_free. */
static char *
sum_file(const char *root, const char *path)
{
    static unsigned char block[BLOCK];
    uLong sum = crc32(0, NULL, 0);
    guint64 size = 0;
    ssize_t count = 0;
    int file = file_open_below(root, path, NULL);
    if (file < 0)
        return NULL;
    while ((count = read(file, block, sizeof block)) > 0) {
        sum = crc32_z(sum, block, (size_t)count);
        size += (guint64)count;
    }
    close(file);
    return count < 0 ? NULL : g_strdup_printf("%08lx %" G_GUINT64_FORMAT, sum, size);
}

/* What "sums" says of a data directory; NULL for one that cannot be kept: a link leads out of it.
 */
static GString *
sum_tree(const char *data)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(data, "", "", LIST_TREE, paths, links, NULL) || links->len > 0)
        return NULL;
    GString *sums = g_string_new(NULL);
    bool good = true;
    for (guint i = 0; good && i < paths->len; i++) {
        g_autofree char *sum = sum_file(data, paths->pdata[i]);
        good = sum != NULL;
        g_string_append_printf(sums, "%s %s\n", sum, (const char *)paths->pdata[i]);
    }
    g_string_append_printf(sums, "%u files\n", paths->len);
    if (good)
        return sums;
    g_string_free(sums, TRUE);
    return NULL;
}

/* A text file of the folder; NULL when there is none. */
static GString *
read_text(const char *kept, const char *name, size_t limit)
{
    g_autofree char *path = g_build_filename(kept, name, NULL);
    GString *text = NULL;
    return access(path, R_OK) == 0 && file_read(path, limit, &text, NULL) ? text : NULL;
}

char *
kept_label(const char *kept)
{
    GString *text = read_text(kept, "label", KEPT_LABEL);
    return text == NULL ? NULL : g_string_free(text, FALSE);
}

static bool
is_as_kept(const char *kept, const char *data)
{
    GString *wanted = read_text(kept, "sums", SUMS_LIMIT);
    GString *found = wanted == NULL ? NULL : sum_tree(data);
    bool same = found != NULL && g_string_equal(wanted, found);
    if (wanted != NULL)
        g_string_free(wanted, TRUE);
    if (found != NULL)
        g_string_free(found, TRUE);
    return same;
}

bool
kept_restore(const char *kept, const char *folder)
{
    g_autofree char *from = g_build_filename(kept, "data", NULL);
    g_autofree char *data = g_build_filename(folder, "data", NULL);
    int lock = lock_beside(kept, LOCK_SH);
    bool usable = lock >= 0 && access(from, F_OK) == 0 && copy_tree(from, data) &&
                  is_as_kept(kept, data);
    if (lock >= 0)
        close(lock);
    if (!usable)
        tree_remove(data, NULL);
    return usable;
}

static bool
write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return file_create(path, text, strlen(text), NULL);
}

/* The folder under another name, all of it. */
static bool
make_draft(const char *draft, const char *folder, const char *label)
{
    g_autofree char *from = g_build_filename(folder, "data", NULL);
    g_autofree char *data = g_build_filename(draft, "data", NULL);
    if (tree_size(from) > KEPT_BYTES / 2 || !tree_remove(draft, NULL) || mkdir(draft, 0700) != 0)
        return false;
    GString *sums = sum_tree(from);
    bool made = sums != NULL && copy_tree(from, data) && write_text(draft, "sums", sums->str) &&
                write_text(draft, "label", label);
    if (sums != NULL)
        g_string_free(sums, TRUE);
    return made;
}

struct kept {
    char *path;
    gint64 changed;
    guint64 bytes;
};

static void
clear_kept(gpointer data)
{
    g_free(((struct kept *)data)->path);
}

static gint
compare_ages(gconstpointer a, gconstpointer b)
{
    const struct kept *first = a;
    const struct kept *second = b;
    return (first->changed < second->changed) - (first->changed > second->changed);
}

/* What is kept in the folder, the youngest first. */
static GArray *
list_kept(const char *folder)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct kept));
    g_array_set_clear_func(list, clear_kept);
    GDir *directory = g_dir_open(folder, 0, NULL);
    for (const char *name = NULL;
         directory != NULL && (name = g_dir_read_name(directory)) != NULL;) {
        struct stat status;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!g_str_has_prefix(name, KEPT_PREFIX) || lstat(path, &status) != 0)
            continue;
        struct kept kept = {.changed = status.st_mtime, .bytes = tree_size(path)};
        kept.path = g_steal_pointer(&path);
        g_array_append_val(list, kept);
    }
    if (directory != NULL)
        g_dir_close(directory);
    g_array_sort(list, compare_ages);
    return list;
}

void
kept_limit(const char *folder, guint64 bytes)
{
    g_autoptr(GArray) list = list_kept(folder);
    guint64 sum = 0;
    for (guint i = 0; i < list->len; i++) {
        const struct kept *one = &((const struct kept *)(const void *)list->data)[i];
        bool draft = g_str_has_suffix(one->path, DRAFT); /* of a process that is gone */
        sum += draft ? 0 : one->bytes;
        if (draft || sum > bytes)
            tree_remove(one->path, NULL);
    }
}

void
kept_store(const char *kept, const char *folder, const char *label)
{
    g_autofree char *draft = g_strconcat(kept, DRAFT, NULL);
    int lock = lock_beside(kept, LOCK_EX);
    if (lock < 0)
        return;
    if (!make_draft(draft, folder, label) || !tree_remove(kept, NULL) || rename(draft, kept) != 0)
        tree_remove(draft, NULL);
    g_autofree char *cache = g_path_get_dirname(kept);
    kept_limit(cache, KEPT_BYTES);
    close(lock);
}
