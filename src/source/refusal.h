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

#endif
