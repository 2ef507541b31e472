/* changelog.h - what of the differences between releases people read, in words. */
#ifndef DBDOC_SITE_CHANGELOG_H
#define DBDOC_SITE_CHANGELOG_H

#include "catalog/compare.h"
#include "model/releases.h"

#include <glib.h>

#define CHANGELOG_PATH "changelog.html"

/* The const struct change * that people list (change_is_told); `changes` may be NULL. Free with
 * g_ptr_array_unref. */
GPtrArray *changelog_changes(const GPtrArray *changes);

/* "Added table blog.posts". Free with g_free. */
char *changelog_line(const struct change *change);

/* Its name as people can read it: see shown_name, but versions stay as they are. Free with g_free.
 */
char *changelog_name(const struct release *release);

/* The id of the release's section: "release-1-2e4-2e0": as slugs are, but good for selectors too.
 * Free with g_free. */
char *changelog_anchor(const struct release *release);

#endif
