/* portal.h - the front page of several sites, each of one database: what is in them, and which
 * findings and owners they have. One file that needs no other; its links lead to the sites. */
#ifndef DBDOC_SITE_PORTAL_H
#define DBDOC_SITE_PORTAL_H

#include "checks/checks.h"
#include "model/model.h"
#include "model/tally.h"

#include <glib.h>

/* What the front page says of one database; nothing of its model is kept. */
struct portal_database {
    char *folder; /* of its site, beside the front page: a slug */
    char *title;
    struct tally tally;
    size_t findings[SEVERITY_ERROR + 1]; /* open ones, by severity */
    GHashTable *rules;                   /* slug → how many are open */
    GHashTable *owners;                  /* whom notes name → of how many objects */
};

struct portal_database *portal_database_new(const char *folder, const struct model *model,
                                            const struct findings *findings);
void portal_database_free(void *database);

/* The page of struct portal_database *, in this order; NULL with FAILURE_USAGE when the project's
 * theme or templates are wrong. Free with g_string_free. */
GString *portal_page(const struct config *config, const GPtrArray *databases, GError **error);

#endif
