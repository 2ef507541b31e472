/* schema_reading.h - Ecto's schema modules of the project that goes with a database. */
#ifndef DBDOC_SCHEMA_READING_H
#define DBDOC_SCHEMA_READING_H

#include "config/config.h"
#include "elixir/schema_module.h"
#include "migrations/migration.h"

#include <glib.h>
#include <stdbool.h>

/* The project's folder: that of Ecto's migrations (NULL: none are known), else the configuration's
 * where it holds one and the code there goes with the database. NULL: none is known. */
enum code_belongs { CODE_BELONGS, CODE_IS_OF_ANOTHER };
const char *schema_reading_project(const struct config *config, const struct migrations *migrations,
                                   enum code_belongs belongs);

/* Reads the modules, and prints what cannot be read. */
bool schema_reading(struct arena *arena, const char *root, struct schema_modules *modules,
                    GError **error);

#endif
