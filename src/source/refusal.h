/* refusal.h - the server refused a statement: what dbdoc can do about it. */
#ifndef DBDOC_SOURCE_REFUSAL_H
#define DBDOC_SOURCE_REFUSAL_H

#include "postgres/script.h"
#include "source/loader.h"
#include "source/treatment.h"

#include <stdbool.h>

enum remedy {
    REMEDY_NONE,  /* an error */
    REMEDY_RETRY, /* what was missing is there now */
    REMEDY_LEAVE, /* the statement is left out, and a remark says so */
    REMEDY_STOP,  /* *error says why nothing can go on */
};

/* A refused statement of foreign SQL. */
struct refusal {
    const struct place *place;
    const char *sql;
    enum treatment treatment;
    char *amended; /* what to run instead at the next attempt; NULL: the same again; g_free */
};

/* What helps against loader->refused. */
enum remedy refusal_remedy(struct loader *loader, struct refusal *refusal, GError **error);

/* Makes stand-ins for the roles that the text creates; REMEDY_RETRY when one is new. */
enum remedy refusal_supply_roles(struct loader *loader, const char *sql, GError **error);

/* Of use to everybody who runs foreign SQL: what a refused statement names that does not exist, and
 * that a stand-in can be made for. Free the name. */
bool refusal_names_missing(const struct server_error *refused, enum stand_in *what, char **name);

/* Whether an extension's files, or an extension it needs, are not there. */
bool refusal_lacks_extension(const struct server_error *refused);

/* CREATE EXTENSION as a call of the cluster's own function; g_free. */
char *refusal_extension_call(const char *sql);

#endif
