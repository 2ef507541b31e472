/* one_file.h - a page as one file that needs no other: to be mailed, attached and printed. */
#ifndef DBDOC_SITE_ONE_FILE_H
#define DBDOC_SITE_ONE_FILE_H

#include "site/sheet.h"

#include <glib.h>

/* The page with style and script inside and without links to other pages. `styles` are files of the
 * skin (SKIN_ASSETS "dbdoc.css"), one after the other; they end with NULL. Free with g_string_free;
 * FAILURE_USAGE when the project's templates or theme are wrong. */
GString *one_file(const struct site *site, const struct page *page, const char *const *styles,
                  GError **error);

/* Puts these files of the skin into a view, with the hash that lets a browser take them. */
void one_file_style(xmlNode *root, const struct skin *skin, const char *const *styles);

#endif
