/* site.c - every page of the plan rendered and published, with the theme and the search index. */
#include "site/site.h"

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/offload.h"
#include "base/reads.h"
#include "base/workers.h"
#include "site/feed.h"
#include "site/key.h"
#include "site/manifest.h"
#include "site/publish.h"
#include "site/search.h"
#include "site/sheet.h"
#include "site/skin.h"
#include "site/words.h"

#include <string.h>

/* All that workers need; const for them. */
struct edition {
    const struct site *site;
    const struct templates *templates;
    struct publication *publication;
};

/* Two views with the same bytes give the same page, as long as the templates are the same. */
static char *
view_key(const struct edition *edition, xmlNode *view)
{
    xmlBuffer *buffer = xmlBufferCreate();
    xmlNodeDump(buffer, view->doc, view, 0, 0);
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)edition->site->skin->key, -1);
    g_checksum_update(checksum, xmlBufferContent(buffer), xmlBufferLength(buffer));
    char *key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    xmlBufferFree(buffer);
    return key;
}

static void
draw(const struct edition *edition, const struct page *page, xmlNode *view)
{
    g_autoptr(GString) published = publication_read(edition->publication, page->path);
    sheet_draw(edition->site, page, view, published);
}

static bool
render_page(const struct edition *edition, const struct page *page, xmlNode *view,
            unsigned *changed, GError **error)
{
    g_autofree char *key = view_key(edition, view);
    if (publication_keep(edition->publication, page->path, key))
        return true;
    if (sheet_has_pictures(view))
        draw(edition, page, view);
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
    if (done && offload_was_refused())
        return failure_set(error, FAILURE_WRITE,
                           "%s: cannot start a process that draws. Raise the limits of this user "
                           "(ulimit), or try with fewer jobs.",
                           page->path);
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
write_asset(const struct edition *edition, const char *path, const GString *text, size_t *changed,
            GError **error)
{
    unsigned differs = 0;
    bool done = publication_expect(edition->publication, path, error) &&
                publication_add(edition->publication, path, NO_KEY, text, &differs, error);
    *changed += differs;
    return done;
}

static bool
write_search(const struct edition *edition, size_t *changed, GError **error)
{
    g_autoptr(GPtrArray) parts = search_index(edition->site);
    for (guint i = 0; i < parts->len; i++) {
        g_autofree char *name = g_strdup_printf(SKIN_ASSETS "search-%u.js", i + 1);
        if (!write_asset(edition, name, parts->pdata[i], changed, error))
            return false;
    }
    return true;
}

static bool
write_assets(const struct edition *edition, size_t *changed, GError **error)
{
    const GArray *files = edition->site->skin->files;
    for (guint i = 0; i < files->len; i++) {
        const struct skin_file *file = &g_array_index(files, struct skin_file, i);
        if (!g_str_has_prefix(file->path, SKIN_ASSETS))
            continue;
        g_autoptr(GString) text = g_string_new_len(file->text, (gssize)file->length);
        if (!write_asset(edition, file->path, text, changed, error))
            return false;
    }
    if (feed_is_there(edition->site->plan)) {
        g_autoptr(GString) feed = feed_write(edition->site);
        if (!write_asset(edition, FEED_PATH, feed, changed, error))
            return false;
    }
    return write_search(edition, changed, error);
}

static bool
write_all(struct edition *edition, const struct site_options *options, size_t *changed,
          GError **error)
{
    struct templates *templates = skin_templates(edition->site->skin, error);
    edition->templates = templates;
    bool done = templates != NULL && write_pages(edition, options, changed, error) &&
                write_assets(edition, changed, error) && interrupt_check(error);
    templates_free(templates);
    return done;
}

static bool
build(const struct site *site, const struct site_options *options, struct site_counts *counts,
      GError **error)
{
    const struct releases *releases = options->releases;
    g_autofree char *made_from = g_strdup_printf(
        "%s\n%s", options->rehearsal_key != NULL ? options->rehearsal_key : "",
        releases != NULL ? releases->key : "");
    g_autofree char *key = site_key(site->model, site->findings, made_from, site->skin->key);
    struct publication *publication = publication_begin(options->target, key, error);
    if (publication == NULL)
        return false;
    *counts = (struct site_counts){.pages = site->plan->count};
    bool current = publication_is_current(publication);
    struct edition edition = {.site = site, .publication = publication};
    if (!current && write_all(&edition, options, &counts->changed, error))
        return publication_finish(publication, &counts->manner, error);
    publication_abort(publication);
    return current;
}

bool
site_build(const struct model *model, const struct findings *findings,
           const struct site_options *options, struct site_counts *counts, GError **error)
{
    struct skin *skin = skin_read(model->config, error);
    if (skin == NULL)
        return false;
    reads_end(); /* what is read from here on is the old site */
    words_speak(model->config->language);
    struct plan *plan = plan_new(model, findings, options->rehearsal, options->runbooks,
                                 options->releases);
    const struct site site = {model, findings, plan, skin};
    bool done = build(&site, options, counts, error);
    plan_free(plan);
    skin_free(skin);
    return done;
}
