/* template.h - the XSLT templates that turn a view into a page. One stylesheet, templates/page.xsl,
 * that includes the others; they read nothing but the view: no files, no network, no clock. */
#ifndef DBDOC_TEMPLATE_H
#define DBDOC_TEMPLATE_H

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

struct templates;

/* Where a template comes from: its text by its path, as "templates/page.xsl"; false: there is none.
 */
struct template_source {
    bool (*find)(const void *data, const char *path, const char **text, size_t *length);
    const void *data;
};

/* Compiles the templates. FAILURE_USAGE when they are wrong; messages name them by their paths. */
struct templates *templates_load(const struct template_source *source, GError **error);
void templates_free(struct templates *templates);

/* The page of a view as HTML; free with g_string_free. The view (a root made by tree_new) stays the
 * caller's. */
GString *templates_apply(const struct templates *templates, xmlNode *view, GError **error);

#endif
