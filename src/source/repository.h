/* repository.h - where repositories keep the structure of their database. */
#ifndef DBDOC_SOURCE_REPOSITORY_H
#define DBDOC_SOURCE_REPOSITORY_H

#include <glib.h>
#include <stdbool.h>

/* Where "mix ecto.dump" puts it. */
#define REPOSITORY_STRUCTURE "priv/repo/structure.sql"

/* Whether there is something of that path below the root. */
bool repository_has(const char *root, const char *path);

/* The most telling of the usual places that is there, below the root; NULL when none is. g_free. */
char *repository_structure(const char *root);

/* char *: structure dumps of an umbrella's applications, by name. */
GPtrArray *repository_umbrella(const char *root);

#endif
