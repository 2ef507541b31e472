/* search.h - the index of the search palette: a script that calls dbdocIndex with rows of
 * [kind, name, note, address], because a page opened from a disk cannot fetch. */
#ifndef DBDOC_SITE_SEARCH_H
#define DBDOC_SITE_SEARCH_H

#include "site/sheet.h"

/* Free with g_string_free. */
GString *search_index(const struct site *site);

#endif
