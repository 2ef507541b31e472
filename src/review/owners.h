/* owners.h - who answers for a table: notes say it, CODEOWNERS, or else git. */
#ifndef DBDOC_REVIEW_OWNERS_H
#define DBDOC_REVIEW_OWNERS_H

#include "review/brief.h"

struct ownership {
    const char *name; /* NULL: nobody is named */
    const char *why;  /* where that is written */
};

/* `object` is of either side. */
struct ownership owner_of(const struct brief *brief, const struct object *object);

#endif
