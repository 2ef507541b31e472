/* kept.h - data directories of servers that ended in an orderly way, for others to begin with. They
 * lie in the cache of the user that PostgreSQL runs as, one a name. Each has a label: a text of
 * whoever kept it, which says what is in it. What is damaged, half-written or in somebody else's
 * hands is as good as nothing. */
#ifndef DBDOC_CLUSTER_KEPT_H
#define DBDOC_CLUSTER_KEPT_H

#include <glib.h>
#include <stdbool.h>

/* All that is kept together stays below this many bytes. */
#define KEPT_BYTES ((guint64)512 * 1024 * 1024)

/* Bytes of the longest label. */
#define KEPT_LABEL 4000

/* The label of what is kept in that folder; NULL when nothing is. Free with g_free. */
char *kept_label(const char *kept);

/* Copies what is kept to <folder>/data and proves that each file is as it was. False: nothing
 * usable is kept, and <folder>/data is not there. */
bool kept_restore(const char *kept, const char *folder);

/* Keeps <folder>/data, of a server that has ended, in place of what was kept there. What cannot be
 * kept is not: it only costs time. */
void kept_store(const char *kept, const char *folder, const char *label);

/* Removes the oldest of what is kept in that folder until the rest is no more than so many bytes,
 * and what was given up half-written. Nobody else may be at it. */
void kept_limit(const char *folder, guint64 bytes);

/* How the names of what is kept begin. */
#define KEPT_PREFIX "kept-"

#endif
