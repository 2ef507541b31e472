defmodule Inkwell.Repo.Migrations.WeighTitlesInPostsSearch do
  @moduledoc "Lets a word in the title count for more than one in the excerpt."
  use Ecto.Migration

  # Why: readers look for posts by their titles, and found them behind others that merely mention the word.
  def up do
    replace("setweight(to_tsvector('english', title), 'A') || " <>
              "setweight(to_tsvector('english', coalesce(excerpt, '')), 'B')")
  end

  # The column comes back as the last one: nothing depends on its place.
  def down do
    replace("to_tsvector('english', title || ' ' || coalesce(excerpt, ''))")
  end

  defp replace(expression) do
    alter table(:posts, prefix: "blog") do
      remove :search
    end

    execute """
    ALTER TABLE blog.posts ADD COLUMN search tsvector
      GENERATED ALWAYS AS (#{expression}) STORED
    """

    create index(:posts, [:search],
             prefix: "blog",
             using: :gin,
             comment: "Full-text search box in the reader and the editor."
           )
  end
end
