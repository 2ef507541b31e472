defmodule Blog.Repo.Migrations.IndexTitle do
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  # Rollback: ask the search team first,
  # they read by title.
  def change do
    create index(:posts, [:title], concurrently: true)
    create index(:posts, ["lower(title)"], name: :posts_lower_title_index, concurrently: true)
  end
end
