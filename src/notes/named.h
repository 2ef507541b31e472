/* named.h - small texts that front matter holds: what names an object. For notes/ alone. */
#ifndef DBDOC_NOTES_NAMED_H
#define DBDOC_NOTES_NAMED_H

#include "base/arena.h"

#include <stdbool.h>

/* The text without what no page can show and without white space around it. */
const char *note_keep_clean(struct arena *arena, const char *text);

/* "table blog.posts" into its word, in lower case, and its name; "database" alone has no name
 * (NULL). False when the name is missing. */
bool note_read_named(struct arena *arena, const char *text, const char **word, const char **path);

#endif
