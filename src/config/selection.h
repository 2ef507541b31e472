/* selection.h - the lists of dbdoc.yml that name subsets of the tables. */
#ifndef DBDOC_CONFIG_SELECTION_H
#define DBDOC_CONFIG_SELECTION_H

#include "base/yaml.h"
#include "config/config.h"

/* Fill the configuration from the lists; NULL is an empty one. FAILURE_USAGE. */
bool selection_read_groups(struct arena *arena, const struct yaml_source *source,
                           const struct yaml *list, struct config *config, GError **error);
bool selection_read_viewpoints(struct arena *arena, const struct yaml_source *source,
                               const struct yaml *list, struct config *config, GError **error);

#endif
