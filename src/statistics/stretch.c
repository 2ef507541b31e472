/* stretch.c - sparse files. The server opens what belongs to its own user alone, so that a new
 * segment gets the owner of the first. */
#include "statistics/statistics.h"

#include "base/failure.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEGMENT ((guint64)1024 * 1024 * 1024)

static bool
complain(const char *path, GError **error)
{
    return failure_set(error, FAILURE_DATABASE,
                       "cannot make %s as long as a table of production: %s. Is the disk one that "
                       "has files with holes?",
                       path, g_strerror(errno));
}

static bool
stretch_segment(const char *path, guint64 bytes, const struct stat *owner, GError **error)
{
    struct stat status;
    int flags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | (owner != NULL ? O_CREAT : 0);
    int file = open(path, flags, S_IRUSR | S_IWUSR);
    bool good = file >= 0 && fstat(file, &status) == 0 &&
                ((guint64)status.st_size >= bytes || ftruncate(file, (off_t)bytes) == 0) &&
                (owner == NULL || (status.st_uid == owner->st_uid) ||
                 fchown(file, owner->st_uid, owner->st_gid) == 0);
    if (!good)
        complain(path, error);
    if (file >= 0)
        close(file);
    return good;
}

bool
statistics_stretch(const char *path, guint64 bytes, GError **error)
{
    struct stat first;
    if (!stretch_segment(path, MIN(bytes, SEGMENT), NULL, error))
        return false;
    if (stat(path, &first) != 0)
        return complain(path, error);
    for (guint64 i = 1; i * SEGMENT < bytes; i++) {
        g_autofree char *segment = g_strdup_printf("%s.%" G_GUINT64_FORMAT, path, i);
        if (!stretch_segment(segment, MIN(bytes - i * SEGMENT, SEGMENT), &first, error))
            return false;
    }
    return true;
}

/* PostgreSQL looks for a second segment only where the first is full. */
bool
statistics_empty(const char *path, GError **error)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = file >= 0 && ftruncate(file, 0) == 0;
    if (!good)
        complain(path, error);
    if (file >= 0)
        close(file);
    return good;
}
