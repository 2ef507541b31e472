/* search.h - the index of the search palette: scripts, because a page opened from a disk cannot
 * fetch. Each calls dbdocIndex(number, count, rows) with rows of [kind, name, note, address]; the
 * palette loads them one after the other. */
#ifndef DBDOC_SITE_SEARCH_H
#define DBDOC_SITE_SEARCH_H

#include "site/sheet.h"

/* The texts of search-1.js, search-2.js … (GString), about 1 MiB each. Free with
 * g_ptr_array_unref. */
GPtrArray *search_index(const struct site *site);

#endif
