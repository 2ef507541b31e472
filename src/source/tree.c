/* tree.c - "git ls-tree" says what there is, "git cat-file --batch" gives it, some megabytes at a
 * time. */
#include "source/tree.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/git.h"
#include "base/interrupt.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MEGABYTE    ((guint64)1024 * 1024)
#define TREE_MOST   (1024 * MEGABYTE) /* of all files together */
#define BATCH_MOST  (32 * MEGABYTE)   /* of files that are asked for at once */
#define PLAIN_MOST  (16 * MEGABYTE)   /* of a file that is neither SQL nor JSON: no source code */
#define NOWHERE     "/dev/null/a-symbolic-link-is-not-followed"
#define LINK_MODE   "120000"
#define ENTRY_PARTS 4 /* mode, type, hash, size */

/* A file of the tree; its memory is that of git's list. */
struct entry {
    const char *hash;
    const char *path;
    guint64 size;
};

struct layout {
    const char *folder;
    const char *target;
    GArray *entries;     /* struct entry: files whose content is wanted */
    GHashTable *folders; /* char *: paths below the target that are there */
};

/* git itself refuses such names, but not everybody who makes trees is git. */
static bool
path_is_safe(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part == '\0' || g_str_equal(*part, ".") || g_str_equal(*part, "..") ||
            g_ascii_strcasecmp(*part, ".git") == 0)
            return false;
    return true;
}

/* The folders on the way to the path. */
static bool
make_folders(const struct layout *layout, const char *path, GError **error)
{
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
        if (g_hash_table_contains(layout->folders, folder))
            continue;
        g_autofree char *whole = g_build_filename(layout->target, folder, NULL);
        if (!directory_create(whole, error))
            return false;
        g_hash_table_add(layout->folders, g_steal_pointer(&folder));
    }
    return true;
}

static bool
make_link(const struct layout *layout, const char *path, GError **error)
{
    g_autofree char *whole = g_build_filename(layout->target, path, NULL);
    if (!make_folders(layout, path, error))
        return false;
    return symlink(NOWHERE, whole) == 0 ||
           failure_set(error, FAILURE_WRITE, "cannot make a link (%s: %s). Set TMPDIR.", whole,
                       g_strerror(errno));
}

static bool
is_wanted(const struct entry *entry)
{
    return entry->size <= PLAIN_MOST || g_str_has_suffix(entry->path, ".sql") ||
           g_str_has_suffix(entry->path, ".json");
}

/* One line of the list, which is cut into pieces: "100644 blob HASH    SIZE\tPATH". */
static bool
take_line(const struct layout *layout, char *line, GError **error)
{
    char *path = strchr(line, '\t');
    if (path == NULL)
        return failure_set(error, FAILURE_USAGE, "git lists a tree in an unknown way (%s).", line);
    *path++ = '\0';
    char *parts[ENTRY_PARTS] = {NULL};
    for (size_t i = 0; i < ENTRY_PARTS; i++) {
        line += strspn(line, " ");
        parts[i] = line;
        line += strcspn(line, " ");
        if (*line != '\0')
            *line++ = '\0';
    }
    if (!g_str_equal(parts[1], "blob") || !path_is_safe(path))
        return true;
    if (g_str_equal(parts[0], LINK_MODE))
        return make_link(layout, path, error);
    const struct entry entry = {parts[2], path, g_ascii_strtoull(parts[3], NULL, 10)};
    if (is_wanted(&entry))
        g_array_append_val(layout->entries, entry);
    return true;
}

static bool
check_size(const struct layout *layout, GError **error)
{
    guint64 size = 0;
    for (guint i = 0; i < layout->entries->len; i++)
        size += g_array_index(layout->entries, struct entry, i).size;
    return size <= TREE_MOST || failure_set(error, FAILURE_USAGE,
                                            "its files have %" G_GUINT64_FORMAT
                                            " megabytes, more than %" G_GUINT64_FORMAT
                                            ". Compare with a snapshot (dbdoc snapshot) instead.",
                                            size / MEGABYTE, TREE_MOST / MEGABYTE);
}

static bool
take_list(const struct layout *layout, GString *list, GError **error)
{
    char *end = list->str + list->len;
    for (char *line = list->str; line < end;) {
        char *next = line + strlen(line) + 1;
        if (!take_line(layout, line, error))
            return false;
        line = next;
    }
    return check_size(layout, error);
}

/* One answer: "HASH blob SIZE\n", the content and a newline. Moves *answer behind it. */
static bool
write_entry(const struct layout *layout, const struct entry *entry, const char **answer,
            const char *end, GError **error)
{
    const char *head = *answer;
    const char *content = memchr(head, '\n', (size_t)(end - head));
    g_autofree char *expected = g_strdup_printf("%s blob %" G_GUINT64_FORMAT, entry->hash,
                                                entry->size);
    size_t length = strlen(expected);
    if (content == NULL || (size_t)(content - head) != length ||
        strncmp(head, expected, length) != 0 || (guint64)(end - content) < entry->size + 2)
        return failure_set(error, FAILURE_USAGE,
                           "the repository lacks the content of %s. Fetch it: a clone with "
                           "--filter leaves contents out.",
                           entry->path);
    content++;
    *answer = content + entry->size + 1;
    g_autofree char *whole = g_build_filename(layout->target, entry->path, NULL);
    return make_folders(layout, entry->path, error) &&
           file_create(whole, content, entry->size, error);
}

/* The files from `first` on that are asked for at once; *next is the one behind them. */
static bool
write_batch(const struct layout *layout, guint first, guint *next, GError **error)
{
    static const char *const arguments[] = {"cat-file", "--batch", NULL};
    g_autoptr(GString) hashes = g_string_new(NULL);
    guint64 size = 0;
    guint end = first;
    while (end < layout->entries->len && (end == first || size < BATCH_MOST)) {
        const struct entry *entry = &g_array_index(layout->entries, struct entry, end++);
        g_string_append_printf(hashes, "%s\n", entry->hash);
        size += entry->size;
    }
    GString *answers = git_run(layout->folder, arguments, hashes, error);
    if (answers == NULL)
        return false;
    const char *answer = answers->str;
    bool done = true;
    for (guint i = first; done && i < end; i++)
        done = write_entry(layout, &g_array_index(layout->entries, struct entry, i), &answer,
                           answers->str + answers->len, error);
    g_string_free(answers, TRUE);
    *next = end;
    return done && interrupt_check(error);
}

bool
tree_lay_out(const char *folder, const char *commit, const char *target, GError **error)
{
    const char *const arguments[] = {"ls-tree",          "-r",   "-l", "-z", "--full-tree",
                                     "--end-of-options", commit, NULL};
    GString *list = git_run(folder, arguments, NULL, error);
    if (list == NULL)
        return failure_prefix(error,
                              "it is not all here, as in a clone with --filter. Clone without "
                              "it; ");
    const struct layout layout = {
        .folder = folder,
        .target = target,
        .entries = g_array_new(FALSE, FALSE, sizeof(struct entry)),
        .folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    bool done = take_list(&layout, list, error);
    for (guint next = 0; done && next < layout.entries->len;)
        done = write_batch(&layout, next, &next, error);
    g_array_free(layout.entries, TRUE);
    g_hash_table_unref(layout.folders);
    g_string_free(list, TRUE);
    return done;
}
