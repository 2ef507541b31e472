/* compare.h - what differs between two catalogs, over all kinds alike.
 * SQL texts are compared after sql_fold; facts that one side cannot know (an older server) are not
 * compared; order among siblings is a difference of its own. */
#ifndef DBDOC_COMPARE_H
#define DBDOC_COMPARE_H

#include "catalog/catalog.h"

#include <glib.h>

/* RENAMED comes from changes_join_renames alone (renames.h). */
struct alike;

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_MOVED, CHANGE_RENAMED };

struct change {
    enum change_kind kind;
    const struct object *before; /* NULL when added */
    const struct object *after;  /* NULL when removed */
    const struct field
        *field;     /* changed: the fact; moved: the list whose order differs; renamed: the
                       list of names in which one was replaced, NULL for the object */
    char *old_text; /* changed, moved and renamed: as shown to people; NULL for none */
    char *new_text;
    char *words; /* what that means, instead of both: "app gains SELECT"; NULL for most */
    const struct alike *alike; /* in which schemas it is; NULL: in its own (changes_join_schemas) */
};

/* All differences in the catalog's order, as struct change *; empty when there is none. What lies
 * within an added or removed object is not listed again. Free with g_ptr_array_unref. */
GPtrArray *catalog_compare(const struct catalog *before, const struct catalog *after);

/* The same for two objects of a kind, whatever they are called; what lies within them is told apart
 * by its own name. */
GPtrArray *objects_compare(const struct object *before, const struct object *after);

/* What changes, as it is after it, or else as it was; and as it was, or else as it is. */
const struct object *change_object(const struct change *change);
const struct object *change_origin(const struct change *change);

/* For who takes one out of its list. */
void change_free(void *data);

/* How people see a fact: its text, "yes", "no", names joined with ", ", grants with "; "; NULL when
 * absent. */
char *field_display(const struct field *field, const void *object);

/* The one form to which PostgreSQL's deparsed SQL is brought before two texts are compared. After
 * one dump and restore (ARRAY['a'::character varying])::text[]  prints as  ARRAY[('a'::character
 * varying)::text]
 *   ((a OR b) OR c)                          prints as  (a OR b OR c)
 * so casts of array constructors are pushed down to their elements, brackets within chains of OR
 * and of AND are left out, and spaces are single. Equal folded texts mean the same; NULL gives
 * NULL. */
char *sql_fold(const char *sql);

#endif
