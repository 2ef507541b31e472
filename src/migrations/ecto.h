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
    unsigned oban;              /* of Oban; 0: not known */
    const char *history; /* the table in which Ecto keeps what is applied; NULL: not in its database
                          */
};

/* `folder` is the migrations folder below the project's root. A setting that only a running program
 * knows stays out. FAILURE_USAGE when a file cannot be read. */
bool ecto_repository_read(struct arena *arena, struct project *project, const char *folder,
                          struct ecto_repository *repository, GError **error);

/* The files (paths below the root, ending in .exs) that are migrations, in their order, without
 * their plans. */
void ecto_list(struct arena *arena, const char *folder, const GPtrArray *paths,
               struct migrations *migrations);

/* Reads the plans of listed migrations; a baseline that comes first has its own. */
bool ecto_read(struct arena *arena, struct project *project,
               const struct ecto_repository *repository, struct migrations *migrations,
               GError **error);

#endif
