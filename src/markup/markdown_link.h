/* markdown_link.h - which links of a text are kept: objects, http, https and mailto. For markup/
 * alone.
 */
#ifndef DBDOC_MARKDOWN_LINK_H
#define DBDOC_MARKDOWN_LINK_H

#include <stdbool.h>
#include <stddef.h>

/* Cuts "table:blog.posts" in two when its scheme is one of these words. Both parts are new memory;
 * in the path, percent signs are decoded. */
bool link_split(const char *url, bool (*is_word)(const char *word), char **word, char **path);

bool link_is_web(const char *url);  /* http: or https: */
bool link_is_mail(const char *url); /* mailto: */

/* The first web address that stands bare in a text, without the full stop or bracket that follows
 * it; NULL for none. */
const char *link_find(const char *text, size_t *length);

#endif
