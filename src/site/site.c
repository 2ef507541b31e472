/* site.c - every page of the plan rendered and published, with the theme and the search index. */
#include "site/site.h"

#include "base/embedded.h"
#include "base/failure.h"
#include "base/interrupt.h"
#include "base/workers.h"
#include "markup/template.h"
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
};

static bool
write_page(void *data, size_t i, unsigned *changed, GError **error)
{
    const struct edition *edition = data;
    const struct page *page = &edition->site->plan->pages[i];
    xmlNode *sheet = sheet_new(edition->site, page);
    g_autoptr(GString) html = templates_apply(edition->templates, sheet, error);
    tree_free(sheet);
    if (html == NULL)
        return failure_prefix(error, "%s: ", page->path);
    return publication_add(edition->publication, page->path, html, changed, error);
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
                publication_add(edition->publication, path, text, &differs, error);
    *changed += differs;
    return done;
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
    g_autoptr(GString) index = search_index(edition->site);
    return write_asset(edition, "search-index.js", index, changed, error);
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
    struct publication *publication = publication_begin(options->target, error);
    if (publication == NULL)
        return false;
    struct plan *plan = plan_new(model, findings);
    const struct site site = {model, findings, plan};
    struct edition edition = {.site = &site, .publication = publication};
    *counts = (struct site_counts){.pages = plan->count};
    bool done = write_all(&edition, options, &counts->changed, error);
    plan_free(plan);
    if (done)
        return publication_finish(publication, error);
    publication_abort(publication);
    return false;
}
