/* scope.h - what dbdoc.yml says about which objects are documented, applied to a database. */
#ifndef DBDOC_SCOPE_H
#define DBDOC_SCOPE_H

#include "catalog/catalog.h"
#include "config/config.h"

/* Warns of patterns that match nothing, then takes out what include and exclude do not want. */
void scope_apply(const struct config *config, struct database *database);

/* The same without warnings: for a database that is only compared. */
void scope_narrow(const struct config *config, struct database *database);

/* Folds schemas of one structure, unless dbdoc.yml says otherwise. */
void scope_fold(const struct config *config, struct database *database);

/* The same for two that are compared. */
void scope_fold_two(const struct config *config, struct database *before, struct database *after);

/* And for what differs between them. */
void scope_join_changes(const struct config *config, GPtrArray *changes,
                        const struct database *after);

/* Leaves of it what dbdoc.yml's "publish" lets go out. */
void scope_publish(const struct config *config, struct database *database);

#endif
