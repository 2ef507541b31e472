/* template_names.c - XPath 1.0 read as tokens, as far as it takes to tell a name from a function,
 * an axis, a variable and an operator (XPath 1.0, section 3.7). */
#include "markup/template_names.h"

#include <libxml/parser.h>
#include <libxslt/xslt.h>
#include <string.h>

struct walk {
    void (*visit)(void *data, const char *name, unsigned line);
    void *data;
    unsigned line;
};

static bool
is_name_start(char c)
{
    return g_ascii_isalpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static size_t
name_length(const char *text)
{
    size_t length = 0;
    while (is_name_start(text[length]) || g_ascii_isdigit(text[length]) || text[length] == '-' ||
           text[length] == '.')
        length++;
    return length;
}

/* With its prefix, if it has one; "::" behind an axis is none. */
static size_t
qualified_length(const char *text)
{
    size_t length = name_length(text);
    if (text[length] == ':' && text[length + 1] != ':')
        length += 1 + name_length(text + length + 1);
    return length;
}

/* Behind an operand, these four are operators. */
static bool
is_operator(const char *name)
{
    static const char *const operators[] = {"and", "or", "div", "mod", NULL};
    return g_strv_contains(operators, name);
}

static bool
is_called(const char *behind)
{
    behind += strspn(behind, " \t\r\n");
    return *behind == '(' || g_str_has_prefix(behind, "::");
}

/* Takes one token; returns its length. *operand tells whether it can stand before an operator. */
static size_t
take_token(const struct walk *walk, const char *text, bool *operand)
{
    if (*text == '\'' || *text == '"') {
        const char *end = strchr(text + 1, *text);
        *operand = true;
        return end == NULL ? strlen(text) : (size_t)(end - text) + 1;
    }
    if (*text == '$') {
        *operand = true;
        return 1 + qualified_length(text + 1);
    }
    if (!is_name_start(*text)) {
        if (!g_ascii_isspace(*text))
            *operand = strchr(")].*0123456789", *text) != NULL;
        return 1;
    }
    size_t length = qualified_length(text);
    g_autofree char *name = g_strndup(text, length);
    if (*operand && is_operator(name)) {
        *operand = false;
    } else {
        *operand = true;
        if (!is_called(text + length) && strchr(name, ':') == NULL)
            walk->visit(walk->data, name, walk->line);
    }
    return length;
}

static void
read_expression(const struct walk *walk, const char *text)
{
    bool operand = false;
    while (*text != '\0')
        text += take_token(walk, text, &operand);
}

/* An attribute value template: expressions in braces; doubled braces are text. */
static void
read_value(const struct walk *walk, const char *text)
{
    while ((text = strchr(text, '{')) != NULL) {
        if (text[1] == '{') {
            text += 2;
            continue;
        }
        const char *end = strchr(text, '}');
        g_autofree char *expression = g_strndup(text + 1, end == NULL ? strlen(text + 1)
                                                                      : (size_t)(end - text - 1));
        read_expression(walk, expression);
        text += strlen(expression) + 1;
    }
}

static bool
is_expression(const xmlNode *element, const xmlAttr *attribute)
{
    static const char *const expressions[] = {"select", "match", "test", "use",
                                              "count",  "from",  NULL};
    return element->ns != NULL && xmlStrEqual(element->ns->href, XSLT_NAMESPACE) &&
           g_strv_contains(expressions, (const char *)attribute->name);
}

static void
read_element(struct walk *walk, const xmlNode *element)
{
    walk->line = (unsigned)xmlGetLineNo(element);
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        xmlChar *value = xmlNodeListGetString(element->doc, attribute->children, 1);
        if (value == NULL)
            continue;
        if (is_expression(element, attribute))
            read_expression(walk, (const char *)value);
        else
            read_value(walk, (const char *)value);
        xmlFree(value);
    }
}

/* Without recursion: what a project brings may be nested deeply. */
static const xmlNode *
next_node(const xmlNode *node)
{
    if (node->children != NULL && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node != NULL && node->next == NULL)
        node = node->parent;
    return node == NULL ? NULL : node->next;
}

static xmlDoc *
parse(const char *text, size_t length)
{
    return xmlReadMemory(text, (int)length, NULL, "UTF-8",
                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

static bool
is_instruction(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           xmlStrEqual(node->ns->href, XSLT_NAMESPACE) && g_str_equal(node->name, name);
}

void
template_calls(const char *text, size_t length, void (*defined)(void *data, const char *name),
               void (*called)(void *data, const char *name), void *data)
{
    xmlDoc *document = parse(text, length);
    const xmlNode *node = document == NULL ? NULL : xmlDocGetRootElement(document);
    for (; node != NULL; node = next_node(node)) {
        bool call = is_instruction(node, "call-template");
        if (!call && !is_instruction(node, "template"))
            continue;
        xmlChar *name = xmlGetNoNsProp(node, BAD_CAST "name");
        if (name != NULL)
            (call ? called : defined)(data, (const char *)name);
        xmlFree(name);
    }
    xmlFreeDoc(document);
}

bool
template_names(const char *text, size_t length,
               void (*visit)(void *data, const char *name, unsigned line), void *data)
{
    xmlDoc *document = parse(text, length);
    if (document == NULL)
        return false;
    struct walk walk = {visit, data, 0};
    for (const xmlNode *node = xmlDocGetRootElement(document); node != NULL; node = next_node(node))
        if (node->type == XML_ELEMENT_NODE)
            read_element(&walk, node);
    xmlFreeDoc(document);
    return true;
}
