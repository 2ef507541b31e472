/* definition.h - objects of a catalog as the SQL that makes them. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_DEFINITION_H
#define DBDOC_RUNBOOK_DEFINITION_H

#include "catalog/catalog.h"

#include <glib.h>

/* As SQL writes it: qualified, or alone for parts of a table; free with g_free. */
char *definition_name(const struct object *object);

/* What COMMENT ON names: "COLUMN blog.posts.title"; NULL: dbdoc does not know how. */
char *definition_subject(const struct object *object);

/* Appends the statements (char *) that make it, without its comment and, but for columns and
 * what a domain checks, without its parts; none when dbdoc does not know how. */
void definition_statements(const struct object *object, GPtrArray *statements);

/* What follows CREATE SEQUENCE or ALTER SEQUENCE and the name; free with g_free. */
char *definition_of_sequence(const struct sequence *sequence);

#endif
