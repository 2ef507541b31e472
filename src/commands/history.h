/* history.h - the folder of "dbdoc build --history": a snapshot for each release. */
#ifndef DBDOC_HISTORY_COMMAND_H
#define DBDOC_HISTORY_COMMAND_H

#include "commands/subject.h"
#include "model/releases.h"

/* Each NAME.json in the folder is the release NAME, narrowed as dbdoc.yml says; the moment is that
 * of the tag NAME or vNAME. Prints warnings. NULL with FAILURE_USAGE when there is none, or one
 * cannot be read. Free with releases_free. */
struct releases *history_read(const struct subject *subject, const char *folder, GError **error);

#endif
