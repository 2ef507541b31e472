/* reader.h - one reading of dbdoc.yml, and what its parts share. All functions complain with
 * FAILURE_USAGE and file:line:column. */
#ifndef DBDOC_CONFIG_READER_H
#define DBDOC_CONFIG_READER_H

#include "base/yaml.h"
#include "config/config.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct reader {
    struct arena *arena;
    struct yaml_source source;
    char **environment;
    const struct yaml *map; /* the whole file */
};

/* The lists of the file; each fills its part of the configuration. */
bool config_read_include(const struct reader *reader, const struct yaml *list,
                         struct config *config, GError **error);
bool config_read_exclude(const struct reader *reader, const struct yaml *list,
                         struct config *config, GError **error);
bool config_read_groups(const struct reader *reader, const struct yaml *list, struct config *config,
                        GError **error);
bool config_read_viewpoints(const struct reader *reader, const struct yaml *list,
                            struct config *config, GError **error);
bool config_read_labels(const struct reader *reader, const struct yaml *list, struct config *config,
                        GError **error);
bool config_read_footer(const struct reader *reader, const struct yaml *list, struct config *config,
                        GError **error);
bool config_read_workload(const struct reader *reader, const struct yaml *list,
                          struct config *config, GError **error);
bool config_read_acceptances(const struct reader *reader, const struct yaml *list,
                             struct config *config, GError **error);

/* "url:" */
bool config_read_url(const struct reader *reader, const char *url, struct config *config,
                     GError **error);

/* "migrations:", a map or a list of maps. */
bool config_read_lines(const struct reader *reader, const struct yaml *node, struct config *config,
                       GError **error);

/* Whether the value of the key is a path below the root. */
bool config_check_below(const struct reader *reader, const char *key, const char *path,
                        GError **error);

#endif
