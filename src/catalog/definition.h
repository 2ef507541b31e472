/* definition.h - what an object is, as lines that people read and that can be kept: a note was
 * written for these. Without its name, its comment, and what has pages of its own. */
#ifndef DBDOC_CATALOG_DEFINITION_H
#define DBDOC_CATALOG_DEFINITION_H

#include "catalog/catalog.h"

/* Lines joined with newlines; "" where there is nothing to hold a note against (a schema). New
 * memory. */
char *object_definition(const void *object);

/* Whether two such texts mean the same, in whatever way a server prints them. */
bool definitions_equal(const char *a, const char *b);

#endif
