/* tree.h - the files of a commit in a folder, as they are in git: no filter changes them, links are
 * not followed, submodules stay away. */
#ifndef DBDOC_SOURCE_TREE_H
#define DBDOC_SOURCE_TREE_H

#include <glib.h>
#include <stdbool.h>

/* Lays out the commit of the repository around `folder` in `target`, which is empty. A symbolic
 * link becomes one that leads nowhere, so that readers name it as left out. FAILURE_USAGE when the
 * tree is too big or lacks contents, FAILURE_WRITE, FAILURE_INTERRUPTED. */
bool tree_lay_out(const char *folder, const char *commit, const char *target, GError **error);

#endif
