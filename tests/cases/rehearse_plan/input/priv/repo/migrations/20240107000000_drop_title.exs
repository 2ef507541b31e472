defmodule Blog.Repo.Migrations.DropTitle do
  use Ecto.Migration

  def change do
    execute("""
    CREATE FUNCTION titles() RETURNS int LANGUAGE sql AS $$
      SELECT 1
    $$
    """, "")

    Blog.Search.reindex(:all)
    alter table(:posts), do: remove(:title)
  end
end
