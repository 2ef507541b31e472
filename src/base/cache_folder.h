/* cache_folder.h - where this user keeps what can be made again. */
#ifndef DBDOC_CACHE_FOLDER_H
#define DBDOC_CACHE_FOLDER_H

#include <stdbool.h>
#include <sys/types.h>

/* "…/dbdoc", by $XDG_CACHE_HOME, else below $HOME; it need not be there. NULL when the environment
 * names none. Free with g_free. */
char *cache_folder(void);

/* Whether it is a folder of that user which nobody else may write. */
bool folder_is_private(const char *path, uid_t owner);

#endif
