/* choice.h - what a SOURCE argument is, before anything of it is loaded. */
#ifndef DBDOC_SOURCE_CHOICE_H
#define DBDOC_SOURCE_CHOICE_H

#include "migrations/migration.h"
#include "source/revision.h"
#include "source/source.h"

#include <glib.h>
#include <stdbool.h>

enum source_form { SOURCE_LIVE, SOURCE_SNAPSHOT, SOURCE_ANSWERS, SOURCE_SQL, SOURCE_MIGRATIONS };

struct choice {
    enum source_form form;
    char *taken;               /* for people */
    struct target *target;     /* LIVE */
    char *root;                /* folder that holds the files */
    char *prefix;              /* the same as messages show it; "" when it is the repository */
    GPtrArray *files;          /* SQL: char *, below the root, in order; SNAPSHOT: one */
    int descriptor;            /* SQL: of a single file; -1 for a folder */
    struct revision *revision; /* whose files they are; NULL: those of this moment */
    struct arena *arena; /* of the migrations and the revision's configuration; NULL: neither */
    struct migrations migrations;
    char *database; /* what a database without a name is called */
};

/* Fills the choice. What a folder holds but is not read is told in `warnings`. FAILURE_USAGE. */
bool choice_make(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
                 GError **error);
void choice_clear(struct choice *choice);

#endif
