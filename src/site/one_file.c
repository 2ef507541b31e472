/* one_file.c - takes a page out of its site. */
#include "site/one_file.h"

#include "site/skin.h"

/* Nothing is beside it to lead to, be it a page or that of a rule. */
static void
drop_link(xmlNode *node)
{
    static const char *const names[] = {"href", "rule"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *target = (char *)xmlGetNoNsProp(node, BAD_CAST names[i]);
        if (target != NULL && *target != '#')
            xmlUnsetProp(node, BAD_CAST names[i]);
    }
}

static void
drop_links(xmlNode *root)
{
    for (xmlNode *node = root; node != NULL;) {
        if (node->type == XML_ELEMENT_NODE)
            drop_link(node);
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

/* A text of the page, and what a browser asks before it takes it. */
static void
embed(xmlNode *root, const char *name, const GString *text)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)text->str, (gssize)text->len);
    g_checksum_get_digest(sum, digest, &length);
    g_checksum_free(sum);
    g_autofree char *hash = g_base64_encode(digest, length);
    xmlNode *node = tree_text_element(root, name, text->str);
    tree_format(node, "hash", "sha256-%s", hash);
}

static void
append_file(GString *text, const struct skin *skin, const char *path)
{
    const struct skin_file *file = skin_find(skin, path);
    if (file != NULL)
        g_string_append_len(text, file->text, (gssize)file->length);
}

void
one_file_style(xmlNode *root, const struct skin *skin, const char *const *styles)
{
    g_autoptr(GString) style = g_string_new(NULL);
    for (; *styles != NULL; styles++)
        append_file(style, skin, *styles);
    embed(root, "style", style);
}

static void
embed_script(xmlNode *root, const struct skin *skin)
{
    g_autoptr(GString) script = g_string_new(NULL);
    append_file(script, skin, SKIN_ASSETS "dbdoc.js");
    embed(root, "script", script);
}

GString *
one_file(const struct site *site, const struct page *page, const char *const *styles,
         GError **error)
{
    struct templates *templates = skin_templates(site->skin, error);
    if (templates == NULL)
        return NULL;
    xmlNode *view = sheet_new(site, page);
    drop_links(view);
    tree_flag(view, "alone", true);
    one_file_style(view, site->skin, styles);
    embed_script(view, site->skin);
    GString *html = templates_apply(templates, view, error);
    tree_free(view);
    templates_free(templates);
    return html;
}
