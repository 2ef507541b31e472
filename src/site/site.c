/* site.c - every page of the plan rendered and published, with the theme and the search index. */
#include "site/site.h"

#include "base/embedded.h"
#include "base/failure.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "markup/template.h"
#include "site/publish.h"
#include "site/search.h"
#include "site/sheet.h"

#include <string.h>

#define THEME_FOLDER "themes/default/"

static bool
add_page(struct publication *publication, const struct templates *templates,
         const struct site *site, const struct page *page, GError **error)
{
    xmlNode *sheet = sheet_new(site, page);
    GString *html = templates_apply(templates, sheet, error);
    tree_free(sheet);
    if (html == NULL)
        return failure_prefix(error, "%s: ", page->path);
    bool done = publication_add(publication, page->path, html->str, html->len, error);
    g_string_free(html, TRUE);
    return done;
}

static bool
add_pages(struct publication *publication, const struct site *site, GError **error)
{
    struct templates *templates = templates_load(error);
    if (templates == NULL)
        return false;
    bool done = true;
    for (size_t i = 0; done && i < site->plan->count; i++) {
        progress_count("Writing pages", i + 1, site->plan->count);
        done = interrupt_check(error) &&
               add_page(publication, templates, site, &site->plan->pages[i], error);
    }
    templates_free(templates);
    return done;
}

static bool
add_theme(struct publication *publication, GError **error)
{
    for (const struct embedded *file = embedded_files; file->path != NULL; file++) {
        if (!g_str_has_prefix(file->path, THEME_FOLDER))
            continue;
        g_autofree char *path = g_strconcat("assets/", file->path + strlen(THEME_FOLDER), NULL);
        if (!publication_add(publication, path, file->text, file->length, error))
            return false;
    }
    return true;
}

static bool
add_search(struct publication *publication, const struct site *site, GError **error)
{
    GString *index = search_index(site);
    bool done = publication_add(publication, "assets/search-index.js", index->str, index->len,
                                error);
    g_string_free(index, TRUE);
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
    bool done = add_pages(publication, &site, error) && add_theme(publication, error) &&
                add_search(publication, &site, error) && interrupt_check(error);
    *counts = (struct site_counts){plan->count, publication_changed(publication)};
    plan_free(plan);
    if (!done) {
        publication_abort(publication);
        return false;
    }
    return publication_finish(publication, error);
}
