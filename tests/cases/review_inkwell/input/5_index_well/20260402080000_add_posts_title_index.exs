defmodule Inkwell.Repo.Migrations.AddPostsTitleIndex do
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def change do
    create index(:posts, [:organization_id, :title],
             prefix: "blog",
             concurrently: true,
             comment: "The editor's list of posts, sorted by title."
           )
  end
end
