/* observed.h - the files of observations that go with a database: one, or a folder of them, which
 * is a series. */
#ifndef DBDOC_SOURCE_OBSERVED_H
#define DBDOC_SOURCE_OBSERVED_H

#include "source/source.h"

/* Reads what the request or its configuration names, if anything, into a database that was read. A
 * live server observes itself: of `live` the folder alone is read, for what was seen before. */
bool observed_read(const struct source_request *request, struct database *database, enum truth live,
                   GPtrArray *warnings, GError **error);

/* Whether the path, below the root, is one of a folder. */
bool observed_is_folder(const char *root, const char *path);

#endif
