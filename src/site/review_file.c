/* review_file.c - the page of a review is in no site. */
#include "site/review_file.h"

#include "site/one_file.h"
#include "site/pages.h"
#include "site/skin.h"
#include "site/words.h"

static const struct page_kind kind = {"review", NULL, fill_review, NULL};

GString *
review_file(const struct review *review, GError **error)
{
    static const char *const styles[] = {SKIN_ASSETS "dbdoc.css", SKIN_ONE_FILE "review.css", NULL};
    const struct config *config = review->after->config;
    struct skin *skin = skin_read(config, error);
    if (skin == NULL)
        return NULL;
    words_speak(config->language);
    struct plan *plan = plan_new(review->after, review->after_findings, review->rehearsal,
                                 review->runbooks, NULL);
    const struct site site = {review->after, review->after_findings, plan, skin};
    const struct page page = {.kind = &kind, .review = review, .parts = 1};
    GString *html = one_file(&site, &page, styles, error);
    plan_free(plan);
    skin_free(skin);
    return html;
}
