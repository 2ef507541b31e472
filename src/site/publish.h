/* publish.h - a folder of files replaced as a whole: readers see the old site or the new one.
 * Files are staged beside the target; those that did not change are hard links to the old ones;
 * then the two folders change places. Where that is impossible (the target is a mount point, its
 * parent is not writable) or would tear others' folders out of it (a repository's .git), files are
 * replaced one by one, index.html last. Files that dbdoc did not write are kept; the manifest lists
 * those that it did. */
#ifndef DBDOC_SITE_PUBLISH_H
#define DBDOC_SITE_PUBLISH_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct publication;

enum manner { PUBLISHED_AT_ONCE, PUBLISHED_ONE_BY_ONE };

/* `key` stands for everything that the site is made from. FAILURE_WRITE when there is no place to
 * stage. */
struct publication *publication_begin(const char *target, const char *key, GError **error);

/* Whether the target holds the site of this key, complete and as dbdoc wrote it. */
bool publication_is_current(const struct publication *publication);

/* Announces a file; `path` is relative, "tables/blog.posts.html". FAILURE_WRITE when a file that
 * dbdoc did not write is in its way. */
bool publication_expect(struct publication *publication, const char *path, GError **error);

/* Takes over an announced file as it is published, when it was made from the same key; else false.
 * In this process or a forked one, as publication_add. */
bool publication_keep(const struct publication *publication, const char *path, const char *key);

/* The text of a file as it is published and as dbdoc wrote it; NULL when there is none. Free with
 * g_string_free. */
GString *publication_read(const struct publication *publication, const char *path);

/* Writes an announced file. *changed is 1 when the bytes differ from what is published, else 0. */
bool publication_add(const struct publication *publication, const char *path, const char *key,
                     const GString *text, unsigned *changed, GError **error);

/* Makes it visible. Whatever happens, the publication is freed; on failure the old site is intact,
 * or, when files are replaced one by one, the error says that the site is mixed. */
bool publication_finish(struct publication *publication, enum manner *manner, GError **error);

/* Forgets everything that was staged. */
void publication_abort(struct publication *publication);

#endif
