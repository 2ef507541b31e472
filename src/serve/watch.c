/* watch.c - inotify on the folders, stat on the files. A folder is watched before it is listed:
 * what appears in it meanwhile is either seen or announced. */
#include "serve/watch.h"

#include "base/failure.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |       \
     IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR)

enum { DEEPEST = 64 }; /* as base/files reads them */

struct watch {
    int notify;
    GPtrArray *reads; /* struct read */
};

/* One look on its way. */
struct looking {
    struct watch *watch;
    GChecksum *sum;
    struct look look;
};

struct watch *
watch_new(GError **error)
{
    int notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (notify < 0) {
        failure_set(error, FAILURE_USAGE,
                    "cannot watch files (%s). Raise fs.inotify.max_user_instances, or end programs "
                    "that watch files.",
                    g_strerror(errno));
        return NULL;
    }
    struct watch *watch = g_new0(struct watch, 1);
    watch->notify = notify;
    watch->reads = g_ptr_array_new_with_free_func(read_free);
    return watch;
}

void
watch_free(struct watch *watch)
{
    if (watch == NULL)
        return;
    close(watch->notify);
    g_ptr_array_unref(watch->reads);
    g_free(watch);
}

int
watch_descriptor(const struct watch *watch)
{
    return watch->notify;
}

void
watch_set(struct watch *watch, const GPtrArray *reads)
{
    g_ptr_array_set_size(watch->reads, 0);
    for (guint i = 0; i < reads->len; i++) {
        const struct read *read = reads->pdata[i];
        g_ptr_array_add(watch->reads, read_new(read->kind, read->path, read->suffix));
    }
}

bool
watch_take(struct watch *watch)
{
    char events[4096];
    bool any = false;
    while (read(watch->notify, events, sizeof events) > 0)
        any = true;
    return any;
}

/* The folder; when it is not there, the nearest one above, where it would appear. */
static void
watch_folder(struct looking *looking, const char *path)
{
    g_autofree char *folder = g_strdup(path);
    while (inotify_add_watch(looking->watch->notify, folder, EVENTS) < 0) {
        char *above = g_path_get_dirname(folder);
        bool is_last = g_str_equal(above, folder);
        looking->look.is_watched = looking->look.is_watched && errno != ENOSPC && errno != ENOMEM;
        g_free(folder);
        folder = above;
        if (is_last)
            break;
    }
}

static void
watch_file(struct looking *looking, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    watch_folder(looking, folder);
    char *real = realpath(path, NULL);
    if (real != NULL) { /* where a link that was typed leads */
        g_autofree char *other = g_path_get_dirname(real);
        watch_folder(looking, other);
    }
    free(real);
}

static gint64
microseconds(const struct timespec *time)
{
    return (gint64)time->tv_sec * G_USEC_PER_SEC + time->tv_nsec / 1000;
}

static void
add_facts(struct looking *looking, const char *path, const struct stat *status)
{
    g_checksum_update(looking->sum, (const guchar *)path, (gssize)strlen(path) + 1);
    if (status == NULL)
        return;
    const gint64 facts[] = {
        (gint64)status->st_dev,
        (gint64)status->st_ino,
        (gint64)status->st_mode,
        S_ISDIR(status->st_mode) ? 0 : (gint64)status->st_size,
        S_ISDIR(status->st_mode) ? 0 : (gint64)status->st_mtim.tv_sec,
        S_ISDIR(status->st_mode) ? 0 : (gint64)status->st_mtim.tv_nsec,
    };
    g_checksum_update(looking->sum, (const guchar *)facts, sizeof facts);
    if (!S_ISDIR(status->st_mode)) /* a build itself makes and removes folders */
        looking->look.newest = MAX(looking->look.newest, microseconds(&status->st_ctim));
}

static void
look_at_file(struct looking *looking, const char *path)
{
    struct stat status;
    watch_file(looking, path);
    add_facts(looking, path, stat(path, &status) == 0 ? &status : NULL);
}

static int
compare_entries(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Hidden folders are not read, nor are those too deep, nor any in a folder that is read alone. */
static bool
is_entered(const struct read *read, const FTSENT *entry)
{
    return entry->fts_level == 0 ||
           (read->kind == READ_TREE && entry->fts_name[0] != '.' && entry->fts_level <= DEEPEST);
}

static void
look_at_entry(struct looking *looking, const struct read *read, FTS *tree, FTSENT *entry)
{
    switch (entry->fts_info) {
    case FTS_D:
        if (!is_entered(read, entry)) {
            fts_set(tree, entry, FTS_SKIP);
            return;
        }
        watch_folder(looking, entry->fts_path);
        add_facts(looking, entry->fts_path, entry->fts_statp);
        return;
    case FTS_F:
    case FTS_SL:
    case FTS_SLNONE:
        if (g_str_has_suffix(entry->fts_name, read->suffix))
            add_facts(looking, entry->fts_path, entry->fts_statp);
        return;
    default: /* what cannot be read, and folders again on the way back */
        return;
    }
}

static void
look_at_folder(struct looking *looking, const struct read *read)
{
    char *const paths[] = {read->path, NULL};
    watch_folder(looking, read->path);
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, compare_entries);
    for (FTSENT *entry; tree != NULL && (entry = fts_read(tree)) != NULL;)
        look_at_entry(looking, read, tree, entry);
    if (tree != NULL)
        fts_close(tree);
}

struct look
watch_look(struct watch *watch)
{
    struct looking looking = {watch, g_checksum_new(G_CHECKSUM_SHA256), {.is_watched = true}};
    for (guint i = 0; i < watch->reads->len; i++) {
        const struct read *read = watch->reads->pdata[i];
        if (read->kind == READ_FILE)
            look_at_file(&looking, read->path);
        else
            look_at_folder(&looking, read);
    }
    looking.look.sum = g_strdup(g_checksum_get_string(looking.sum));
    g_checksum_free(looking.sum);
    return looking.look;
}
