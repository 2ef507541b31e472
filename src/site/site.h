/* site.h - the model as a folder of pages. */
#ifndef DBDOC_SITE_H
#define DBDOC_SITE_H

#include "checks/checks.h"
#include "model/model.h"
#include "model/releases.h"
#include "rehearsal/evidence.h"
#include "runbook/library.h"
#include "site/publish.h"

#include <glib.h>
#include <stdbool.h>

struct site_options {
    const char *target;                /* folder to publish into */
    unsigned jobs;                     /* processes that write pages */
    const struct rehearsal *rehearsal; /* the migrations; NULL: none are known */
    const struct runbooks *runbooks;   /* NULL: none were written */
    const char *rehearsal_key;         /* stands for all that they hold; NULL: as above */
    const struct releases *releases;   /* earlier ones; NULL: no history was given */
};

struct site_counts {
    size_t pages;
    size_t changed; /* files whose bytes differ from what was there before */
    enum manner manner;
};

/* Renders every page into a staging folder beside the target and exchanges the two. On failure the
 * old site is intact. FAILURE_WRITE; FAILURE_INTERRUPTED. */
bool site_build(const struct model *model, const struct findings *findings,
                const struct site_options *options, struct site_counts *counts, GError **error);

#endif
