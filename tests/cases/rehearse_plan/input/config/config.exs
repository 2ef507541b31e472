import Config

config :blog, Blog.Repo, migration_timestamps: [type: :utc_datetime]
