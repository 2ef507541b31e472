defmodule Blog.Repo.Migrations.Opaque do
  use Ecto.Migration

  def up do
    Blog.Search.reindex(:all)
    execute "CREATE TABLE half (id int)"
  end

  def down do
    execute "DROP TABLE half"
  end
end
