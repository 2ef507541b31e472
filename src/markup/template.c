/* template.c - libxslt with every door closed: templates come from the caller, and nothing else can
 * be opened, written or fetched. */
#include "markup/template.h"

#include "base/failure.h"

#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <string.h>

#define SCHEME "dbdoc:/"
#define FIRST  "templates/page.xsl"

struct templates {
    xsltStylesheet *stylesheet;
    xsltSecurityPrefs *prefs;
    GString *complaints; /* what libxslt said last */
};

static void
remember(void *data, const char *format, ...)
{
    GString *complaints = data;
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(complaints, format, arguments);
    va_end(arguments);
}

/* libxslt's loader takes no data of its own; set while templates are loaded. */
static const struct template_source *loading;

/* Stylesheets by their path in the source tree; documents never. */
static xmlDoc *
load(const xmlChar *uri, xmlDict *dict, int options, void *context, xsltLoadType type)
{
    (void)dict, (void)context;
    const char *address = (const char *)uri;
    const char *text = NULL;
    size_t length = 0;
    if (type == XSLT_LOAD_DOCUMENT || loading == NULL || !g_str_has_prefix(address, SCHEME) ||
        !loading->find(loading->data, address + strlen(SCHEME), &text, &length))
        return NULL;
    return xmlReadMemory(text, (int)length, address, "UTF-8",
                         (options & ~(XML_PARSE_NOENT | XML_PARSE_DTDLOAD)) | XML_PARSE_NONET);
}

static xsltSecurityPrefs *
closed_doors(void)
{
    static const xsltSecurityOption doors[] = {
        XSLT_SECPREF_READ_FILE,    XSLT_SECPREF_WRITE_FILE,    XSLT_SECPREF_CREATE_DIRECTORY,
        XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK,
    };
    xsltSecurityPrefs *prefs = xsltNewSecurityPrefs();
    for (size_t i = 0; i < G_N_ELEMENTS(doors); i++)
        xsltSetSecurityPrefs(prefs, doors[i], xsltSecurityForbid);
    return prefs;
}

struct templates *
templates_load(const struct template_source *source, GError **error)
{
    struct templates *templates = g_new0(struct templates, 1);
    templates->complaints = g_string_new(NULL);
    templates->prefs = closed_doors();
    xsltSetLoaderFunc(load);
    xsltSetGenericErrorFunc(templates->complaints, remember);
    xmlSetGenericErrorFunc(templates->complaints, remember);
    loading = source;
    templates->stylesheet = xsltParseStylesheetFile((const xmlChar *)SCHEME FIRST);
    loading = NULL;
    if (templates->stylesheet != NULL && templates->stylesheet->errors == 0 &&
        templates->complaints->len == 0)
        return templates;
    g_string_replace(templates->complaints, SCHEME, "", 0);
    failure_set(error, FAILURE_USAGE, "the templates cannot be used (%s).",
                g_strchomp(templates->complaints->str));
    templates_free(templates);
    return NULL;
}

void
templates_free(struct templates *templates)
{
    if (templates == NULL)
        return;
    xsltFreeStylesheet(templates->stylesheet);
    xsltFreeSecurityPrefs(templates->prefs);
    xsltSetGenericErrorFunc(NULL, NULL);
    xmlSetGenericErrorFunc(NULL, NULL);
    g_string_free(templates->complaints, TRUE);
    g_free(templates);
}

/* NULL when the transformation failed or complained. */
static xmlDoc *
transform(const struct templates *templates, xmlDoc *view)
{
    xsltTransformContext *context = xsltNewTransformContext(templates->stylesheet, view);
    xsltSetCtxtSecurityPrefs(templates->prefs, context);
    xmlDoc *result = xsltApplyStylesheetUser(templates->stylesheet, view, NULL, NULL, NULL,
                                             context);
    bool good = context->state == XSLT_STATE_OK && templates->complaints->len == 0;
    xsltFreeTransformContext(context);
    if (good)
        return result;
    xmlFreeDoc(result);
    return NULL;
}

/* libxml2 writes HTML 4, which knows no <wbr>, and closes it; HTML 5 has nothing to close. In texts
 * every "<" is escaped, so that this one is always the writer's. */
static GString *
as_html5(const char *text, int length)
{
    static const char closing[] = "</wbr>";
    GString *html = g_string_sized_new((gsize)length);
    for (const char *end; (end = strstr(text, closing)) != NULL; text = end + strlen(closing))
        g_string_append_len(html, text, end - text);
    return g_string_append(html, text);
}

GString *
templates_apply(const struct templates *templates, xmlNode *view, GError **error)
{
    g_string_truncate(templates->complaints, 0);
    xmlDoc *result = transform(templates, view->doc);
    xmlChar *text = NULL;
    int length = 0;
    if (result == NULL ||
        xsltSaveResultToString(&text, &length, result, templates->stylesheet) != 0) {
        xmlFreeDoc(result);
        failure_set(error, FAILURE_BUG, "a page cannot be rendered (%s).",
                    templates->complaints->str);
        return NULL;
    }
    xmlFreeDoc(result);
    GString *html = as_html5((const char *)text, length);
    xmlFree(text);
    return html;
}
