/* runbook_file.c - the page of a site with a single runbook, taken out of it. */
#include "site/runbook_file.h"

#include "checks/checks.h"
#include "site/one_file.h"
#include "site/skin.h"
#include "site/words.h"

static const struct page *
page_of(const struct plan *plan, const struct runbook *runbook)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->pages[i].runbook == runbook)
            return &plan->pages[i];
    g_assert_not_reached();
}

GString *
runbook_file(const struct model *model, const struct runbook *runbook, GError **error)
{
    static const char *const styles[] = {SKIN_ASSETS "dbdoc.css", NULL};
    struct skin *skin = skin_read(model->config, error);
    if (skin == NULL)
        return NULL;
    words_speak(model->config->language);
    const struct runbooks runbooks = {1, &runbook};
    struct findings *findings = findings_new(model, NULL, NULL);
    struct plan *plan = plan_new(model, findings, NULL, &runbooks, NULL);
    const struct site site = {model, findings, plan, skin};
    GString *html = one_file(&site, page_of(plan, runbook), styles, error);
    plan_free(plan);
    findings_free(findings);
    skin_free(skin);
    return html;
}
