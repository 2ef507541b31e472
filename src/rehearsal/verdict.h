/* verdict.h - what follows from the evidence of one migration; pure. */
#ifndef DBDOC_REHEARSAL_VERDICT_H
#define DBDOC_REHEARSAL_VERDICT_H

#include "rehearsal/evidence.h"

/* Texts go into the arena; nothing of the evidence is changed. */
struct verdict verdict_decide(struct arena *arena, const struct migration_evidence *evidence);

/* A difference in words, told of the state it leads to: "index public.i is missing". */
const char *difference_words(struct arena *arena, const struct difference *difference);

/* What a direction ("down") takes away, and what goes with it: "down drops table public.t: …". */
const char *removal_words(struct arena *arena, const char *direction,
                          const struct removal *removal);

#endif
