/* program.h - lets a program that is not dbdoc's work on a database of the throw-away cluster, and
 * tells what it did there from outside: by the server's log and dbdoc's event triggers.
 *
 * The program is the user's own, and runs as the user does. It gets no environment but what it
 * needs to find its files, and where the throw-away database is. */
#ifndef DBDOC_CLUSTER_PROGRAM_H
#define DBDOC_CLUSTER_PROGRAM_H

#include "base/arena.h"
#include "cluster/cluster.h"

#include <glib.h>
#include <stdbool.h>

struct program {
    const char *const *argv; /* NULL-terminated */
    const char *folder;      /* in which it runs */
    struct names own;        /* tables that are its own, as names or SCHEMA.NAME: of no interest */
};

enum program_end {
    PROGRAM_DONE,
    PROGRAM_FAILED,  /* `words` say how, and what it said last */
    PROGRAM_STOPPED, /* time or disk were used up; `words` say which */
};

struct program_run {
    enum program_end end;
    char *words;
    GPtrArray *entries; /* struct log_entry *, of the database (log.h) */
};

/* Makes the database, and its copies, fit for programs. The server is dbdoc's own. */
bool program_equip(struct cluster *cluster, const char *database, GError **error);

/* What goes wrong in the program is in *run, which is to be cleared; false only when dbdoc cannot
 * go on. No session of dbdoc's own may be with the database. */
bool program_run(struct cluster *cluster, const char *database, const struct program *program,
                 struct program_run *run, GError **error);
void program_run_clear(struct program_run *run);

/* Whether it sent anything to the database. */
bool program_arrived(const struct program_run *run);

#endif
