/* manifest.h - which files of a site dbdoc wrote, and from what: what is unchanged is not made
 * again.
 *
 * One line a file: the key of what it was made from, the SHA-256 of its bytes, its path. The first
 * line names the format, the second the key of everything that the site was made from. No times:
 * the same site has the same manifest. */
#ifndef DBDOC_SITE_MANIFEST_H
#define DBDOC_SITE_MANIFEST_H

#include <glib.h>
#include <stdbool.h>

#define MANIFEST_FILE ".dbdoc-manifest"
#define NO_KEY        "-" /* of files that are always made anew */

struct manifest_entry {
    char *key;
    char *digest;
};

struct manifest {
    char *key;           /* NULL: unknown */
    GHashTable *entries; /* path → struct manifest_entry */
};

struct manifest *manifest_new(const char *key);
void manifest_free(struct manifest *manifest);

/* Adds the lines of a text of that form; lines that are none are left out. */
void manifest_parse(struct manifest *manifest, const char *text);

/* The manifest of a site; empty when there is none, or one of another format. */
struct manifest *manifest_read(const char *folder);

/* The whole file, by path. Free with g_string_free. */
GString *manifest_text(const struct manifest *manifest);

/* One line with its newline. Free with g_free. */
char *manifest_line(const char *path, const char *key, const char *digest);

const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path);

#endif
