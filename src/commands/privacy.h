/* privacy.h - "--explain-privacy": what a command would send to a server, and what becomes of the
 * answers. */
#ifndef DBDOC_PRIVACY_H
#define DBDOC_PRIVACY_H

#include "commands/command.h"

#include <glib.h>
#include <stdbool.h>

/* Prints it, and sends nothing. */
bool privacy_explain(const struct command *command, const struct invocation *invocation,
                     GError **error);

#endif
