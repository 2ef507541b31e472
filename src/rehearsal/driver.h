/* driver.h - one direction of one migration that a command of the user's runs: what it sent is told
 * from outside. What is not seen that way is marked so. */
#ifndef DBDOC_REHEARSAL_DRIVER_H
#define DBDOC_REHEARSAL_DRIVER_H

#include "rehearsal/run.h"

#include <glib.h>
#include <stdbool.h>

/* As run_direction. */
bool driver_run(const struct stage *stage, const char *database, const struct migration *migration,
                const struct migration_command *command, struct run_evidence *evidence,
                GError **error);

/* Makes the database fit for commands, and lets one that only asks show that it goes there: it is
 * FAILURE_USAGE when nothing of it arrives. */
bool driver_begin(const struct stage *stage, const char *database,
                  const struct migration_command *probe, GError **error);

#endif
