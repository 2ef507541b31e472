/* reviewing.h - gathers what a review is made from: the migrations, which of them are new, the
 * databases before and after them, and what the rules say of both. */
#ifndef DBDOC_REVIEWING_H
#define DBDOC_REVIEWING_H

#include "commands/drift.h"
#include "commands/reading.h"
#include "commands/review_plans.h"
#include "elixir/schema_module.h"
#include "migrations/migration.h"
#include "model/model.h"
#include "notes/notes.h"
#include "review/review.h"

#include <glib.h>
#include <stdbool.h>

struct reviewing {
    const struct invocation *invocation;
    struct reading reading; /* the configuration alone */
    struct migrations migrations;
    struct rehearsal rehearsal;
    struct notes notes;
    struct note_problems problems;
    const char *project; /* whose code goes with the database; NULL: none is known */
    struct schema_modules code;
    struct schema_modules old_code; /* of the base */
    bool has_old_code;
    GHashTable *added;   /* struct migration: those that are new */
    struct names edited; /* see review_sources */
    bool edited_is_checked;
    struct names gone;
    struct database *merged; /* what the old migrations made as they were; NULL: not known */
    GPtrArray *edits;
    bool edits_partly;
    const char *base; /* see review_sources */
    const char *commit;
    struct database *before;
    struct database
        *snapshot; /* with what was done by hand, where `before` is without; NULL: the same */
    struct database *after; /* the same when nothing is new */
    struct review_plans plans;
    struct drift_reading drift; /* of a snapshot, which is the base */
    struct model *before_model;
    struct model *after_model;
    GPtrArray *changes;
    struct findings *before_findings;
    struct findings *after_findings;
    struct runbooks runbooks;
    const struct review *review; /* as far as it may go out */
    bool is_bad;                 /* of the whole: what the exit status goes by */
};

/* Whatever happens, close it. */
bool reviewing_make(const struct invocation *invocation, struct reviewing *reviewing,
                    GError **error);
void reviewing_close(struct reviewing *reviewing);

#endif
