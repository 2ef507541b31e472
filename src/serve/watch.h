/* watch.h - says when files that were read may have changed, and whether they did. inotify wakes
 * up; a look at all files decides, so that other files beside them, and saves without a change,
 * are nothing. New folders, and editors that replace files, are followed. */
#ifndef DBDOC_SERVE_WATCH_H
#define DBDOC_SERVE_WATCH_H

#include "base/reads.h"

#include <glib.h>
#include <stdbool.h>

struct watch;

/* NULL with FAILURE_USAGE where the machine gives no more watches. */
struct watch *watch_new(GError **error);
void watch_free(struct watch *watch);

/* To be polled for reading. */
int watch_descriptor(const struct watch *watch);

/* What is watched from now on: struct read. */
void watch_set(struct watch *watch, const GPtrArray *reads);

/* Takes what inotify has to say; false when there was nothing. */
bool watch_take(struct watch *watch);

/* What the files look like now: two equal looks mean that nothing changed. */
struct look {
    char *sum;       /* g_free */
    gint64 newest;   /* when the youngest of them changed, in microseconds since 1970 */
    bool is_watched; /* no folder is left out because there are no watches any more */
};

/* Looks, and watches the folders that are new. */
struct look watch_look(struct watch *watch);

#endif
