/* structure.h - a database without what is no structure: for documentation that goes to people who
 * may know how the data lies, and not whose it is, how much there is or what is in it. */
#ifndef DBDOC_STRUCTURE_H
#define DBDOC_STRUCTURE_H

#include "catalog/catalog.h"

#include <stdbool.h>

/* Goes by the flags of kinds.h: what is ACCESS or WITHHELD reads as unknown, a BODY is gone, every
 * text in quotes of LITERALS becomes '…' (but the names of objects, as in 'x'::regclass), and what
 * is ROUNDED keeps one digit. Objects stay where they are, and pointers to them good; but for
 * roles and default privileges, which go as database_narrow's objects do. */
void database_keep_structure(struct database *database);

/* Whether that was done with it, here or before its snapshot was written: snapshots say so. */
bool database_is_structure(const struct database *database);

/* Whether a text of it lacks something, so that equal ones may have been different. */
bool structure_hides(const char *sql);

/* What database_keep_structure leaves of a fact. */
enum structure_part {
    PART_WHOLE,
    PART_WITHOUT_TEXTS, /* those in quotes */
    PART_WITHOUT_BODY,
    PART_ROUNDED,
    PART_NOTHING,
};
enum structure_part structure_part_of(const struct kind *kind, const struct field *field);

/* The SQL with '…' for each text in quotes, without its comments. Free with g_free. */
char *structure_of_sql(const char *sql);

#endif
