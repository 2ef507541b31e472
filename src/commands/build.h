/* build.h - where "dbdoc build" puts a site, for who wants to show it. */
#ifndef DBDOC_BUILD_H
#define DBDOC_BUILD_H

#include "commands/command.h"

/* The folder, as options and configuration say; NULL with FAILURE_USAGE when the configuration
 * cannot be read. g_free. */
char *build_target(const struct invocation *invocation, GError **error);

#endif
