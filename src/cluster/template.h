/* template.h - a fresh data directory, made once by initdb and copied afterwards. */
#ifndef DBDOC_CLUSTER_TEMPLATE_H
#define DBDOC_CLUSTER_TEMPLATE_H

#include "cluster/home.h"

#include <glib.h>
#include <stdbool.h>

#define CLUSTER_SUPERUSER "dbdoc_superuser"
#define CLUSTER_LOGIN     "dbdoc_login"

/* The folder for caches of the identity that PostgreSQL runs as; NULL when there is none that only
 * that user can write. Call before giving up root. Free with g_free. */
char *template_cache(const struct home *home);

/* Makes the data directory <folder>/data, from the cache when possible: what goes wrong there (a
 * full disk, say) only costs time. Runs as the identity already. `cache` may be NULL. */
bool template_copy(const struct home *home, const char *cache, const char *folder, GError **error);

#endif
