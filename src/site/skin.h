/* skin.h - how the site looks: the templates and the theme of the binary, less the files that the
 * project replaces, and those that it adds (templates:, theme: and logo: in dbdoc.yml). */
#ifndef DBDOC_SITE_SKIN_H
#define DBDOC_SITE_SKIN_H

#include "config/config.h"
#include "markup/template.h"

#include <glib.h>
#include <stddef.h>

#define SKIN_ASSETS   "assets/"
#define SKIN_ONE_FILE "themes/one-file/" /* styles of pages that stand alone: in no site */

struct skin_file {
    const char *path;   /* "templates/tables.xsl", or as published: "assets/dbdoc.css" */
    const char *text;   /* NUL-terminated */
    size_t length;      /* bytes */
    const char *origin; /* the project's file; NULL: it came with dbdoc */
};

struct skin {
    struct arena *arena;
    GArray *files;       /* struct skin_file, by path */
    char *key;           /* equal for skins that give equal pages */
    const char *logo;    /* path as published; NULL: dbdoc's own */
    const char *overlay; /* stylesheet on top of dbdoc's, as published; NULL: none */
};

/* FAILURE_USAGE when a file of the project cannot be used; says which and why. */
struct skin *skin_read(const struct config *config, GError **error);
void skin_free(struct skin *skin);

/* NULL when there is none of that path. */
const struct skin_file *skin_find(const struct skin *skin, const char *path);

/* Its templates, compiled; free with templates_free. */
struct templates *skin_templates(const struct skin *skin, GError **error);

#endif
