/* treatment.h - what dbdoc does with a foreign statement, told by its first words. Most are simply
 * run: the server decides, and the login is an ordinary role. */
#ifndef DBDOC_SOURCE_TREATMENT_H
#define DBDOC_SOURCE_TREATMENT_H

#include <glib.h>
#include <stdbool.h>

enum treatment {
    TREAT_RUN,
    TREAT_TRANSACTION,       /* BEGIN, COMMIT … : run, but not within a savepoint */
    TREAT_SETTING,           /* SET: not worth an error */
    TREAT_DROP,              /* what is not there need not be dropped */
    TREAT_ABOUT,             /* COMMENT, GRANT: falls with the object that it is about */
    TREAT_EXTENSION,         /* CREATE EXTENSION */
    TREAT_EXTENSION_COMMENT, /* COMMENT ON EXTENSION */
    TREAT_SCHEMA,            /* CREATE SCHEMA: "public" is there already */
    TREAT_NOTHING,           /* owners, locks, labels, places: not documented; left out */
    TREAT_ROLE,              /* roles are known by name only */
    TREAT_DATABASE,          /* CREATE DATABASE and other things about whole databases */
    TREAT_DATABASE_COMMENT   /* COMMENT ON DATABASE: goes to the throw-away one */
};

enum treatment treatment_of(const char *sql);

/* Whether it gives something to another owner, and does nothing else. */
bool treatment_changes_owner(const char *sql);

/* Adds the name behind every "create role", "create user" and "create group" in the text, strings
 * and function bodies included, to `names` (char *). */
void treatment_find_roles(const char *sql, GPtrArray *names);

/* CREATE EXTENSION in parts; absent ones are NULL. */
struct extension_request {
    char *name;
    char *schema;
    char *version;
    gboolean cascade;
};
void extension_request_read(const char *sql, struct extension_request *request);
void extension_request_clear(struct extension_request *request);

/* COMMENT ON DATABASE x IS …, with another name. */
char *database_comment_rename(const char *sql, const char *name);

/* The statement without this keyword, wherever it stands outside strings. */
char *treatment_drop_word(const char *sql, const char *keyword);

#endif
