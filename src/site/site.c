/* site.c - every page of the plan rendered and published, with the theme and the search index. */
#include "site/site.h"

#include "base/embedded.h"
#include "base/failure.h"
#include "base/interrupt.h"
#include "base/workers.h"
#include "markup/template.h"
#include "site/key.h"
#include "site/manifest.h"
#include "site/publish.h"
#include "site/search.h"
#include "site/sheet.h"

#include <string.h>

#define THEME_FOLDER "themes/default/"

/* All that workers need; const for them. */
struct edition {
    const struct site *site;
    const struct templates *templates;
    struct publication *publication;
    char *templates_key;
};

/* Two views with the same bytes give the same page, as long as the templates are the same. */
static char *
view_key(const struct edition *edition, xmlNode *view)
{
    xmlBuffer *buffer = xmlBufferCreate();
    xmlNodeDump(buffer, view->doc, view, 0, 0);
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)edition->templates_key, -1);
    g_checksum_update(checksum, xmlBufferContent(buffer), xmlBufferLength(buffer));
    char *key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    xmlBufferFree(buffer);
    return key;
}

static bool
render_page(const struct edition *edition, const struct page *page, xmlNode *view,
            unsigned *changed, GError **error)
{
    g_autofree char *key = view_key(edition, view);
    if (publication_keep(edition->publication, page->path, key))
        return true;
    g_autoptr(GString) html = templates_apply(edition->templates, view, error);
    if (html == NULL)
        return failure_prefix(error, "%s: ", page->path);
    return publication_add(edition->publication, page->path, key, html, changed, error);
}

static bool
write_page(void *data, size_t i, unsigned *changed, GError **error)
{
    const struct edition *edition = data;
    const struct page *page = &edition->site->plan->pages[i];
    *changed = 0;
    xmlNode *view = sheet_new(edition->site, page);
    bool done = render_page(edition, page, view, changed, error);
    tree_free(view);
    return done;
}

static bool
write_pages(struct edition *edition, const struct site_options *options, size_t *changed,
            GError **error)
{
    const struct plan *plan = edition->site->plan;
    for (size_t i = 0; i < plan->count; i++)
        if (!publication_expect(edition->publication, plan->pages[i].path, error))
            return false;
    const struct work work = {"Writing pages", plan->count, write_page, edition};
    return workers_run(&work, options->jobs, changed, error);
}

static bool
write_asset(const struct edition *edition, const char *name, const GString *text, size_t *changed,
            GError **error)
{
    unsigned differs = 0;
    g_autofree char *path = g_strconcat("assets/", name, NULL);
    bool done = publication_expect(edition->publication, path, error) &&
                publication_add(edition->publication, path, NO_KEY, text, &differs, error);
    *changed += differs;
    return done;
}

/* Of everything in the binary that shapes a page or an asset. */
static char *
embedded_key(void)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)DBDOC_VERSION, -1);
    for (const struct embedded *file = embedded_files; file->path != NULL; file++)
        g_checksum_update(checksum, (const guchar *)file->text, (gssize)file->length);
    char *key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    return key;
}

static bool
write_search(const struct edition *edition, size_t *changed, GError **error)
{
    g_autoptr(GPtrArray) parts = search_index(edition->site);
    for (guint i = 0; i < parts->len; i++) {
        g_autofree char *name = g_strdup_printf("search-%u.js", i + 1);
        if (!write_asset(edition, name, parts->pdata[i], changed, error))
            return false;
    }
    return true;
}

static bool
write_assets(const struct edition *edition, size_t *changed, GError **error)
{
    for (const struct embedded *file = embedded_files; file->path != NULL; file++) {
        if (!g_str_has_prefix(file->path, THEME_FOLDER))
            continue;
        g_autoptr(GString) text = g_string_new_len(file->text, (gssize)file->length);
        if (!write_asset(edition, file->path + strlen(THEME_FOLDER), text, changed, error))
            return false;
    }
    return write_search(edition, changed, error);
}

static bool
write_all(struct edition *edition, const struct site_options *options, size_t *changed,
          GError **error)
{
    struct templates *templates = templates_load(error);
    edition->templates = templates;
    bool done = templates != NULL && write_pages(edition, options, changed, error) &&
                write_assets(edition, changed, error) && interrupt_check(error);
    templates_free(templates);
    return done;
}

bool
site_build(const struct model *model, const struct findings *findings,
           const struct site_options *options, struct site_counts *counts, GError **error)
{
    g_autofree char *templates_key = embedded_key();
    g_autofree char *key = site_key(model, findings, templates_key);
    struct publication *publication = publication_begin(options->target, key, error);
    if (publication == NULL)
        return false;
    struct plan *plan = plan_new(model, findings);
    *counts = (struct site_counts){.pages = plan->count};
    bool current = publication_is_current(publication);
    const struct site site = {model, findings, plan};
    struct edition edition = {
        .site = &site, .publication = publication, .templates_key = templates_key};
    bool done = !current && write_all(&edition, options, &counts->changed, error);
    plan_free(plan);
    if (done)
        return publication_finish(publication, &counts->manner, error);
    publication_abort(publication);
    return current;
}
