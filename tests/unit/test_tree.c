/* test_tree.c - XML trees: whatever text goes in, well-formed XML with the same text comes out. */
#include "markup/tree.h"

#include <glib.h>
#include <libxml/parser.h>
#include <string.h>

/* The tree, written out and read again by libxml2's strict parser. */
static xmlDoc *
reparse(const xmlNode *root)
{
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpMemoryEnc(root->doc, &text, &length, "UTF-8");
    xmlDoc *document = xmlReadMemory((const char *)text, length, NULL, NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    xmlFree(text);
    return document;
}

static void
assert_survives(const char *text, const char *expected)
{
    xmlNode *root = tree_new("root");
    tree_text(root, text);
    tree_attribute(root, "a", text);
    xmlDoc *again = reparse(root);
    xmlNode *node = xmlDocGetRootElement(again);
    xmlChar *content = xmlNodeGetContent(node);
    xmlChar *value = xmlGetProp(node, (const xmlChar *)"a");
    g_assert_cmpstr((const char *)content, ==, expected);
    g_assert_cmpstr((const char *)value, ==, expected);
    xmlFree(content);
    xmlFree(value);
    xmlFreeDoc(again);
    tree_free(root);
}

static void
test_texts_survive(void)
{
    assert_survives("plain", "plain");
    assert_survives("\"><script>&amp;'</root>]]>", "\"><script>&amp;'</root>]]>");
    assert_survives("a\tb\nc", "a\tb\nc");
    assert_survives("\xE2\x80\xAE\xC3\xA9\xF0\x9F\x90\x98", "\xE2\x80\xAE\xC3\xA9\xF0\x9F\x90\x98");
}

static void
test_bytes_that_xml_refuses_are_replaced(void)
{
    assert_survives("a\x01"
                    "b",
                    "a\xEF\xBF\xBD"
                    "b");
    assert_survives("\x1b[31m", "\xEF\xBF\xBD[31m");
    assert_survives("x\xFFy", "x\xEF\xBF\xBDy");
    assert_survives("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* a lone surrogate */
    assert_survives("\xEF\xBF\xBF", "\xEF\xBF\xBD");
}

static void
test_nothing_adds_nothing(void)
{
    xmlNode *root = tree_new("root");
    tree_text(root, NULL);
    tree_text(root, "");
    tree_attribute(root, "a", NULL);
    tree_flag(root, "b", false);
    g_assert_null(root->children);
    g_assert_null(root->properties);
    tree_free(root);
    tree_free(NULL);
}

static void
assert_attribute(xmlNode *node, const char *name, const char *expected)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    g_assert_cmpstr((const char *)value, ==, expected);
    xmlFree(value);
}

static void
test_attributes(void)
{
    xmlNode *root = tree_element(NULL, "root");
    xmlNode *child = tree_text_element(root, "child", "words");
    g_assert_true(root->children == child);
    tree_number(child, "most", INT64_MAX);
    tree_number(child, "least", INT64_MIN);
    tree_flag(child, "flag", true);
    tree_format(child, "format", "%s & %d", "<a>", 7);
    tree_attribute(child, "twice", "first");
    tree_attribute(child, "twice", "second");
    assert_attribute(child, "most", "9223372036854775807");
    assert_attribute(child, "least", "-9223372036854775808");
    assert_attribute(child, "flag", "yes");
    assert_attribute(child, "format", "<a> & 7");
    assert_attribute(child, "twice", "second");
    xmlFreeDoc(reparse(root));
    tree_free(root);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tree/texts-survive", test_texts_survive);
    g_test_add_func("/tree/refused-bytes", test_bytes_that_xml_refuses_are_replaced);
    g_test_add_func("/tree/nothing", test_nothing_adds_nothing);
    g_test_add_func("/tree/attributes", test_attributes);
    return g_test_run();
}
