/* series.h - what several observations show together: what was not used in between, and how large
 * something was.
 *
 * An index that was not scanned in a window is unused in it only when each server that can answer
 * queries was observed at both ends, counted on without a gap in between (one era), and none of
 * them scanned it. How many servers there are is what the observed ones say themselves. */
#ifndef DBDOC_MODEL_SERIES_H
#define DBDOC_MODEL_SERIES_H

#include "model/model.h"

#include <stdint.h>

#define WINDOW_LEAST 30 /* days in which a month's end has been */

/* One observation, and what it says of each object. */
struct moment {
    const struct observations *seen;
    GHashTable *objects; /* struct object → its struct …_observation */
};

/* A server, in the era of its counters that goes on; its moments, oldest first. */
struct server {
    size_t count;
    const struct moment *const *moments;
};

struct series {
    size_t count; /* of all moments, oldest first */
    struct moment *moments;
    size_t server_count;
    struct server *servers;
    const char *gap; /* why nothing is known to be unused; NULL: it can be known */
};

/* The part of time that all servers have in common. */
struct window {
    const char *from;
    const char *to;
    int64_t days;
    size_t servers;
};

struct series *series_new(struct arena *arena, const struct database *database);
void series_free(struct series *series);

/* Whether no server scanned the index for WINDOW_LEAST days and more, nor, where it is partitioned,
 * any part of it; the longest such window that ends now. */
bool series_index_unused(const struct model *model, const struct index *index,
                         struct window *window);

/* Whether nothing was read from the table, nor written to it. */
bool series_table_unused(const struct model *model, const struct table *table,
                         struct window *window);

/* What was seen at a moment of a table with its partitions and indexes (no views), or of an index
 * with its parts, as far as they are there today; NUMBER_UNKNOWN: nothing was. */
int64_t series_bytes(const struct model *model, const struct moment *moment, const void *object);
int64_t series_rows(const struct model *model, const struct moment *moment,
                    const struct table *table);

/* Whether the moment is of the database and the kind of node that the present one is of. */
bool series_is_alike(const struct moment *moment, const struct observations *present);

/* Days between two moments as observations hold them; -1 when one of them is none. */
int64_t days_between(const char *from, const char *to);

#endif
