/* address.h - names of objects as text: paths, addresses, file names and anchors. Pure.
 * A path joins names with dots; a name that is not a plain lower-case identifier is quoted as in
 * SQL: blog.posts, "Odd.Schema"."x""y", audit.log_change(integer, text). An address is a word and a
 * path: "table blog.posts". */
#ifndef DBDOC_ADDRESS_H
#define DBDOC_ADDRESS_H

#include "base/arena.h"
#include "catalog/catalog.h"

#include <glib.h>
#include <stdbool.h>

/* Appends one name, quoted if it must be. */
void address_append_name(GString *path, const char *name);

/* The path of these names. `arguments` are a function's argument types, NULL for anything else. */
char *address_path(const char *const *names, size_t count, const char *arguments);

/* Cuts a path as people write it into its names (quotes removed; what is not quoted stays as
 * written). The arguments of "f(integer)" come back apart, NULL when there are none. False when the
 * text is no path. Free with address_parts_clear. */
struct address_parts {
    char **names;
    size_t count;
    char *arguments;
};
bool address_parse(const char *path, struct address_parts *parts);
void address_parts_clear(struct address_parts *parts);

/* Bytes of the first name of a path, with its quotes. */
size_t address_first_length(const char *path);

/* The path without its last name, as of what a column belongs to; NULL for a path of one name. Not
 * for paths of functions. Free with g_free. */
char *address_parent(const char *path);

/* The object that people mean by this word and path; NULL for none. Exact names first, then folded
 * to lower case, as PostgreSQL does with unquoted names. The schema may be missing where only one
 * object has such a path, and the arguments of a function; "table" and "view" may stand for each
 * other. */
const struct object *address_resolve(const struct database *database, const char *word,
                                     const char *path);

/* Whether address_resolve finds nothing because several objects could be meant. */
bool address_is_ambiguous(const struct database *database, const char *word, const char *path);

/* Whether the word is one that addresses use ("table", "index", …). */
bool address_word_is_known(const char *word);

/* Whether address_resolve finds nothing because database_narrow took the object out. */
bool address_is_left_out(const struct database *database, const char *word, const char *path);

/* Appends a name as part of a file name or anchor: every byte outside [a-z0-9_-] becomes ~xx. */
void slug_append(GString *slug, const char *name);

/* The file name (without folder and ending) of an object with a page: "blog.posts". Longer than 120
 * bytes: the first 100, "~~" and 16 hex digits of its SHA-256. Free with g_free. */
char *slug_of(const struct object *object);

#endif
