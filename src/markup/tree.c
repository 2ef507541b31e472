/* tree.c - the one place where texts become XML: everything that enters a tree passes clean_text,
 * so that libxml2 never sees a byte it would refuse. Memory ends the program, as everywhere. */
#include "markup/tree.h"

#include "base/text.h"

#include <glib.h>
#include <inttypes.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdarg.h>

#define CHARS(text) ((const xmlChar *)(text))

/* The text itself when a glance shows that it is clean, else a repaired copy in *owned. */
static const xmlChar *
clean_text(const char *text, char **owned)
{
    for (const char *c = text; *c != '\0'; c++) {
        if ((*c >= ' ' && *c <= '~') || *c == '\n' || *c == '\t')
            continue;
        *owned = text_clean(text);
        return CHARS(*owned);
    }
    return CHARS(text);
}

xmlNode *
tree_new(const char *root)
{
    xmlDoc *document = xmlNewDoc(CHARS("1.0"));
    xmlNode *node = document == NULL ? NULL : xmlNewDocNode(document, NULL, CHARS(root), NULL);
    g_assert(node != NULL); /* out of memory */
    xmlDocSetRootElement(document, node);
    return node;
}

void
tree_free(xmlNode *root)
{
    if (root != NULL)
        xmlFreeDoc(root->doc);
}

xmlNode *
tree_element(xmlNode *parent, const char *name)
{
    if (parent == NULL)
        return tree_new(name);
    xmlNode *node = xmlNewDocNode(parent->doc, NULL, CHARS(name), NULL);
    g_assert(node != NULL); /* out of memory */
    return xmlAddChild(parent, node);
}

void
tree_text(xmlNode *parent, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    g_autofree char *owned = NULL;
    xmlNode *node = xmlNewDocText(parent->doc, clean_text(text, &owned));
    g_assert(node != NULL); /* out of memory */
    xmlAddChild(parent, node);
}

xmlNode *
tree_text_element(xmlNode *parent, const char *name, const char *text)
{
    xmlNode *node = tree_element(parent, name);
    tree_text(node, text);
    return node;
}

void
tree_optional(xmlNode *parent, const char *name, const char *text)
{
    if (text != NULL)
        tree_text_element(parent, name, text);
}

void
tree_attribute(xmlNode *node, const char *name, const char *value)
{
    if (value == NULL)
        return;
    g_autofree char *owned = NULL;
    xmlAttr *attribute = xmlSetProp(node, CHARS(name), clean_text(value, &owned));
    g_assert(attribute != NULL); /* out of memory */
}

void
tree_number(xmlNode *node, const char *name, int64_t value)
{
    tree_format(node, name, "%" PRId64, value);
}

void
tree_flag(xmlNode *node, const char *name, bool value)
{
    if (value)
        tree_attribute(node, name, "yes");
}

void
tree_format(xmlNode *node, const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *value = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    tree_attribute(node, name, value);
}

GString *
tree_html(xmlNode *root)
{
    xmlBuffer *buffer = xmlBufferCreate();
    g_assert(buffer != NULL); /* out of memory */
    htmlNodeDump(buffer, root->doc, root);
    GString *html = g_string_new_len((const char *)xmlBufferContent(buffer),
                                     xmlBufferLength(buffer));
    xmlBufferFree(buffer);
    return html;
}

GString *
tree_xml(xmlNode *root)
{
    xmlChar *bytes = NULL;
    int length = 0;
    xmlDocDumpFormatMemoryEnc(root->doc, &bytes, &length, "UTF-8", 1);
    g_assert(bytes != NULL); /* out of memory */
    GString *text = g_string_new_len((const char *)bytes, length);
    xmlFree(bytes);
    return text;
}

xmlNode *
tree_parse(xmlNode *parent, const char *text, size_t length)
{
    const int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDoc *document = length > INT_MAX ? NULL
                                        : xmlReadMemory(text, (int)length, NULL, "UTF-8", quiet);
    xmlNode *root = document == NULL ? NULL : xmlDocGetRootElement(document);
    xmlNode *copy = root == NULL ? NULL : xmlDocCopyNode(root, parent->doc, 1);
    if (copy != NULL)
        xmlAddChild(parent, copy);
    xmlFreeDoc(document);
    return copy;
}
