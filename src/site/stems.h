/* stems.h - addresses of pages without an object: "migrations/20260312091500_add_status_to_posts";
 * and of places within a page. Those of objects are slugs, see catalog/address.h. */
#ifndef DBDOC_SITE_STEMS_H
#define DBDOC_SITE_STEMS_H

#include "diagram/areas.h"
#include "migrations/migration.h"
#include "model/model.h"
#include "runbook/library.h"
#include "workload/workload.h"

/* New texts, to be freed with g_free. Where two could be the same, `taken` has those that are, and
 * the later one is told apart by its place, or by the path of its file. */
char *stem_of_area(const struct area *area);
char *stem_of_migration(const struct migration *migration, size_t place, GHashTable *taken);
char *stem_of_runbook(const struct runbook *runbook, size_t place, GHashTable *taken);
char *stem_of_decision(const struct decided *decided, GHashTable *taken);
char *stem_of_query(const struct query *query); /* names of queries are unique */

/* The id of an object's place on its owner's page: "column-author_id"; NULL for objects with a page
 * of their own. Free with g_free. */
char *anchor_of(const struct object *object);

#endif
