/* evidence.c - what several readers ask of evidence. */
#include "rehearsal/evidence.h"

#include <glib.h>

bool
lock_stops(enum lock_mode mode)
{
    return mode >= LOCK_SHARE;
}

enum lock_mode
statement_lock(const struct statement_evidence *statement)
{
    enum lock_mode strongest = LOCK_NONE;
    for (size_t i = 0; i < statement->lock_count; i++)
        strongest = MAX(strongest, statement->locks[i].mode);
    return strongest;
}

enum lock_mode
run_lock(const struct run_evidence *run)
{
    enum lock_mode strongest = LOCK_NONE;
    for (size_t i = 0; i < run->count; i++)
        strongest = MAX(strongest, statement_lock(&run->statements[i]));
    return strongest;
}

bool
statement_is_unseen(const struct statement_evidence *statement)
{
    return statement->sight == SIGHT_NONE || statement->sight == SIGHT_OUTSIDE;
}

bool
run_leaves_out(const struct run_evidence *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->statements[i].sight == SIGHT_NOT_RUN)
            return true;
    return false;
}
