/* deliver.h - findings in the form that the options name, to where they say. */
#ifndef DBDOC_DELIVER_H
#define DBDOC_DELIVER_H

#include "checks/checks.h"
#include "commands/options.h"
#include "config/config.h"
#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

/* To options->output, else to standard output. Places are those in the git repository around the
 * configuration and the migrations (NULL: none are known). FAILURE_WRITE. */
bool findings_deliver(const struct options *options, const struct findings *findings,
                      const struct config *config, const struct migrations *migrations,
                      GError **error);

#endif
