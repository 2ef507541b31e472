/* statistics.h - what a planner knows of the rows of production: a file that "dbdoc stats export"
 * had a DBA write, or one that people wrote by hand. Given to a throw-away database, its planner
 * makes the plans of production without a row of it.
 *
 * The file may hold values of columns. They go into the throw-away database alone: nothing here
 * tells them, also not in errors. */
#ifndef DBDOC_STATISTICS_H
#define DBDOC_STATISTICS_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct cluster;

/* What the planner of production was told about costs: "random_page_cost", "1.1". */
struct statistics_setting {
    const char *name;
    const char *value;
};

struct row_statistics {
    const char *date; /* "2026-11-27"; NULL: the file does not say of which day they are */
    size_t setting_count;
    const struct statistics_setting *settings;
    const char *document; /* JSON, as import.sql reads it: never to be shown */
};

/* Reads a file below the root: a name that ends with .json is an export, any other is written by
 * hand, in YAML. FAILURE_USAGE with the place in the file, and without a word of it that may be a
 * value. */
bool statistics_read(struct arena *arena, const char *root, const char *path,
                     struct row_statistics *statistics, GError **error);

/* Of which tables the rows are known in a database: because they are there, or were told of. */
struct known_rows {
    const char *date; /* as in struct row_statistics */
    size_t setting_count;
    const struct statistics_setting *settings;
    GHashTable *tables; /* "schema\1name"; NULL: all of them. known_rows_clear */
    unsigned misfits;   /* columns whose lists of values are none of their type: left out */
};

/* Tells a database of a throw-away cluster, when the last of its tables is made: a statement that
 * changes tables makes PostgreSQL forget. FAILURE_DATABASE, as on a lent server, whose files are
 * out of reach. */
bool statistics_import(const struct row_statistics *statistics, struct cluster *cluster,
                       const char *database, struct known_rows *known, GError **error);
bool known_rows_of(const struct known_rows *known, const char *schema, const char *table);
void known_rows_clear(struct known_rows *known);

/* The script for psql that writes an export. Free with g_string_free. */
GString *statistics_script(void);

/* What is written by hand, as import.sql reads it. For statistics/ alone. */
bool statistics_by_hand(struct arena *arena, const char *name, const GString *text,
                        struct row_statistics *statistics, GError **error);

/* Makes a file of the throw-away server's data as long as is told, without its taking room: in
 * segments of 1 GiB, as PostgreSQL has them. */
bool statistics_stretch(const char *path, guint64 bytes, GError **error);

/* Takes all from such a file, for sessions that have not read it yet. */
bool statistics_empty(const char *path, GError **error);

#endif
