/* settle.h - who may do what, and what people say of it, from the server's words to the catalog's,
 * before it is finished.
 * Of a throw-away cluster nothing of its own is told: neither its roles nor what its login owns. */
#ifndef DBDOC_INTROSPECT_SETTLE_H
#define DBDOC_INTROSPECT_SETTLE_H

#include "catalog/catalog.h"

/* `catalog->access` says where it was read; `reader` is the role that read it. */
void settle_access(struct database *database, const char *reader);

/* Of comments the part that is for everybody stays, if there is one (secret_public_length). */
void settle_comments(struct database *database);

#endif
