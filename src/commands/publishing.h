/* publishing.h - the one place that decides what may go out: a subject, or databases that are
 * compared, as far as dbdoc.yml's "publish" or --publish lets them. */
#ifndef DBDOC_PUBLISHING_H
#define DBDOC_PUBLISHING_H

#include "commands/subject.h"

#include <stddef.h>

/* With "publish: structure" the subject has a narrower model from then on. */
enum audience {
    AUDIENCE_STRANGERS, /* of pages and exports: no migrations, queries or code either */
    AUDIENCE_TEAM,      /* of reports: who reads them reads the repository, too */
};
void publishing_narrow(struct subject *subject, enum audience audience);

/* Narrows, and gives the findings for pages, which know no day; free with findings_free. With the
 * structure alone they are those that can be said with what is left and are true of the whole. */
struct findings *publishing_pages(struct subject *subject);

/* Narrows, and leaves such findings in subject->findings, as of today. How many of the whole are
 * not among them. */
size_t publishing_report(struct subject *subject, const char *today);

/* A snapshot that was written of the structure alone has no more to publish. */
void publishing_follow(struct config *config, const struct database *database);

/* Two databases that are compared, or the same one twice. */
void publishing_narrow_two(const struct config *config, struct database *before,
                           struct database *after);

/* Says that so much of the whole is not told, and how it would be. */
void publishing_say(const struct config *config, size_t withheld, const char *what);

#endif
