/* snapshot.h - the catalog and the observations as JSON files, driven by the field tables.
 * A snapshot holds structure and migration history only: no size, no host, and no date but those
 * that the history of a live server holds itself. Same catalog, same bytes; one line per column,
 * index, constraint. What is absent is "no" or "none"; null is "not known". Published schema:
 * snapshot_schema. */
#ifndef DBDOC_SNAPSHOT_H
#define DBDOC_SNAPSHOT_H

#include "catalog/catalog.h"

#include <glib.h>
#include <stdbool.h>

#define SNAPSHOT_LIMIT ((size_t)1024 * 1024 * 1024) /* bytes of a file that may be read */

/* The whole file; free with g_string_free. */
GString *snapshot_write(const struct catalog *catalog);
GString *observations_write(const struct observations *observations);

/* Reads a file's text into the database; `name` is for messages. What a newer minor version added
 * is named in `warnings` (char *) and left out. database_finish is the caller's. */
bool snapshot_read(struct database *database, const char *name, const GString *text,
                   GPtrArray *warnings, GError **error);
bool observations_read(struct database *database, const char *name, const GString *text,
                       GPtrArray *warnings, GError **error);

/* Whether the text begins like a file of ours. */
bool snapshot_is(const char *text, size_t length);

/* JSON Schema (draft 2020-12) of snapshot.json and observations.json. */
GString *snapshot_schema(void);
GString *observations_schema(void);

#endif
