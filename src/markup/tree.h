/* tree.h - building XML trees without a chance to forget an escape. Thin words over libxml2; names
 * of elements and attributes are literals, texts are clean UTF-8 (text_clean). */
#ifndef DBDOC_TREE_H
#define DBDOC_TREE_H

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An element below `parent` (NULL: a new document's root, see tree_new). */
xmlNode *tree_element(xmlNode *parent, const char *name);
xmlNode *tree_new(const char *root); /* free with tree_free */
void tree_free(xmlNode *root);

/* Text inside; NULL adds nothing. */
void tree_text(xmlNode *parent, const char *text);
xmlNode *tree_text_element(xmlNode *parent, const char *name, const char *text);

/* The same, but no element at all for NULL. */
void tree_optional(xmlNode *parent, const char *name, const char *text);

/* NULL adds nothing. */
void tree_attribute(xmlNode *node, const char *name, const char *value);
void tree_number(xmlNode *node, const char *name, int64_t value);
void tree_flag(xmlNode *node, const char *name, bool value); /* "yes", or nothing */
void tree_format(xmlNode *node, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The tree as HTML; free with g_string_free. */
GString *tree_html(xmlNode *root);

/* The tree as a document of XML 1.0, with its declaration; free with g_string_free. */
GString *tree_xml(xmlNode *root);

/* Appends the element that a text is; NULL, and nothing is appended, when it is none. */
xmlNode *tree_parse(xmlNode *parent, const char *text, size_t length);

#endif
