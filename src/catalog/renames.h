/* renames.h - removals and additions that are one object under another name. A second, pure pass
 * over the differences of two catalogs: nobody has to know it who asks only whether they are equal.
 */
#ifndef DBDOC_RENAMES_H
#define DBDOC_RENAMES_H

#include "catalog/compare.h"

#include <glib.h>
#include <stddef.h>

/* A rename that somebody stated, as a migration does. Paths may lack the schema, as in SQL: then
 * they mean the object in any. */
struct rename {
    const char *word; /* "table", "column", … */
    const char *before;
    const char *after;
};

/* Replaces each removal and addition that belong together by one CHANGE_RENAMED (old_text and
 * new_text are the paths), followed by what else differs between the two. They belong together when
 * it was stated, in the order of `stated` (NULL: nothing was), or when both have the same structure
 * and no third object among the removed and added has it; columns must stand at the same place too.
 * Labels of an enum type: when one alone was replaced, at its place. Facts that differ by such
 * names alone are not listed any more. */
void changes_join_renames(GPtrArray *changes, const struct rename *stated, size_t count);

/* Each object with another name, to the one it was before. Free with g_hash_table_unref. */
GHashTable *changes_find_renamed(const GPtrArray *changes);

#endif
