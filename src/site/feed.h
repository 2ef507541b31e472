/* feed.h - the releases as an Atom feed (RFC 4287). */
#ifndef DBDOC_SITE_FEED_H
#define DBDOC_SITE_FEED_H

#include "site/sheet.h"

#include <glib.h>

#define FEED_PATH "changelog.xml"

/* Whether there is one: an entry needs a moment, and no release has any otherwise. */
bool feed_is_there(const struct plan *plan);

/* The whole file; free with g_string_free. */
GString *feed_write(const struct site *site);

#endif
