defmodule Blog.Repo.Migrations.AddReader do
  use Ecto.Migration

  def up do
    # Why: readers ask for <b>titles</b> alone.
    execute "CREATE VIEW titles AS SELECT title FROM posts"

    # Why: the search needs letters without accents.
    execute "CREATE FUNCTION plain(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT lower($1)$$"

    # Why: a team sees its own posts.
    execute "CREATE POLICY own ON posts USING (team = current_user)"

    # Why: the front page counts once an hour.
    execute "CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM posts"

    # Why: both came with the import.
    alter table(:posts) do
      add :team, :text
      add :source, :text
    end
  end

  def down, do: :ok
end
