defmodule Blog.Repo.Migrations.IndexViews do
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def change do
    create index(:posts, [:views], concurrently: true)
  end
end
