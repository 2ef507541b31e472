/* reads.h - which files and folders a run has read, for somebody who waits until they change. The
 * one door to the disk (base/files) notes them; nothing is noted until reads_begin. */
#ifndef DBDOC_READS_H
#define DBDOC_READS_H

#include <glib.h>

enum read_kind {
    READ_FILE,   /* or looked for in vain */
    READ_FOLDER, /* its files */
    READ_TREE,   /* and those of the folders in it */
};

struct read {
    enum read_kind kind;
    char *path;   /* as a process of the same current folder can open it */
    char *suffix; /* of the files that count; "" for all */
};

/* From now on all are noted, each once. */
void reads_begin(void);

/* What follows is not noted any more. */
void reads_end(void);

/* `path` is below `root`; NULL: as it is. */
void reads_note(enum read_kind kind, const char *root, const char *path, const char *suffix);

/* struct read, in the order in which they were noted; NULL when reads_begin was never called. */
const GPtrArray *reads_noted(void);

struct read *read_new(enum read_kind kind, const char *path, const char *suffix);
void read_free(void *read);

#endif
