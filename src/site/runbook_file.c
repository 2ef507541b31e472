/* runbook_file.c - the page of a site with a single runbook, taken out of it. */
#include "site/runbook_file.h"

#include "checks/checks.h"
#include "site/sheet.h"
#include "site/skin.h"
#include "site/words.h"

/* Nothing is beside it to lead to. */
static void
drop_links(xmlNode *root)
{
    for (xmlNode *node = root; node != NULL;) {
        if (node->type == XML_ELEMENT_NODE)
            xmlUnsetProp(node, (const xmlChar *)"href");
        xmlNode *next = node->children;
        while (next == NULL && node != root) {
            next = node->next;
            if (next == NULL)
                node = node->parent;
        }
        if (node == root && next == NULL)
            return;
        node = next;
    }
}

/* An asset as text of the page, and what a browser asks before it takes it. */
static void
embed(xmlNode *root, const struct skin *skin, const char *name, const char *path)
{
    const struct skin_file *file = skin_find(skin, path);
    if (file == NULL)
        return;
    guint8 digest[32];
    gsize length = sizeof digest;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)file->text, (gssize)file->length);
    g_checksum_get_digest(sum, digest, &length);
    g_checksum_free(sum);
    g_autofree char *text = g_base64_encode(digest, length);
    xmlNode *node = tree_text_element(root, name, file->text);
    tree_format(node, "hash", "sha256-%s", text);
}

static const struct page *
page_of(const struct plan *plan, const struct runbook *runbook)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->pages[i].runbook == runbook)
            return &plan->pages[i];
    g_assert_not_reached();
}

static GString *
render(const struct site *site, const struct runbook *runbook, GError **error)
{
    struct templates *templates = skin_templates(site->skin, error);
    if (templates == NULL)
        return NULL;
    xmlNode *view = sheet_new(site, page_of(site->plan, runbook));
    drop_links(view);
    tree_flag(view, "alone", true);
    embed(view, site->skin, "style", SKIN_ASSETS "dbdoc.css");
    embed(view, site->skin, "script", SKIN_ASSETS "dbdoc.js");
    GString *html = templates_apply(templates, view, error);
    tree_free(view);
    templates_free(templates);
    return html;
}

GString *
runbook_file(const struct model *model, const struct runbook *runbook, GError **error)
{
    struct skin *skin = skin_read(model->config, error);
    if (skin == NULL)
        return NULL;
    words_speak(model->config->language);
    const struct runbooks runbooks = {1, &runbook};
    struct findings *findings = findings_new(model, NULL, NULL);
    struct plan *plan = plan_new(model, findings, NULL, &runbooks);
    const struct site site = {model, findings, plan, skin};
    GString *html = render(&site, runbook, error);
    plan_free(plan);
    findings_free(findings);
    skin_free(skin);
    return html;
}
