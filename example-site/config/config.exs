import Config

config :inkwell, ecto_repos: [Inkwell.Repo]

# Host, user and password come from PGHOST, PGUSER and PGPASSWORD.
config :inkwell, Inkwell.Repo,
  database: "inkwell",
  migration_timestamps: [type: :utc_datetime]
