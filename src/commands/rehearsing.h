/* rehearsing.h - the first steps of what works on migrations: they are found, read and rehearsed.
 */
#ifndef DBDOC_REHEARSING_H
#define DBDOC_REHEARSING_H

#include "commands/reading.h"
#include "migrations/migration.h"
#include "rehearsal/rehearsal.h"

#include <glib.h>
#include <stdbool.h>

/* The migrations of a folder (NULL: dbdoc.yml's, else where projects keep them: all lines), of a
 * tool (NULL: dbdoc.yml's, else what the files show); prints the warnings. They live as long as the
 * reading. */
bool rehearsing_read(const struct reading *reading, const char *folder, const char *tool,
                     struct migrations *migrations, GError **error);

/* Likewise, of an earlier state of the same files: the warnings of the present one were printed. */
bool rehearsing_read_then(const struct reading *then, const char *tool,
                          struct migrations *migrations, GError **error);

/* Where dbdoc.yml names none: the migrations that go with the SOURCE that was read (as given; NULL:
 * none was). Those of a folder of migrations are its own; with another SOURCE there are none.
 * Without one they are those where projects keep them, but for a dump beside one folder, which has
 * these alone. No line is NULL: there are none. */
bool rehearsing_find(const struct reading *reading, const char *source,
                     struct migrations **migrations, GError **error);

/* Line by line, within the limits of dbdoc.yml. */
bool rehearsing_run(const struct reading *reading, const struct migrations *migrations,
                    struct rehearsal *rehearsal, GError **error);

/* Of dbdoc.yml, for each direction. */
struct cluster_limits rehearsing_limits(const struct reading *reading);

#endif
