defmodule Inkwell.Repo.Migrations.AddPostsSearch do
  @moduledoc "Adds full-text search over titles and excerpts."
  use Ecto.Migration

  def up do
    execute """
    ALTER TABLE blog.posts ADD COLUMN search tsvector
      GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || coalesce(excerpt, ''))) STORED
    """

    create index(:posts, [:search],
             prefix: "blog",
             using: :gin,
             comment: "Full-text search box in the reader and the editor."
           )
  end

  def down do
    drop index(:posts, [:search], prefix: "blog")

    alter table(:posts, prefix: "blog") do
      remove :search
    end
  end
end
