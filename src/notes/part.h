/* part.h - headings that begin the words about a part of an object: "## Column author_id". For
 * notes/ alone. */
#ifndef DBDOC_PART_H
#define DBDOC_PART_H

#include <stdbool.h>

/* Whether the words of a heading name a part that an object of the word `outer` can have. `path` is
 * then completed with as much of the object's as it lacks. New memory. */
bool part_read(const char *heading, const char *outer, const char *outer_path, char **word,
               char **path);

#endif
