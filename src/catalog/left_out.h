/* left_out.h - what a comparison says nothing of, since one of the two does not know it. */
#ifndef DBDOC_CATALOG_LEFT_OUT_H
#define DBDOC_CATALOG_LEFT_OUT_H

#include "catalog/catalog.h"

/* "event triggers, comment (table)": facts that one of them has and the other does not tell; NULL:
 * there are none. Who may do what is compared or not as a whole. Free with g_free. */
char *catalog_left_out(const struct catalog *one, const struct catalog *other);

#endif
