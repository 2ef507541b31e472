/* sight.h - what of the server's own catalog the role may not read, and statements without it.
 * Roles may read nearly all of it, until somebody takes rights away. What is left out of a
 * statement is a fact that is not known; nothing else changes. */
#ifndef DBDOC_INTROSPECT_SIGHT_H
#define DBDOC_INTROSPECT_SIGHT_H

#include <glib.h>
#include <stdbool.h>

struct sight;

struct sight *sight_new(void); /* everything is visible */
void sight_free(struct sight *sight);

/* "pg_proc", "pg_proc.prosrc" or "pg_get_viewdef()" of pg_catalog is not to be used. */
void sight_hide(struct sight *sight, const char *name);
bool sight_hides(const struct sight *sight, const char *name);
bool sight_is_whole(const struct sight *sight);

/* The statement of a .sql file without what is hidden: in its main SELECT, such columns are NULL,
 * and such LEFT JOINs are gone. `lost` gets the names of these columns. NULL when it cannot do
 * without. Free with g_free. */
char *sight_narrow(const struct sight *sight, const char *sql, GPtrArray *lost);

#endif
