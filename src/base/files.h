/* files.h - the one door to the disk.
 * Files of a user's repository are reached only through the _below functions: relative paths, no
 * symbolic link on the way, nothing in .git, a size limit. Paths that the user typed are opened as
 * they are. Sizes are bytes. All functions fill a GError of FAILURE_USAGE (reading) or
 * FAILURE_WRITE (writing). */
#ifndef DBDOC_FILES_H
#define DBDOC_FILES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* A whole file; NUL-terminated in memory, may hold NULs of its own. */
bool file_read(const char *path, size_t limit, GString **text, GError **error);
bool file_read_below(const char *root, const char *path, size_t limit, GString **text,
                     GError **error);

/* Opens a file for reading; -1 on failure. */
int file_open(const char *path, GError **error);
int file_open_below(const char *root, const char *path, GError **error);

/* Whether there is something of that path, a file or a folder. */
bool file_is_there(const char *path);

enum listing {
    LIST_DIRECTORY,
    LIST_TREE,
    LIST_EVERYTHING, /* the tree with hidden files, and links among the paths */
};

/* Relative paths (below `root`) of the regular files whose name ends with `suffix`, in byte order.
 * Hidden files and folders and symbolic links are left out; a symbolic link with the suffix, and in
 * a tree one to a folder, is named in `links` (may be NULL). A missing directory gives an empty
 * list. */
bool files_below(const char *root, const char *directory, const char *suffix, enum listing listing,
                 GPtrArray *paths, GPtrArray *links, GError **error);

/* Replaces the file in one step: a reader sees the old or the new text, never half of it. */
bool file_replace(const char *path, const char *text, size_t length, GError **error);

/* For a path that a person named: the file that it leads to is replaced, but a device or a pipe, as
 * in -o /dev/null, is written into. */
bool file_deliver(const char *path, const char *text, size_t length, GError **error);

/* Writes a file that does not exist yet, into a folder that nobody else looks at. */
bool file_create(const char *path, const char *text, size_t length, GError **error);

/* Writes a file that is not there yet, in one step; what is there, be it a link, stays as it is. */
bool file_introduce(const char *path, const char *text, size_t length, GError **error);

bool directory_create(const char *path, GError **error);

/* Removes a folder and all in it; links are removed, not followed. */
bool tree_remove(const char *path, GError **error);

/* Bytes of all files below a folder, as the disk counts them (blocks, not lengths). */
guint64 tree_size(const char *path);

#endif
