/* git.h - the one way of asking git, about objects that are there. Nothing that a repository's
 * configuration, hooks or attributes name is run, and nothing reaches a network. */
#ifndef DBDOC_GIT_H
#define DBDOC_GIT_H

#include <glib.h>
#include <stdbool.h>

/* What git prints when it is started in a folder with these arguments (NULL-terminated), reading
 * `input` (NULL: nothing). The result may hold NULs. NULL, with FAILURE_USAGE and git's own words,
 * when it fails. Free with g_string_free. */
GString *git_run(const char *folder, const char *const *arguments, const GString *input,
                 GError **error);

/* The same as one text, without the newline at its end. Free with g_free. */
char *git_ask(const char *folder, const char *const *arguments, GError **error);

/* The full hash of the commit of this name; NULL: git knows none. Free with g_free. */
char *git_find_commit(const char *folder, const char *name);

/* Whether older commits were left out of the clone. */
bool git_is_shallow(const char *folder);

/* The topmost folder of the repository; NULL: there is none. Free with g_free. */
char *git_find_top(const char *folder);

/* Where the folder lies in its repository: "" or "apps/blog/". Free with g_free. */
char *git_find_place(const char *folder, GError **error);

/* A file of a commit, by its path seen from the folder; NULL: the commit does not have it. Free
 * with g_string_free. */
GString *git_find_file(const char *folder, const char *commit, const char *path);

#endif
