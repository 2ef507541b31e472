/* changes_file.h - what differs between two databases, as one page that needs no other file. */
#ifndef DBDOC_SITE_CHANGES_FILE_H
#define DBDOC_SITE_CHANGES_FILE_H

#include "catalog/dependants.h"
#include "config/config.h"

#include <glib.h>

struct changes_page {
    const GPtrArray *changes;            /* struct change * */
    const struct dependants *dependants; /* in the catalog before; NULL when there are no changes */
    const char *before;                  /* what both were read from, for people */
    const char *after;
};

/* Free with g_string_free. FAILURE_USAGE when the project's templates or theme are wrong. */
GString *changes_file(const struct config *config, const struct changes_page *page, GError **error);

#endif
