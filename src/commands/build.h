/* build.h - where "dbdoc build" puts a site, for who wants to show it. */
#ifndef DBDOC_BUILD_H
#define DBDOC_BUILD_H

#include "commands/command.h"
#include "commands/subject.h"
#include "site/site.h"

/* The folder, as options and configuration say; NULL with FAILURE_USAGE when the configuration
 * cannot be read. g_free. */
char *build_target(const struct invocation *invocation, GError **error);

/* The site of a subject that was read and narrowed (publishing.h), with these findings. */
bool build_publish(const struct invocation *invocation, const struct subject *subject,
                   const struct findings *findings, struct site_counts *counts, GError **error);

/* What takes the place of a whole folder may not take that of one that holds what it is made from.
 */
bool build_check_target(const char *target, const struct config *config, GError **error);

#endif
