/* remarks.h - what loading left out or made up, collected for people: each line names file and
 * line. */
#ifndef DBDOC_SOURCE_REMARKS_H
#define DBDOC_SOURCE_REMARKS_H

#include <glib.h>
#include <stdbool.h>

struct place {
    const char *file;
    unsigned line;
};

/* Why a statement or command was left out. */
enum reason {
    REASON_ERROR,     /* it failed, and --keep-going was given */
    REASON_SUPERUSER, /* only a superuser may */
    REASON_LEAKPROOF, /* loaded without LEAKPROOF, which only a superuser may say */
    REASON_OPAQUE,    /* a migration's step that cannot be read */
    REASON_HISTORY,   /* a row of the migration tool's own table */
    REASON_COMMAND,   /* a psql command that would reach the outside */
    REASON_COPY,      /* \\copy from a file */
    REASON_EXTENSION, /* not installed on this machine */
    REASON_LANGUAGE,  /* likewise */
    REASON_ABOUT,     /* about an object that was left out */
    REASON_SETTING,   /* SET of something that this server does not know or allow */
    REASON_DROP,      /* DROP of what is not there */
    REASON_ROLE,      /* roles, memberships, passwords */
    REASON_DATABASE,  /* the database as a whole, or others */
    REASON_COUNT
};

struct remarks;

struct remarks *remarks_new(void);
void remarks_free(struct remarks *remarks);

/* `statement` is shortened and cleaned here; `words` (the server's, or NULL) go behind it. */
void remarks_add(struct remarks *remarks, enum reason reason, const struct place *place,
                 const char *statement, const char *words);

/* Whether objects may be missing: statements failed, or lacked a superuser, an extension, a
 * language. */
bool remarks_tell_of_objects(const struct remarks *remarks);

/* A name that foreign SQL uses and that dbdoc made up, as "role" or "tablespace". */
void remarks_add_stand_in(struct remarks *remarks, const char *what, const char *name);

/* Appends everything as sentences (char *) to `warnings`. */
void remarks_finish(const struct remarks *remarks, GPtrArray *warnings);

/* The statement in one line of at most 80 characters, safe to print. Free with g_free. */
char *statement_excerpt(const char *statement);

#endif
