/* line.h - the line S0, S1, …: a database that advances by `up` alone and holds no rows but those
 * that migrations write. It begins empty or, when evidence of its first migrations is known, at a
 * state that an earlier rehearsal kept; from there to the first that is to be rehearsed it is
 * replayed. */
#ifndef DBDOC_REHEARSAL_LINE_H
#define DBDOC_REHEARSAL_LINE_H

#include "rehearsal/cache.h"
#include "rehearsal/evidence.h"
#include "rehearsal/run.h"
#include "rehearsal/state.h"
#include "rehearsal/surroundings.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct line {
    struct stage stage;
    const struct migrations *migrations;
    const struct cache *cache;
    char *database;
    struct state *state;              /* S(n-1) */
    struct surroundings surroundings; /* of S(n-1) */
    GPtrArray *broken;                /* versions of migrations that are not on the line in full */
    bool repeatable;                  /* no result so far depends on the machine */
    bool doubtful;                    /* a replay did not end as it is known to */
};

/* Whether all statements of a direction ran to their end. */
bool run_is_complete(const struct run_evidence *run);

/* How many of the first migrations have evidence. */
size_t rehearsal_known(const struct rehearsal *rehearsal);

/* Brings the line to the state after the first `count` migrations. Their evidence is given; where
 * it is not, all that is filled in is how their way up went. True with `doubtful` set: the evidence
 * is not to be believed. */
bool line_open(struct line *line, struct rehearsal *rehearsal, size_t count,
               const struct cluster_limits *limits, GError **error);

/* For what has been looked at on the line. */
struct stage line_look_away(const struct line *line);

/* Whether something runs behind its way up. */
bool migration_needs_fork(const struct migration *migration);

/* What a failed up may have left is dropped, and the copy made before (then the line's own) becomes
 * the line. */
bool line_take_back(struct line *line, char *copy, GError **error);

/* Notes what became of the migration at that place (from 0), and takes the state behind it where a
 * later rehearsal may begin. */
bool line_pass(struct line *line, const struct migration_evidence *evidence, size_t place,
               GError **error);

enum line_end { LINE_DONE, LINE_BROKEN_OFF };

/* Ends the cluster. Of one that is DONE, states are kept. */
void line_close(struct line *line, enum line_end end);

#endif
