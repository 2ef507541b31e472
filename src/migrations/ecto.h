/* ecto.h - Ecto's migrations, read without running Elixir. */
#ifndef DBDOC_ECTO_H
#define DBDOC_ECTO_H

#include "elixir/project.h"
#include "migrations/migration.h"

/* What config/ and mix.lock say about the repository of a migrations folder. */
struct ecto_repository {
    const struct value *config; /* keywords of `config :app, Repo` */
    const char *module;         /* "Elixir.Blog.Repo" */
    unsigned version;           /* of ecto_sql; see ecto_runner.h */
};

/* `folder` is the migrations folder below the project's root. A setting that only a running program
 * knows stays out. FAILURE_USAGE when a file cannot be read. */
bool ecto_repository_read(struct arena *arena, struct project *project, const char *folder,
                          struct ecto_repository *repository, GError **error);

/* Reads the files (paths below the root, ending in .exs) as migrations. */
bool ecto_read(struct arena *arena, const char *root, const char *folder, const GPtrArray *paths,
               struct migrations *migrations, GError **error);

#endif
