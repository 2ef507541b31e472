/* acl.h - who was granted what on one object, as the catalog keeps it: one text a grantee, like
 *   app: SELECT, INSERT WITH GRANT OPTION
 * Names are quoted as in paths; PUBLIC and OWNER in capitals are no names. What an owner may do
 * by default is left out: OWNER stands there only where some of it was revoked, with what is left.
 * See PostgreSQL's documentation, "Privileges". Pure. */
#ifndef DBDOC_ACL_H
#define DBDOC_ACL_H

#include "base/arena.h"
#include "catalog/catalog.h"

#include <glib.h>
#include <stdbool.h>

/* The letters of PostgreSQL's aclitem, in the order in which they are written here. */
#define PRIVILEGES(P)                                                                              \
    P(PRIVILEGE_SELECT, 'r', "SELECT")                                                             \
    P(PRIVILEGE_INSERT, 'a', "INSERT")                                                             \
    P(PRIVILEGE_UPDATE, 'w', "UPDATE")                                                             \
    P(PRIVILEGE_DELETE, 'd', "DELETE")                                                             \
    P(PRIVILEGE_TRUNCATE, 'D', "TRUNCATE")                                                         \
    P(PRIVILEGE_REFERENCES, 'x', "REFERENCES")                                                     \
    P(PRIVILEGE_TRIGGER, 't', "TRIGGER")                                                           \
    P(PRIVILEGE_MAINTAIN, 'm', "MAINTAIN")                                                         \
    P(PRIVILEGE_USAGE, 'U', "USAGE")                                                               \
    P(PRIVILEGE_CREATE, 'C', "CREATE")                                                             \
    P(PRIVILEGE_EXECUTE, 'X', "EXECUTE")                                                           \
    P(PRIVILEGE_CONNECT, 'c', "CONNECT")                                                           \
    P(PRIVILEGE_TEMPORARY, 'T', "TEMPORARY")

#define PRIVILEGE_CONSTANT(constant, letter, word) constant,
enum privilege { PRIVILEGES(PRIVILEGE_CONSTANT) PRIVILEGE_COUNT };

const char *privilege_word(enum privilege privilege);

/* Sets have the bit 1 << privilege. */
enum grantee { GRANTEE_ROLE, GRANTEE_PUBLIC, GRANTEE_OWNER };
struct acl_entry {
    enum grantee grantee;
    char *role; /* GRANTEE_ROLE */
    unsigned privileges;
    unsigned grantable;
};
void acl_entry_clear(struct acl_entry *entry);

/* Reads one text of the catalog; false when it is none. */
bool acl_entry_read(const char *text, struct acl_entry *entry);

/* The same for texts joined with "; ", as struct acl_entry; what is none is left out. Free with
 * g_array_unref. */
GArray *acl_entries_read(const char *texts);

/* "SELECT, INSERT WITH GRANT OPTION"; "nothing" for an empty set. Free with g_free. */
char *privileges_text(unsigned set, unsigned grantable);

/* All that an owner may do with an object of the kind; 0 for kinds that know no owner. */
unsigned acl_owner_privileges(const struct kind *kind, int64_t major);

/* Whether they are those of an object on which nothing was ever granted or revoked. */
bool acl_is_default(const struct kind *kind, const struct names *grants);

/* "app gains SELECT, INSERT; everybody loses UPDATE": what became of the grants on an object of the
 * kind, or what there is on a new one beside the default (`before` NULL); NULL when nobody gains or
 * loses anything. Free with g_free. */
char *acl_difference(const struct kind *kind, int64_t major, const struct names *before,
                     const struct names *after);

/* Makes the catalog's texts of the server's (aclitem), whose owner has that name. `whole` is what
 * the owner has by default; where it is 0, nothing is said about the owner. The login, if not NULL,
 * is called "the migrating role". */
#define MIGRATING_ROLE "the migrating role"
struct acl_reading {
    const char *owner;
    const char *login;
    unsigned whole;
};
void acl_settle(struct arena *arena, const struct acl_reading *reading, struct names *grants);

#endif
