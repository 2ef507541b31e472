/* links.h - what object links and code spans in notes point to. */
#ifndef DBDOC_SITE_LINKS_H
#define DBDOC_SITE_LINKS_H

#include "markup/markdown.h"
#include "site/sheet.h"

/* Links seen from a page, in words about `object` (may be NULL), by which code spans are completed
 * and which is not linked itself; or about several things, of which `first` completes them. */
struct links {
    const struct sheet *sheet;
    const struct object *object;
    const struct object *first;
};
struct markdown_links links_for(struct links *links);

#endif
