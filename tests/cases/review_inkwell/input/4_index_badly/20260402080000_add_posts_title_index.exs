defmodule Inkwell.Repo.Migrations.AddPostsTitleIndex do
  use Ecto.Migration

  def change do
    create index(:posts, [:title], prefix: "blog")
    drop index(:posts, [:author_id], prefix: "blog")
  end
end
