/* claim.c - mkdtemp, flock and a directory scan. */
#include "base/claim.h"

#include "base/failure.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_FILE  "lock"
#define LOCK_DRAFT "lock.new"

/* The lock is taken under another name first: whoever sees "lock" sees it held. */
static int
make_lock(const char *folder)
{
    g_autofree char *draft = g_build_filename(folder, LOCK_DRAFT, NULL);
    g_autofree char *path = g_build_filename(folder, LOCK_FILE, NULL);
    int lock = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (lock >= 0 && (flock(lock, LOCK_EX | LOCK_NB) != 0 || rename(draft, path) != 0)) {
        close(lock);
        lock = -1;
    }
    return lock;
}

/* A folder without a lock would never be swept. Leaves errno as it is. */
static void
take_back(const char *folder)
{
    int reason = errno;
    g_autofree char *draft = g_build_filename(folder, LOCK_DRAFT, NULL);
    unlink(draft);
    rmdir(folder);
    errno = reason;
}

bool
claim_make(const char *parent, const char *prefix, struct claim *claim, GError **error)
{
    claim->path = g_strdup_printf("%s/%sXXXXXX", parent, prefix);
    claim->lock = -1;
    if (g_mkdtemp_full(claim->path, 0700) != NULL) {
        claim->lock = make_lock(claim->path);
        if (claim->lock >= 0)
            return true;
        take_back(claim->path);
    }
    failure_set(error, FAILURE_WRITE, "cannot make a folder in %s (%s). Make it writable.", parent,
                g_strerror(errno));
    g_clear_pointer(&claim->path, g_free);
    return false;
}

void
claim_drop(struct claim *claim)
{
    if (claim->path == NULL)
        return;
    close(claim->lock);
    g_clear_pointer(&claim->path, g_free);
}

/* The lock's descriptor when nobody holds it; -1 when somebody does, or when it is not ours. */
static int
take_over(const char *folder)
{
    struct stat status;
    if (lstat(folder, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid())
        return -1;
    g_autofree char *path = g_build_filename(folder, LOCK_FILE, NULL);
    int lock = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        lock = -1;
    }
    return lock;
}

void
claim_sweep(const char *parent, const char *prefix, void (*bury)(const char *path))
{
    DIR *stream = opendir(parent);
    if (stream == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (!g_str_has_prefix(entry->d_name, prefix))
            continue;
        g_autofree char *path = g_build_filename(parent, entry->d_name, NULL);
        int lock = take_over(path);
        if (lock < 0)
            continue;
        bury(path);
        close(lock);
    }
    closedir(stream);
}
