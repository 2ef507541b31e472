/* evidence_json.h - evidence as JSON: what `rehearse --format json` prints, and what the cache
 * keeps. Schema: share/schema/rehearsal.schema.json. Passwords are masked. */
#ifndef DBDOC_REHEARSAL_EVIDENCE_JSON_H
#define DBDOC_REHEARSAL_EVIDENCE_JSON_H

#include "rehearsal/evidence.h"

#include <glib.h>
#include <stdbool.h>

/* Free with g_string_free. */
GString *evidence_write(const struct rehearsal *rehearsal);

/* The evidence of the first `count` migrations of the rehearsal back from its JSON; verdicts are
 * decided anew. False, with the rehearsal as it was, when the text is not whole. */
bool evidence_read(struct arena *arena, const GString *text, size_t count,
                   struct rehearsal *rehearsal);

#endif
