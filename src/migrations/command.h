/* command.h - migrations of a tool that dbdoc does not read: their files give the versions, and
 * commands of the user's run them. */
#ifndef DBDOC_MIGRATIONS_COMMAND_H
#define DBDOC_MIGRATIONS_COMMAND_H

#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

/* Commands in words, the first of which is the program; none: there is no such command. In a word,
 * {version}, {previous}, {name} and {file} stand for those of the migration. */
struct commands {
    struct names up;
    struct names down;
    struct names probe;
    const char *base; /* what {previous} is for the first migration */
    struct names own; /* the tool's own tables */
};

/* The migrations of a folder below a root, in which the commands run. A file whose name begins with
 * digits is a migration with these as its version; where no file's does, each is one, and its name
 * up to the first dot is its version. FAILURE_USAGE when there is none. */
bool commands_read(struct arena *arena, const char *root, const char *folder,
                   const struct commands *commands, struct migrations *migrations, GError **error);

/* Whether any line is run by commands. */
bool migrations_need_commands(const struct migrations *all);

#endif
