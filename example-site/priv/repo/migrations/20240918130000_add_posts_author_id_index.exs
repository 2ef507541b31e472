defmodule Inkwell.Repo.Migrations.AddPostsAuthorIdIndex do
  @moduledoc "Speeds up author pages."
  use Ecto.Migration

  @disable_ddl_transaction true
  @disable_migration_lock true

  def change do
    create index(:posts, [:author_id],
             prefix: "blog",
             concurrently: true,
             comment: "Author pages."
           )
  end
end
