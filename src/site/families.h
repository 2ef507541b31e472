/* families.h - kinds that few databases have: each family shares one page, however many objects
 * there are. */
#ifndef DBDOC_SITE_FAMILIES_H
#define DBDOC_SITE_FAMILIES_H

#include "catalog/catalog.h"
#include "site/plan.h"

#include <stddef.h>

struct family {
    struct page_kind kind; /* its name is also that of the page's file and of its icon */
    const char *title;
    const char *note;            /* what such objects are for */
    const struct kind *kinds[7]; /* in the order of the page; ends with NULL */
};

extern const struct family families[]; /* ends with a row without title */

const struct family *family_of(const struct kind *kind); /* NULL: of none */

/* The catalog's list of such objects. */
const struct field *family_field(const struct kind *kind);

/* What people see of its name: casts are called "(shop.tiny AS integer)", without quotes around it.
 * Free with g_free. */
char *family_name(const struct object *object);

size_t family_count(const struct family *family, const struct catalog *catalog);

/* The row of an object on the page of its family, from 0. */
size_t family_row(const struct catalog *catalog, const struct object *object);

#endif
