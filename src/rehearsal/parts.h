/* parts.h - a long line, rehearsed in two parts at once: each in a process and on a throw-away
 * PostgreSQL of its own, the second after it went up through the first. */
#ifndef DBDOC_REHEARSAL_PARTS_H
#define DBDOC_REHEARSAL_PARTS_H

#include "rehearsal/cache.h"
#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Migrations of a rehearsal, from the place `first` (from 0) to before `end`. */
struct part {
    struct arena *arena;
    const struct cache *cache;
    const struct cluster_limits *limits;
    struct rehearsal *rehearsal;
    size_t first;
    size_t end;
};

/* Rehearses a part; in *doubtful, whether what was known of earlier migrations is not so. */
typedef bool part_rehearse(const struct part *part, bool *doubtful, GError **error);

/* Whether there is a processor for each of two parts, and enough to do for both. Commands of the
 * user's are not run side by side. */
bool parts_are_worth_it(const struct part *whole);

/* Fills in the evidence of the whole; in *doubtful, whether the second part saw another way up
 * through the first than the first did. */
bool parts_rehearse(const struct part *whole, part_rehearse *rehearse_one, bool *doubtful,
                    GError **error);

#endif
