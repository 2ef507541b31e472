/* fuzz_markdown.c - Markdown becomes XHTML that is well-formed and can do nothing. */
#include "base/text.h"
#include "input.h"
#include "markup/markdown.h"
#include "markup/tree.h"

#include <glib.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <string.h>

/* What may come of any text. No id, no style, nothing that loads or runs. */
static const char *const elements[] = {
    "root",  "p",          "a",  "code", "pre", "em",   "strong", "ul",  "ol",
    "li",    "blockquote", "hr", "br",   "h3",  "h4",   "h5",     "h6",  "table",
    "thead", "tbody",      "tr", "th",   "td",  "span", "div",    "bdi", NULL,
};
static const char *const attributes[] = {
    "class", "href", "start", "scope", "colspan", "tabindex", "role", "aria-label", "rel", NULL,
};
static const char *const targets[] = {"http:", "https:", "mailto:", "#object", NULL};

static bool
begins_with_any(const char *text, const char *const *starts)
{
    for (; *starts != NULL; starts++)
        if (g_ascii_strncasecmp(text, *starts, strlen(*starts)) == 0)
            return true;
    return false;
}

static void
check_attributes(const xmlNode *node)
{
    for (const xmlAttr *attribute = node->properties; attribute != NULL;
         attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        if (!g_strv_contains(attributes, name))
            g_error("an attribute %s", name);
        xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);
        if (g_str_equal(name, "href"))
            g_assert(value != NULL && begins_with_any((const char *)value, targets));
        xmlFree(value);
    }
}

static void
check_tree(const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE)
            continue;
        g_assert(node->type == XML_ELEMENT_NODE);
        if (!g_strv_contains(elements, (const char *)node->name))
            g_error("an element %s", (const char *)node->name);
        check_attributes(node);
        check_tree(node->children);
    }
}

static void
check_well_formed(xmlNode *root)
{
    xmlBuffer *buffer = xmlBufferCreate();
    g_assert(xmlNodeDump(buffer, root->doc, root, 0, 0) > 0);
    xmlDoc *parsed = xmlReadMemory((const char *)xmlBufferContent(buffer), xmlBufferLength(buffer),
                                   NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    g_assert_nonnull(parsed);
    xmlFreeDoc(parsed);
    xmlBufferFree(buffer);
}

static bool
is_word(const char *word)
{
    return g_str_equal(word, "table") || g_str_equal(word, "column");
}

static char *
href(void *data, const char *word, const char *path)
{
    (void)data, (void)word;
    return strchr(path, 'x') != NULL ? NULL : g_strdup("#object");
}

static void
see_link(void *data, unsigned line, const char *word, const char *path)
{
    g_assert(line >= 1 && line <= *(const unsigned *)data);
    g_assert(is_word(word) && path != NULL);
}

static void
see_heading(void *data, const struct markdown_heading *heading)
{
    g_assert(heading->level >= 1 && heading->level <= 6);
    g_assert(heading->first_line >= 1 && heading->first_line <= heading->last_line);
    g_assert(heading->last_line <= *(const unsigned *)data);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct markdown_links links = {.href = href, .is_word = is_word};
    g_autofree char *text = input_text(data, size);
    g_autofree char *clean = text_clean(text);
    unsigned lines = 1;
    for (const char *c = clean; *c != '\0'; c++)
        lines += *c == '\n';
    xmlNode *root = tree_new("root");
    markdown_append(root, clean, &links);
    markdown_append_summary(root, clean, &links);
    markdown_append(root, clean, NULL);
    check_tree(root);
    check_well_formed(root);
    tree_free(root);
    markdown_links(clean, is_word, see_link, &lines);
    markdown_headings(clean, see_heading, &lines);
    g_autofree char *summary = markdown_summary(clean);
    g_assert(summary == NULL || g_utf8_validate(summary, -1, NULL));
    markdown_has_more(clean);
    return 0;
}
