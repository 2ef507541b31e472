/* known.h - which facts a catalog tells. What is absent is "none" only where it was asked for:
 * files of an older format and servers that do not tell leave facts out, and catalog.unknown names
 * these as "kind.fact". */
#ifndef DBDOC_CATALOG_KNOWN_H
#define DBDOC_CATALOG_KNOWN_H

#include "catalog/catalog.h"

#include <stdbool.h>

/* Whether the object's catalog tells that fact of such objects; true for observations. */
bool fact_is_known(const struct object *object, const struct field *field);

/* The same by name, of the catalog as a whole: (&kind_table, "rules"). */
bool catalog_tells(const struct catalog *catalog, const struct kind *kind, const char *fact);

/* From now on it is not known; lost: since the role that reads may not see it. */
void catalog_forget(struct database *database, const struct kind *kind, const char *fact);
void catalog_lose(struct database *database, const struct kind *kind, const char *fact);

/* Whether that role sees the fact. */
bool catalog_sees(const struct catalog *catalog, const struct kind *kind, const char *fact);

/* "not visible to ROLE", for facts of catalog.unseen. Free with g_free. */
char *unseen_words(const struct catalog *catalog);

/* "comment, definition": those facts of the kind, or of all (NULL). NULL: none. Free with g_free.
 */
char *unseen_facts(const struct catalog *catalog, const struct kind *kind);

/* Definitions that must be there, as comments in SQL that say so, where they are not visible. */
void catalog_fill_unseen(struct database *database);

/* Facts that a file of format 1.`minor` cannot hold. */
bool field_is_newer(const struct field *field, unsigned minor);
void catalog_forget_newer(struct database *database, unsigned minor);

/* Facts that only a superuser can bring about, and nobody brought into a throw-away cluster. */
void catalog_forget_superuser(struct database *database);

#endif
