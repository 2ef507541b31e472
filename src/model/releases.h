/* releases.h - the structure of earlier releases, as one snapshot each, beside the database that is
 * documented: what changed from one to the next, and since when an object is there. */
#ifndef DBDOC_MODEL_RELEASES_H
#define DBDOC_MODEL_RELEASES_H

#include "catalog/catalog.h"

#include <glib.h>
#include <stddef.h>

struct release {
    char *name;   /* "1.4.0" */
    char *moment; /* of its tag in git, as RFC 3339 writes it; NULL: it has none */
    struct database *database;
    GPtrArray *changes;  /* struct change: from the release before it; NULL for the first */
    GHashTable *renamed; /* object → the one it was before, of those changes */
};

struct releases {
    GPtrArray *items;      /* struct release *, oldest first */
    GPtrArray *unreleased; /* struct change: from the newest to what is documented */
    GHashTable *unreleased_renamed;
    char *key; /* stands for all of it */
};

/* Free with releases_free. */
struct releases *releases_new(void);

/* Takes the database. `text` is the snapshot it was read from. */
void releases_add(struct releases *releases, const char *name, const char *moment,
                  struct database *database, const GString *text);

/* When all are there: orders them and compares each with the next. */
void releases_finish(struct releases *releases, const struct database *documented);
void releases_free(struct releases *releases);

/* As people count releases: 1.9 before 1.10, 2.0-rc1 before 2.0, "v" aside. */
int release_compare_names(const char *a, const char *b);

/* The first of the releases that have had the object without a gap until today, under this name or
 * one that it was renamed from. NULL: none has it. */
const struct release *releases_since(const struct releases *releases, const struct object *object);

#endif
