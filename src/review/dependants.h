/* dependants.h - what relies on an object, as the catalog shows it. */
#ifndef DBDOC_REVIEW_DEPENDANTS_H
#define DBDOC_REVIEW_DEPENDANTS_H

#include "review/brief.h"

/* In a few words; NULL when the catalog shows nothing. */
const char *dependants_words(const struct brief *brief, const struct object *object);

#endif
