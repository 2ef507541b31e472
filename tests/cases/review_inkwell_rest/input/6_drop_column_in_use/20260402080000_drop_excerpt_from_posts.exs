defmodule Inkwell.Repo.Migrations.DropExcerptFromPosts do
  use Ecto.Migration

  def change do
    alter table(:posts, prefix: "blog") do
      remove :excerpt, :string
    end
  end
end
