/* publishing.h - a subject as far as dbdoc.yml's "publish" lets it go out. */
#ifndef DBDOC_PUBLISHING_H
#define DBDOC_PUBLISHING_H

#include "commands/subject.h"

/* The findings for pages, which know no day; free with findings_free. With "publish: structure" the
 * subject has a narrower model from then on, and no migrations, queries or code; the findings are
 * those that can be said with what is left and are true of the whole. */
struct findings *publishing_narrow(struct subject *subject);

#endif
