/* census.h - what each schema holds, put together once, because every page's navigation shows some
 * of it. */
#ifndef DBDOC_SITE_CENSUS_H
#define DBDOC_SITE_CENSUS_H

#include "checks/checks.h"
#include "diagram/areas.h"
#include "model/model.h"

#include <glib.h>
#include <stddef.h>

/* What a schema's page lists, in the order in which it does. */
enum holding {
    HOLDS_TABLES,
    HOLDS_VIEWS,
    HOLDS_FUNCTIONS,
    HOLDS_TYPES,
    HOLDS_SEQUENCES,
    HOLDS_LIBRARIES, /* of any kind, but of a library (model/library.h) */
    HOLDINGS
};

struct query;

struct census_schema {
    GPtrArray *objects[HOLDINGS]; /* const struct object *, by name; no partitions */
};

/* Something that people look up by its name; columns are found on their tables. */
struct census_name {
    const struct object *object; /* NULL: one of the others */
    const struct query *query;
    const struct area *area;
    char *key; /* the name in lower case, for the order and the letter */
};

struct census {
    const struct model *model;
    GHashTable *schemas;  /* name → struct census_schema */
    GHashTable *findings; /* slug → count */
    size_t open_findings; /* not accepted */
    bool roles;           /* are shown */
    size_t indexes;       /* without those of partitions and libraries */
    GArray *names;        /* struct census_name, from A to Z */
};

struct access;

/* `access` NULL: roles are not shown. */
struct census *census_new(const struct model *model, const struct findings *findings,
                          const struct areas *areas, const struct access *access);
void census_free(struct census *census);

/* Never NULL for a schema of the catalog. */
const struct census_schema *census_schema(const struct census *census, const char *name);

/* How many objects the schema's page lists. */
size_t census_rows(const struct census_schema *schema);

/* The row of an object on its schema's page, from 0. */
size_t census_row(const struct census_schema *schema, const struct object *object);

/* With accepted and past ones. */
size_t census_findings(const struct census *census, const char *slug);

/* Partitions and their indexes are shown with what they are a part of. */
bool census_is_folded(const struct object *object);

#endif
