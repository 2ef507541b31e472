/* access.h - what a role may do with an object when all is taken together: its own grants, those
 * of the roles whose rights it has, PUBLIC's, what an owner may do, superusers, and the predefined
 * roles that read or write everything. The answer is that of has_table_privilege() and its sisters.
 * Pure. */
#ifndef DBDOC_ACCESS_H
#define DBDOC_ACCESS_H

#include "catalog/acl.h"

#include <glib.h>

struct access;

/* Whether the role that read the catalog saw all that this takes. */
bool access_is_seen(const struct catalog *catalog);

struct access *access_new(const struct database *database);
void access_free(struct access *access);

/* A set of privileges (acl.h). Of a column: what the table and the column give. A role that the
 * catalog does not know may do what PUBLIC may. */
unsigned access_privileges(const struct access *access, const char *role,
                           const struct object *object);

/* All that there is to do with an object of the kind. */
unsigned access_everything(const struct access *access, const struct kind *kind);

/* May do everything, whatever was granted. */
bool access_is_superuser(const struct access *access, const char *role);

/* How a role comes to its rights, one struct access_way each in the order of the grants; those of
 * superusers, and those that a column has from its table, are not among them. Free with
 * g_array_unref. */
struct access_way {
    enum grantee grantee;
    const char *role; /* which the rights were granted to, or the owner; NULL for PUBLIC */
    unsigned privileges;
    unsigned grantable;
};
GArray *access_ways(const struct access *access, const char *role, const struct object *object);

/* Whether it has the rights of the other one, as a member or because it is the same. */
bool access_has_rights_of(const struct access *access, const char *role, const char *other);

/* The shortest way from member to member on which a role has the rights of another: the roles after
 * the first, NULL-terminated; NULL when it has not. Free with g_free. */
const char **access_chain(const struct access *access, const char *role, const char *other);

/* The roles that it may become with SET ROLE and whose rights it has not before, nearest first.
 * Free with g_ptr_array_unref. */
GPtrArray *access_becomes(const struct access *access, const char *role);

#endif
