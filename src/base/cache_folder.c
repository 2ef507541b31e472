/* cache_folder.c - relative paths in the environment are not followed, as the XDG rules say. */
#include "base/cache_folder.h"

#include <glib.h>
#include <sys/stat.h>

char *
cache_folder(void)
{
    const char *cache = g_getenv("XDG_CACHE_HOME");
    const char *home = g_getenv("HOME");
    if (cache != NULL && g_path_is_absolute(cache))
        return g_build_filename(cache, "dbdoc", NULL);
    if (home != NULL && g_path_is_absolute(home))
        return g_build_filename(home, ".cache", "dbdoc", NULL);
    return NULL;
}

bool
folder_is_private(const char *path, uid_t owner)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == owner &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}
