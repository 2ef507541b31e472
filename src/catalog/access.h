/* access.h - what a role may do with an object when all is taken together: its own grants, those
 * of the roles whose rights it has, PUBLIC's, what an owner may do, superusers, and the predefined
 * roles that read or write everything. The answer is that of has_table_privilege() and its sisters.
 * Pure. */
#ifndef DBDOC_ACCESS_H
#define DBDOC_ACCESS_H

#include "catalog/acl.h"

struct access;

struct access *access_new(const struct database *database);
void access_free(struct access *access);

/* A set of privileges (acl.h). Of a column: what the table and the column give. A role that the
 * catalog does not know may do what PUBLIC may. */
unsigned access_privileges(const struct access *access, const char *role,
                           const struct object *object);

/* Whether it has the rights of the other one, as a member or because it is the same. */
bool access_has_rights_of(const struct access *access, const char *role, const char *other);

#endif
